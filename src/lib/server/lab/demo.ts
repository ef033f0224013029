import { join } from 'node:path';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Clock, DAY, type Millis } from '../../domain/time.ts';
import { Driver } from './driver.ts';
import { readLaneRun } from './lane-file.ts';
import { openProducer } from './producer.ts';
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
	speed?: number;
	/** Told of each failure that is tried again, of events that the log refused, and of the failure that ends the lane. */
	onError?: (error: unknown) => void;
	/** Told in a sentence when another bank has to take the lane over. */
	onSuccession?: (message: string) => void;
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
		return new Driver(options, { lane, file, from: historyEnd, ...fresh, first: { run, producer } });
	}
	const known = await readLaneRun(file);
	const { seed, branches } = known ?? fresh;
	const base = { lane, file, from: Math.max(known?.historyEnd ?? 0, lastEventAt), seed, branches };
	const why = cannotGoOn(known, lastEventAt);
	if (known === undefined || why !== undefined) return new Driver(options, { ...base, why });
	const producer = await produce(bankOf(known, profile));
	if (producer.run === known.run) return new Driver(options, { ...base, again: { run: known, producer } });
	await producer.close();
	return new Driver(options, { ...base, why: 'its profile is another now' });
}
