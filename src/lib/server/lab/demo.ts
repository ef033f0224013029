import { join } from 'node:path';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Clock, DAY, type Millis } from '../../domain/time.ts';
import { Driver } from './driver.ts';
import { type LaneRun, readLaneRun } from './lane-file.ts';
import { LaneMemory } from './lane-memory.ts';
import { openProducer } from './producer.ts';
import { soundRun } from './sound-orders.ts';
import type { StoredLane } from './stored-lane.ts';
import { type BankRun, bankOf, cannotGoOn } from './succession.ts';

export interface DemoOptions {
	/** Stores events durably; an answer of 429 or 503, or a rejection, is tried again. */
	submit: (
		lane: Lane,
		events: readonly DomainEvent[],
		origin: string
	) => Promise<{ status: number; rejected?: readonly unknown[] }>;
	clock: Clock;
	profile: Profile;
	/** Where the run is remembered. */
	dataDir: string;
	/** What the log holds of the lane; asked only where it holds something. */
	stored: StoredLane;
	/** Time of the lane's newest event in the log, null while it is empty. */
	lastEventAt: Millis | null;
	lane?: Lane;
	seed?: number;
	branches?: number;
	historyDays?: number;
	/** The pace until somebody sets another one; what was set is remembered. */
	speed?: number;
	/**
	 * Told of each failure that is tried again, of events that the log refused, of remembered faults that are not put up again, and
	 * of the failure that ends the lane.
	 */
	onError?: (error: unknown) => void;
	/** Told in a sentence when another bank has to take the lane over. */
	onSuccession?: (message: string) => void;
	/** Makes the bank; the default runs it in a thread of its own. */
	produce?: typeof openProducer;
}

/** `history`: a bank is brought to the lane's present, which stands still meanwhile. */
export type Phase = 'history' | 'live' | 'stopped';

export interface Demo {
	readonly lane: Lane;
	/** The lane's present; the end of the history while that is being written. */
	laneNow(): Millis;
	speed(): number;
	/** Holds at once, and settles when it is remembered for the next start; throws `bad-speed`. */
	setSpeed(speed: number): Promise<void>;
	phase(): Phase;
	readonly profile: Profile;
	/** How the bank is made again; without the name of its run until that is known. */
	known(): BankRun & Partial<LaneRun>;
	/** Moves a paused lane on and settles when what happened is in the log. `lane-not-live`, or `lane-running` while it is not paused. */
	step(span: Millis): Promise<void>;
	/**
	 * Lets a bank of another seed take the lane over at its present: the open cases are cancelled. Settles when the new bank
	 * lives. `lane-not-live`.
	 */
	reseed(seed: number): Promise<void>;
	/** Puts up a fault at the bank's present, or for a time after it. `lane-not-live`, or `invalid-fault` with what was expected. */
	inject(fault: Record<string, unknown>): Promise<void>;
	/** Ends a fault that acts, or takes back one that is to come. `lane-not-live`, or `no-fault` where there is none of the name. */
	endFault(id: string): Promise<void>;
	/** Settles when the history is in the log. */
	readonly ready: Promise<void>;
	/** Ends after the batch under way has been stored. */
	stop(): Promise<void>;
}

const SEED = 20_261_122;

/**
 * Fills a lane with a bank: first its history as fast as the log takes it, then live at the chosen pace. After a
 * restart the same bank is made again and goes on where the log ends, however long the server was away. Where that is
 * not possible, for the program or the profile is another now, its open cases are ended and a new bank takes over.
 */
export async function openDemo(options: DemoOptions): Promise<Demo> {
	const { clock, profile, lastEventAt, lane = 'demo', produce = openProducer } = options;
	const file = join(options.dataDir, `lane-${lane.replace(':', '-')}.json`);
	const fresh = { seed: options.seed ?? SEED, branches: options.branches ?? 200 };
	if (lastEventAt === null) {
		const historyEnd = clock.now();
		const run: BankRun = { ...fresh, start: historyEnd - (options.historyDays ?? 30) * DAY };
		const producer = await produce(bankOf(run, profile));
		const memory = new LaneMemory(file, undefined);
		return new Driver(options, { lane, memory, from: historyEnd, ...fresh, first: { run, producer } });
	}
	const written = await readLaneRun(file);
	const known = written && soundRun(written, profile, (skipped) => options.onError?.(skipped));
	const memory = new LaneMemory(file, known);
	if (known && known !== written) await memory.keep(known);
	const { seed, branches } = known ? { ...known, seed: known.next ?? known.seed } : fresh;
	const from = Math.max(known?.historyEnd ?? 0, lastEventAt);
	const base = { lane, memory, from, seed, branches, speed: known?.speed };
	const why = cannotGoOn(known, lastEventAt);
	if (known === undefined || why !== undefined) return new Driver(options, { ...base, why });
	const producer = await produce(bankOf(known, profile));
	if (producer.run === known.run) return new Driver(options, { ...base, again: { run: known, producer } });
	await producer.close();
	return new Driver(options, { ...base, why: 'its profile is another now' });
}
