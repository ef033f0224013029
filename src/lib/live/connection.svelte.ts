import type { Clock } from '#lib/domain/time.ts';
import type { ServerToClient, ClientToServer } from '#lib/protocol/topics.ts';
import { io, type Socket } from 'socket.io-client';
import { browserClock } from './clock.svelte.ts';
import { Feed } from './feed.ts';

/** Longest wait between two tries to reconnect, ms. */
const LONGEST_WAIT = 2_000;
/** Messages that come closer together than this tell nothing new of the server, ms. */
const HEARTBEAT = 1_000;

/** The one socket of a page and what is known of it. */
export class Connection {
	/** Whether the socket is open now. */
	connected = $state(false);
	/** Why it is not, as the browser says it; null while open or before the first try. */
	error = $state<string | null>(null);
	/** Wall time (browser, ms) at which the live engine was last heard; null before the first. */
	heardAt = $state<number | null>(null);
	/** Grows whenever this page begins to be read by another person. */
	reader = $state(0);
	/** How far the server's wall clock is before the browser's, ms. */
	ahead = $state(0);
	readonly feed: Feed;
	readonly #clock: Clock;
	readonly #socket: Socket<ServerToClient, ClientToServer>;
	#comeBack: number | null = null;
	/** Whether the first answer of this opening of the socket is still to come. */
	#fresh = true;

	constructor(url?: string, clock: Clock = browserClock) {
		this.#clock = clock;
		const options = {
			path: '/rt',
			transports: ['websocket', 'polling'],
			tryAllTransports: true,
			reconnectionDelay: 200,
			reconnectionDelayMax: LONGEST_WAIT,
			forceNew: true
		};
		this.#socket = url === undefined ? io(options) : io(url, options);
		const socket = this.#socket;
		socket.on('connect', () => {
			this.connected = true;
			this.error = null;
			this.#comeBack = null;
			this.#fresh = true;
		});
		// Only the engine makes these: an answer may be what the server has kept of an engine that stands still.
		socket.on('delta', () => this.#alive());
		socket.on('snapshot', () => this.#alive());
		socket.on('connect_error', (cause) => {
			this.error = cause.message;
			// A refused handshake is not tried again by socket.io itself.
			if (!socket.active) this.#connectIn(LONGEST_WAIT);
		});
		socket.on('leaving', (ms) => (this.#comeBack = Math.min(ms, LONGEST_WAIT)));
		socket.on('disconnect', (reason) => {
			this.connected = false;
			this.error = reason;
			if (!socket.active && reason !== 'io client disconnect') this.#connectIn(this.#comeBack ?? LONGEST_WAIT);
		});
		this.feed = new Feed(socket);
	}

	/** Learns the server's wall time from something it has just sent. */
	heard(at: number): void {
		const ahead = at - this.#clock.now();
		if (Math.abs(ahead - this.ahead) > 500) this.ahead = ahead;
		if (this.#fresh) this.#alive();
	}

	/** Joins again as whom the cookie names now: the server knows a socket by the person who opened it. */
	rejoin(): void {
		this.reader += 1;
		this.feed.forget();
		this.retry();
	}

	/** Tries at once, without waiting for the back-off. */
	retry(): void {
		this.#socket.disconnect().connect();
	}

	close(): void {
		this.#socket.disconnect();
	}

	#alive(): void {
		this.#fresh = false;
		const now = this.#clock.now();
		if (this.heardAt === null || Math.abs(now - this.heardAt) >= HEARTBEAT) this.heardAt = now;
	}

	#connectIn(ms: number): void {
		this.#clock.after(ms, () => this.#socket.connect());
	}
}

const page: { connection?: Connection } = {};

/** The page's connection, opened at the first call. Only a browser may call it. */
export function connection(): Connection {
	return (page.connection ??= new Connection());
}
