import { merge } from '#lib/protocol/patch.ts';
import type { ClientToServer, Delta, Problem, ServerToClient, Snapshot, Topic } from '#lib/protocol/topics.ts';
import { viewKey, type Follower, type Subscription } from './subscription.ts';

/** What the feed needs of a socket; socket.io's client is one. */
export interface FeedSocket {
	readonly connected: boolean;
	on<K extends keyof ServerToClient>(event: K, listener: ServerToClient[K]): unknown;
	on(event: 'connect', listener: () => void): unknown;
	emit<K extends keyof ClientToServer>(event: K, ...args: Parameters<ClientToServer[K]>): unknown;
}

/**
 * Keeps the followed views of one page current over one socket. A version that does not follow the last one, or a new
 * connection, makes it ask for the whole view again; a state never goes back to an older version of the same room.
 */
export class Feed {
	readonly #socket: FeedSocket;
	readonly #byKey = new Map<string, Subscription>();
	readonly #byRoom = new Map<string, Subscription>();

	constructor(socket: FeedSocket) {
		this.#socket = socket;
		socket.on('connect', () => {
			this.#byRoom.clear();
			for (const one of this.#byKey.values()) this.#ask(one);
		});
		socket.on('delta', (text) => this.#delta(JSON.parse(text) as Delta));
		socket.on('lost', (text) => {
			const { room, problem } = JSON.parse(text) as { room: string; problem: Problem };
			const one = this.#byRoom.get(room);
			this.#byRoom.delete(room);
			this.#socket.emit('unfollow', room);
			if (one === undefined) return;
			one.room = null;
			this.#fail(one, problem);
		});
		socket.on('snapshot', (text) => {
			const { room, snapshot } = JSON.parse(text) as { room: string; snapshot: Snapshot };
			const one = this.#byRoom.get(room);
			if (one !== undefined && snapshot.version >= (one.latest?.version ?? 0)) this.#settle(one, snapshot);
		});
	}

	/** Starts to follow; the returned function stops. A follower that joins a known view hears its state at once. */
	follow(topic: Topic, params: object, follower: Follower): () => void {
		const key = viewKey(topic, params);
		let one = this.#byKey.get(key);
		if (one === undefined) {
			one = { key, topic, params, room: null, latest: null, asked: 0, followers: new Set() };
			this.#byKey.set(key, one);
			if (this.#socket.connected) this.#ask(one);
		} else if (one.latest !== null) follower.state(one.latest);
		one.followers.add(follower);
		const joined = one;
		return () => {
			joined.followers.delete(follower);
			if (joined.followers.size === 0) this.#leave(joined);
		};
	}

	/** Asks again for a view that could not be had. */
	retry(topic: Topic, params: object): void {
		const one = this.#byKey.get(viewKey(topic, params));
		if (one !== undefined && this.#socket.connected) this.#ask(one);
	}

	/** Drops what the page was told: somebody else reads it from now on. The next connection asks for everything. */
	forget(): void {
		this.#byRoom.clear();
		for (const one of this.#byKey.values()) {
			one.asked += 1;
			one.room = null;
			one.latest = null;
		}
	}

	#leave(one: Subscription): void {
		if (this.#byKey.get(one.key) !== one) return;
		this.#byKey.delete(one.key);
		one.asked += 1;
		if (one.room === null) return;
		this.#byRoom.delete(one.room);
		if (this.#socket.connected) this.#socket.emit('unfollow', one.room);
	}

	#ask(one: Subscription): void {
		one.asked += 1;
		const question = one.asked;
		const connection = this.#byRoom;
		this.#socket.emit('follow', one.topic, one.params, (answer) => {
			if (one.asked !== question) {
				// Nobody waits for it any more: leave the room unless a later question holds it.
				if ('room' in answer && this.#byKey.get(one.key) !== one && !connection.has(answer.room)) {
					this.#socket.emit('unfollow', answer.room);
				}
				return;
			}
			if ('problem' in answer) return this.#fail(one, answer.problem);
			one.room = answer.room;
			this.#byRoom.set(answer.room, one);
			this.#settle(one, answer.snapshot);
		});
	}

	#delta(delta: Delta): void {
		const one = this.#byRoom.get(delta.room);
		if (one === undefined || one.latest === null || delta.version <= one.latest.version) return;
		if (delta.from !== one.latest.version) return this.#ask(one);
		const view = merge(one.latest.view, delta.patch) as Snapshot['view'];
		this.#settle(one, { topic: one.topic, version: delta.version, offset: delta.offset, at: delta.at, view });
	}

	#settle(one: Subscription, snapshot: Snapshot): void {
		one.latest = snapshot;
		for (const follower of one.followers) follower.state(snapshot);
	}

	#fail(one: Subscription, problem: Problem): void {
		for (const follower of one.followers) follower.problem(problem);
	}
}
