import type { Server, Socket } from 'socket.io';
import type { ClientToServer, Problem, ServerToClient } from '../../protocol/topics.ts';
import type { Room } from './room.ts';

export type HubServer = Server<ClientToServer, ServerToClient>;
export type HubSocket = Socket<ClientToServer, ServerToClient>;

/** Packets that may wait in a socket before it counts as slow. */
const WAITING = 8;
/** Sockets that get one message before the loop may do something else. */
const SLICE = 500;

/**
 * Sends a room's messages to its sockets: encoded once a slice, slices one after another in order. A socket that cannot
 * keep up gets nothing more until its buffer is empty, and then the newest state of each view it missed.
 */
export class Spread {
	readonly #io: HubServer;
	readonly #shards = new Map<string, number[]>();
	readonly #slow = new Map<string, Set<Room>>();
	readonly #queue: (() => void)[] = [];
	#running = false;

	constructor(io: HubServer) {
		this.#io = io;
	}

	join(room: Room, socket: HubSocket): void {
		const sizes = this.#shards.get(room.id) ?? [];
		this.#shards.set(room.id, sizes);
		let shard = sizes.findIndex((size) => size < SLICE);
		if (shard < 0) shard = sizes.push(0) - 1;
		sizes[shard] = (sizes[shard] ?? 0) + 1;
		socket.data[room.id] = shard;
		void socket.join(name(room, shard));
	}

	leave(room: Room, socket: HubSocket): void {
		const shard = socket.data[room.id] as number | undefined;
		const sizes = this.#shards.get(room.id);
		if (shard !== undefined && sizes !== undefined) {
			sizes[shard] = (sizes[shard] ?? 1) - 1;
			void socket.leave(name(room, shard));
			delete socket.data[room.id];
		}
		this.#slow.get(socket.id)?.delete(room);
	}

	forget(room: Room): void {
		this.#shards.delete(room.id);
	}

	gone(socket: HubSocket): void {
		this.#slow.delete(socket.id);
	}

	/** Sends a delta to everybody in the room who keeps up. */
	send(room: Room, text: string): void {
		const shards = this.#shards.get(room.id)?.length ?? 0;
		for (let shard = 0; shard < shards; shard += 1) {
			this.#queue.push(() => {
				this.#holdBack(room, shard);
				this.#io.to(name(room, shard)).emit('delta', text);
			});
		}
		if (!this.#running) this.#next();
	}

	/** Tells everybody in the room, also who does not keep up, that nothing more will come. */
	lose(room: Room, problem: Problem): void {
		const text = JSON.stringify({ room: room.id, problem });
		for (const id of room.members) {
			const socket = this.#io.of('/').sockets.get(id);
			if (socket === undefined) continue;
			socket.emit('lost', text);
			this.leave(room, socket);
		}
	}

	/** The socket's buffer is empty: whatever it missed comes as one state a view. */
	drained(socket: HubSocket): void {
		const rooms = this.#slow.get(socket.id);
		if (rooms === undefined || waiting(socket) > 0) return;
		this.#slow.delete(socket.id);
		for (const room of rooms) {
			socket.emit('snapshot', JSON.stringify({ room: room.id, snapshot: room.snapshot() }));
			void socket.join(name(room, socket.data[room.id] as number));
		}
	}

	#holdBack(room: Room, shard: number): void {
		const members = this.#io.of('/').adapter.rooms.get(name(room, shard));
		for (const id of members ?? []) {
			const socket = this.#io.of('/').sockets.get(id);
			if (socket === undefined || waiting(socket) <= WAITING) continue;
			void socket.leave(name(room, shard));
			const rooms = this.#slow.get(id) ?? new Set();
			this.#slow.set(id, rooms.add(room));
		}
	}

	#next(): void {
		const job = this.#queue.shift();
		this.#running = job !== undefined;
		if (job === undefined) return;
		job();
		if (this.#queue.length === 0) this.#running = false;
		else setImmediate(() => this.#next());
	}
}

const name = (room: Room, shard: number) => `${room.id}#${shard}`;

function waiting(socket: HubSocket): number {
	return (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
}
