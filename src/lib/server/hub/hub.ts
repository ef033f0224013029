import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { HotcardError } from '../../domain/error.ts';
import type { Clock } from '../../domain/time.ts';
import type { ClientToServer, Problem, ServerToClient } from '../../protocol/topics.ts';
import type { Application } from '../application.ts';
import { problemOf as describe } from '../http/words.ts';
import { actorOf, sameSite } from './handshake.ts';
import { isTopic, parseParams } from './params.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';
import { Spread, type HubServer, type HubSocket } from './spread.ts';

export interface HubOptions {
	/** Views that one socket may follow at a time. */
	roomsPerSocket?: number;
	log?: (message: string) => void;
}

export interface Hub {
	readonly sockets: number;
	readonly rooms: number;
	/** Tells every browser when to come back, then closes all sockets. The HTTP server stays open. */
	close(): Promise<void>;
}

/** Serves the views of the application to browsers on path `/rt` of this server: a state first, then what changes in it. */
export function attachHub(server: HttpServer, app: Application, clock: Clock, options: HubOptions = {}): Hub {
	const most = options.roomsPerSocket ?? 32;
	let closing = false;
	const io: HubServer = new Server<ClientToServer, ServerToClient>(server, {
		path: '/rt',
		serveClient: false,
		perMessageDeflate: false,
		httpCompression: false,
		transports: ['websocket', 'polling'],
		maxHttpBufferSize: 64 * 1_024,
		pingInterval: 10_000,
		pingTimeout: 8_000,
		destroyUpgrade: false,
		allowRequest: (request, answer) => answer(null, !closing && sameSite(request))
	});
	const spread = new Spread(io);
	const rooms = new Rooms(
		app.views,
		() => clock.now(),
		(room, text) => spread.send(room, text),
		(room, cause) => spread.lose(room, problemOf(cause, options.log)),
		(room) => spread.forget(room)
	);

	io.on('connection', (socket) => serve(socket));

	function serve(socket: HubSocket): void {
		const actor = actorOf(socket.handshake.headers.cookie, app.people);
		const followed = new Map<string, Room>();
		let pending = 0;
		socket.data = {};
		socket.conn.on('drain', () => spread.drained(socket));
		socket.on('follow', (topic, params, answer) => {
			if (typeof answer !== 'function') return;
			pending += 1;
			follow(topic, params)
				.then(answer, (cause: unknown) => answer({ problem: problemOf(cause, options.log) }))
				.finally(() => (pending -= 1));
		});
		socket.on('unfollow', (id) => {
			const room = followed.get(id);
			if (room === undefined) return;
			followed.delete(id);
			spread.leave(room, socket);
			rooms.leave(room, socket.id);
		});
		socket.on('disconnect', () => {
			for (const room of followed.values()) {
				spread.leave(room, socket);
				rooms.leave(room, socket.id);
			}
			followed.clear();
			spread.gone(socket);
		});

		async function follow(topic: unknown, params: unknown) {
			if (!isTopic(topic)) throw new HotcardError('unknown-topic', `there is no view ${String(topic).slice(0, 40)}`);
			const known = parseParams(topic, params);
			if (followed.size + pending > most) {
				throw new HotcardError('too-many-views', `one page may follow ${most} views`, {
					remedy: 'Close some of them.'
				});
			}
			const room = await rooms.enter(topic, known, actor, socket.id);
			if (socket.disconnected) {
				rooms.leave(room, socket.id);
				throw new HotcardError('gone', 'the socket is closed');
			}
			if (!followed.has(room.id)) {
				followed.set(room.id, room);
				spread.join(room, socket);
			}
			return { room: room.id, snapshot: room.snapshot() };
		}
	}

	return {
		get sockets() {
			return io.of('/').sockets.size;
		},
		get rooms() {
			return rooms.size;
		},
		async close() {
			closing = true;
			let turn = 0;
			// Not all at once: they come back over two seconds.
			for (const socket of io.of('/').sockets.values()) {
				socket.emit('leaving', 500 + (turn % 16) * 100);
				turn += 1;
			}
			io.disconnectSockets(true);
			io.engine.close();
			rooms.closeAll();
			await Promise.resolve();
		}
	};
}

function problemOf(cause: unknown, log?: (message: string) => void): Problem {
	if (cause instanceof HotcardError) {
		const { code, message: detail, remedy, zh } = cause;
		const told = describe(code, { detail, detailZh: zh.message, remedy, remedyZh: zh.remedy });
		return { code, detail, detailZh: told.detailZh, remedy: told.remedy, remedyZh: told.remedyZh };
	}
	log?.(`hub: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
	return { code: 'unexpected', detail: 'this view failed', detailZh: '此视图出错' };
}
