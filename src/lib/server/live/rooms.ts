import type { Lane } from '../../domain/lane.ts';
import { type Clock, type Millis, SECOND } from '../../domain/time.ts';
import type { Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import { diff } from '../../protocol/patch.ts';
import { PACE } from './views/compute.ts';

/** Part of the engine's time that one followed view may take, and how long it may rest for that. */
const MOST_SHARE = 0.1;
const LONGEST: Millis = SECOND;

export type ViewListener<T extends Topic = Topic> = (view: View<T>, version: number, offset: number) => void;

/** Computes a view now. */
export type Compute = (topic: Topic, params: Params<Topic>, unmasked: boolean) => Promise<Omit<Snapshot, 'version'>>;

interface Room {
	key: string;
	topic: Topic;
	params: Params<Topic>;
	unmasked: boolean;
	listeners: Set<ViewListener>;
	latest: Snapshot | undefined;
	/** The first computation, shared by all who ask meanwhile. */
	opening: Promise<Snapshot> | undefined;
	computedAt: Millis;
	/** Time that its last computation took: a view that is dear is computed less often. */
	cost: Millis;
	dirty: boolean;
	busy: boolean;
	cancel: (() => void) | undefined;
}

/** JSON with sorted keys: equal parameters name equal rooms. */
export function roomKey(topic: Topic, params: object, unmasked: boolean): string {
	const entries = Object.entries(params).filter(([, value]) => value !== undefined);
	entries.sort(([a], [b]) => (a < b ? -1 : 1));
	return `${topic}${unmasked ? '+' : ''}${JSON.stringify(Object.fromEntries(entries))}`;
}

/** The views that somebody follows. Each is computed when its lane moved, at most once per pace, and told only when it changed. */
export class Rooms {
	readonly #rooms = new Map<string, Room>();
	readonly #compute: Compute;
	readonly #clock: Clock;
	readonly #fault: (error: unknown) => void;
	#closed = false;

	constructor(compute: Compute, clock: Clock, fault: (error: unknown) => void) {
		this.#compute = compute;
		this.#clock = clock;
		this.#fault = fault;
	}

	get size(): number {
		return this.#rooms.size;
	}

	/** The current version of a view that is followed. */
	version(key: string): number {
		return this.#rooms.get(key)?.latest?.version ?? 0;
	}

	async follow(
		topic: Topic,
		params: Params<Topic>,
		unmasked: boolean,
		listener: ViewListener
	): Promise<{ snapshot: Snapshot; stop: () => void }> {
		const key = roomKey(topic, params, unmasked);
		let room = this.#rooms.get(key);
		if (!room) {
			room = {
				key,
				topic,
				params,
				unmasked,
				listeners: new Set(),
				latest: undefined,
				opening: undefined,
				computedAt: 0,
				cost: 0,
				dirty: false,
				busy: false,
				cancel: undefined
			};
			this.#rooms.set(key, room);
		}
		const joined = room;
		// Nobody shares a listener function: the same one may follow twice.
		const own: ViewListener = (...told) => listener(...told);
		const stop = (): void => this.#leave(joined, own);
		joined.listeners.add(own);
		try {
			const snapshot = joined.latest ?? (await (joined.opening ??= this.#open(joined)));
			return { snapshot: joined.latest ?? snapshot, stop };
		} catch (error) {
			stop();
			throw error;
		}
	}

	/** Something of a lane changed. */
	touch(lane: Lane): void {
		for (const room of this.#rooms.values()) {
			if ((room.params as { lane: Lane }).lane === lane) this.#soon(room);
		}
	}

	/** Time went on. */
	tick(): void {
		for (const room of this.#rooms.values()) if (PACE[room.topic].ticks) this.#soon(room);
	}

	close(): void {
		this.#closed = true;
		for (const room of this.#rooms.values()) room.cancel?.();
		this.#rooms.clear();
	}

	async #open(room: Room): Promise<Snapshot> {
		room.busy = true;
		try {
			room.computedAt = this.#clock.now();
			const snapshot = { ...(await this.#compute(room.topic, room.params, room.unmasked)), version: 1 };
			room.latest = snapshot;
			return snapshot;
		} finally {
			room.busy = false;
			room.opening = undefined;
			if (room.dirty) this.#arm(room);
		}
	}

	#leave(room: Room, listener: ViewListener): void {
		room.listeners.delete(listener);
		if (room.listeners.size > 0 || this.#rooms.get(room.key) !== room) return;
		room.cancel?.();
		this.#rooms.delete(room.key);
	}

	#soon(room: Room): void {
		room.dirty = true;
		this.#arm(room);
	}

	#arm(room: Room): void {
		if (this.#closed || room.cancel || room.busy) return;
		const every = Math.max(PACE[room.topic].every, Math.min(LONGEST, room.cost / MOST_SHARE));
		const wait = room.computedAt + every - this.#clock.now();
		room.cancel = this.#clock.after(Math.max(0, wait), () => {
			room.cancel = undefined;
			void this.#refresh(room);
		});
	}

	async #refresh(room: Room): Promise<void> {
		if (this.#closed || room.busy || room.listeners.size === 0) return;
		room.busy = true;
		room.dirty = false;
		room.computedAt = this.#clock.now();
		const started = performance.now();
		try {
			const found = await this.#compute(room.topic, room.params, room.unmasked);
			room.cost = performance.now() - started;
			const { latest } = room;
			if (latest && diff(latest.view, found.view) === undefined) return;
			const snapshot: Snapshot = { ...found, version: (latest?.version ?? 0) + 1 };
			room.latest = snapshot;
			for (const listener of room.listeners) listener(snapshot.view, snapshot.version, snapshot.offset);
		} catch (error) {
			this.#fault(error);
		} finally {
			room.busy = false;
			if (room.dirty && room.listeners.size > 0) this.#arm(room);
		}
	}
}
