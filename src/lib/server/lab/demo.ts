import { join } from 'node:path';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Clock, DAY, type Millis, MINUTE, SECOND } from '../../domain/time.ts';
import { type LaneRun, readLaneRun, writeLaneRun } from './lane-file.ts';
import { Pace } from './pace.ts';
import { openProducer, type Producer } from './producer.ts';

export interface DemoOptions {
	/** Stores events durably; an answer of 429 or 503, or a rejection, is tried again. */
	submit: (lane: Lane, events: readonly DomainEvent[], origin: string) => Promise<{ status: number }>;
	clock: Clock;
	profile: Profile;
	/** Where the run is remembered. */
	dataDir: string;
	/** Time of the lane's newest event in the log, null while it is empty. */
	lastEventAt: Millis | null;
	lane?: Lane;
	seed?: number;
	branches?: number;
	historyDays?: number;
	speed?: number;
	/** Told of each failure that is tried again, and of the one that ends the lane. */
	onError?: (error: unknown) => void;
	/** Makes the bank; the default runs it in a thread of its own. */
	produce?: typeof openProducer;
}

export interface Demo {
	readonly lane: Lane;
	/** The lane's present; the end of the history while that is being written. */
	laneNow(): Millis;
	speed(): number;
	setSpeed(speed: number): void;
	phase(): 'history' | 'live' | 'stopped';
	/** Settles when the history is in the log. */
	readonly ready: Promise<void>;
	/** Ends after the batch under way has been stored. */
	stop(): Promise<void>;
}

const ORIGIN = 'simulator';
const HISTORY_BATCH = 5_000;
const TICK = 100;
const RETRY = SECOND;
/** How far before the newest stored event a restart begins to submit again; the log drops what it has. */
const OVERLAP = 15 * MINUTE;

/**
 * Fills a lane with a bank: first its history as fast as the log takes it, then live at the chosen pace. After a
 * restart the same bank is made again and goes on where the lane stopped, however long the server was away.
 */
export async function openDemo(options: DemoOptions): Promise<Demo> {
	const { clock, profile, lastEventAt, lane = 'demo', produce = openProducer } = options;
	const file = join(options.dataDir, `lane-${lane.replace(':', '-')}.json`);
	const known = lastEventAt === null ? undefined : await readLaneRun(file);
	const make = ({ seed, start, branches }: Omit<LaneRun, 'run' | 'historyEnd'>): Promise<Producer> =>
		produce({ seed, start, branches, profile });

	let producer = known ? await make(known) : undefined;
	let run = known;
	if (!producer || !known || producer.run !== known.run) {
		// An empty lane, or one that another version of the bank filled: a new bank, from the lane's end on.
		await producer?.close();
		const historyEnd = lastEventAt ?? clock.now();
		const start = lastEventAt ?? historyEnd - (options.historyDays ?? 30) * DAY;
		const fresh = { seed: options.seed ?? 20_261_122, start, branches: options.branches ?? 200 };
		producer = await make(fresh);
		run = { ...fresh, historyEnd, run: producer.run };
		await writeLaneRun(file, run);
	}
	const { start, historyEnd } = run as LaneRun;
	const from = Math.max(historyEnd, lastEventAt ?? 0);
	return new Driver(options, lane, producer, from, lastEventAt === null ? start : lastEventAt - OVERLAP);
}

class Driver implements Demo {
	readonly lane: Lane;
	readonly ready: Promise<void>;
	readonly #options: DemoOptions;
	readonly #producer: Producer;
	readonly #pace: Pace;
	readonly #whole: Promise<void>;
	#phase: 'history' | 'live' | 'stopped' = 'history';
	#stopping = false;
	#wake: (() => void) | undefined;

	constructor(options: DemoOptions, lane: Lane, producer: Producer, historyEnd: Millis, skipTo: Millis) {
		this.#options = options;
		this.lane = lane;
		this.#producer = producer;
		this.#pace = new Pace(options.clock, historyEnd, options.speed ?? 60);
		this.#pace.hold(historyEnd);
		this.ready = this.#fill(historyEnd, skipTo);
		this.#whole = this.ready.then(() => this.#live()).catch((error: unknown) => this.#end(error));
	}

	laneNow(): Millis {
		return this.#pace.now();
	}

	speed(): number {
		return this.#pace.speed;
	}

	setSpeed(speed: number): void {
		this.#pace.setSpeed(speed);
	}

	phase(): 'history' | 'live' | 'stopped' {
		return this.#phase;
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		this.#wake?.();
		await this.#whole;
		await this.#end();
	}

	async #fill(until: Millis, skipTo: Millis): Promise<void> {
		await this.#producer.skip(skipTo);
		let coming = this.#producer.advance(until, HISTORY_BATCH);
		for (;;) {
			const batch = await coming;
			const more = batch.upTo < until && !this.#stopping;
			// The next batch is made while this one is being stored.
			if (more) coming = this.#producer.advance(until, HISTORY_BATCH);
			coming.catch(() => undefined);
			await this.#store(batch.events);
			if (!more) break;
		}
	}

	async #live(): Promise<void> {
		if (this.#stopping) return;
		this.#phase = 'live';
		this.#pace.goOn();
		while (!this.#stopping) {
			await this.#sleep(TICK);
			const until = this.#pace.now();
			for (let upTo = -Infinity; upTo < until;) {
				const batch = await this.#producer.advance(until, HISTORY_BATCH);
				upTo = batch.upTo;
				await this.#store(batch.events);
			}
		}
	}

	/** Stores a batch, again and again until the log has it; meanwhile the lane stands still. */
	async #store(events: readonly DomainEvent[]): Promise<void> {
		if (events.length === 0) return;
		let held = false;
		for (;;) {
			const problem = await this.#try(events);
			if (problem === undefined) break;
			if (!held && this.#phase === 'live') {
				this.#pace.hold(this.#pace.now());
				held = true;
			}
			if (this.#stopping) return;
			this.#options.onError?.(problem);
			await this.#sleep(RETRY);
		}
		if (held) this.#pace.goOn();
	}

	async #try(events: readonly DomainEvent[]): Promise<unknown> {
		try {
			const { status } = await this.#options.submit(this.lane, events, ORIGIN);
			return status === 429 || status === 503 ? new Error(`the log answered ${status}`) : undefined;
		} catch (error) {
			return error ?? new Error('the log refused');
		}
	}

	#sleep(delay: Millis): Promise<void> {
		if (this.#stopping) return Promise.resolve();
		return new Promise((resolve) => {
			const cancel = this.#options.clock.after(delay, () => this.#wake?.());
			this.#wake = () => {
				cancel();
				this.#wake = undefined;
				resolve();
			};
		});
	}

	async #end(error?: unknown): Promise<void> {
		if (error !== undefined) this.#options.onError?.(error);
		if (this.#phase === 'stopped') return;
		this.#pace.hold(this.#pace.now());
		this.#phase = 'stopped';
		await this.#producer.close();
	}
}
