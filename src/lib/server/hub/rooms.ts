import type { Actor } from '../../domain/actor.ts';
import type { Millis } from '../../domain/time.ts';
import type { Params, Topic } from '../../protocol/topics.ts';
import type { Views } from '../application.ts';
import { sight } from './handshake.ts';
import { canonical } from './params.ts';
import { Room } from './room.ts';

interface Entry {
	room: Room;
	opened: Promise<void>;
}

/** The open rooms: one a view and kind of reader, opened by the first who enters, closed after the last has left. */
export class Rooms {
	readonly #byKey = new Map<string, Entry>();
	readonly #views: Views;
	readonly #now: () => Millis;
	readonly #spread: (room: Room, text: string) => void;
	readonly #onLost: (room: Room, cause: Error) => void;
	readonly #onClosed: (room: Room) => void;
	#opened = 0;

	constructor(
		views: Views,
		now: () => Millis,
		spread: (room: Room, text: string) => void,
		onLost: (room: Room, cause: Error) => void,
		onClosed: (room: Room) => void
	) {
		this.#views = views;
		this.#now = now;
		this.#spread = spread;
		this.#onLost = onLost;
		this.#onClosed = onClosed;
	}

	get size(): number {
		return this.#byKey.size;
	}

	/** Enters a member; rejects, with nothing left behind, where the view cannot be had. */
	async enter<T extends Topic>(topic: T, params: Params<T>, actor: Actor, member: string): Promise<Room> {
		const key = `${topic} ${sight(actor)} ${canonical(params)}`;
		const entry = this.#byKey.get(key) ?? this.#open(key, topic, params, actor);
		entry.room.members.add(member);
		try {
			await entry.opened;
		} catch (cause) {
			this.leave(entry.room, member);
			throw cause;
		}
		return entry.room;
	}

	leave(room: Room, member: string): void {
		room.members.delete(member);
		if (room.members.size > 0 || this.#byKey.get(room.key)?.room !== room) return;
		this.#byKey.delete(room.key);
		room.close();
		this.#onClosed(room);
	}

	closeAll(): void {
		for (const { room } of this.#byKey.values()) room.close();
		this.#byKey.clear();
	}

	/** Its members are told, and whoever asks again gets a room of its own. */
	#lose(room: Room, cause: Error): void {
		if (this.#byKey.get(room.key)?.room !== room) return;
		this.#byKey.delete(room.key);
		this.#onLost(room, cause);
		room.close();
		this.#onClosed(room);
	}

	#open<T extends Topic>(key: string, topic: T, params: Params<T>, actor: Actor): Entry {
		this.#opened += 1;
		const lost = (room: Room, cause: Error) => this.#lose(room, cause);
		const room = new Room(`r${this.#opened}`, key, topic, this.#now, this.#spread, lost);
		const entry = { room: room as unknown as Room, opened: room.open(this.#views, params, actor) };
		this.#byKey.set(key, entry);
		return entry;
	}
}
