import type { Millis } from '../../domain/time.ts';
import { diff } from '../../protocol/patch.ts';
import type { Delta, Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Views } from '../application.ts';

/** One followed view, shared by everybody who sees the same. Holds its newest state and turns each new one into one delta. */
export class Room<T extends Topic = Topic> {
	readonly id: string;
	readonly key: string;
	readonly topic: T;
	readonly members = new Set<string>();
	readonly #now: () => Millis;
	readonly #spread: (room: Room, text: string) => void;
	readonly #lost: (room: Room, cause: Error) => void;
	#snapshot: Snapshot<T> | null = null;
	#early: { view: View<T>; version: number; offset: number } | null = null;
	#stop: (() => void) | null = null;
	#closed = false;

	constructor(
		id: string,
		key: string,
		topic: T,
		now: () => Millis,
		spread: (room: Room, text: string) => void,
		lost: (room: Room, cause: Error) => void
	) {
		this.id = id;
		this.key = key;
		this.topic = topic;
		this.#now = now;
		this.#spread = spread;
		this.#lost = lost;
	}

	/** Resolves once the first state is there. */
	async open(views: Views, params: Params<T>, actor: Actor): Promise<void> {
		const followed = await views.follow(
			this.topic,
			params,
			actor,
			(view, version, offset) => this.#take(view, version, offset),
			(cause) => this.#lost(this as unknown as Room, cause)
		);
		this.#stop = followed.stop;
		if (this.#closed) return followed.stop();
		this.#snapshot = followed.snapshot;
		const early = this.#early;
		this.#early = null;
		if (early !== null) this.#take(early.view, early.version, early.offset);
	}

	/** The newest state, with the time at which it was confirmed. */
	snapshot(): Snapshot<T> {
		if (this.#snapshot === null) throw new Error(`room ${this.key} is not open`);
		return { ...this.#snapshot, at: this.#now() };
	}

	close(): void {
		this.#closed = true;
		this.#stop?.();
	}

	#take(view: View<T>, version: number, offset: number): void {
		if (this.#closed) return;
		const before = this.#snapshot;
		if (before === null) {
			this.#early = { view, version, offset };
			return;
		}
		if (version <= before.version) return;
		const patch = diff(before.view, view);
		if (patch === undefined) return;
		const at = this.#now();
		this.#snapshot = { topic: this.topic, version, offset, at, view };
		const delta: Delta = { room: this.id, from: before.version, version, offset, at, patch };
		this.#spread(this, JSON.stringify(delta));
	}
}
