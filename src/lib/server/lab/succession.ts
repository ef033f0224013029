import { isDeepStrictEqual } from 'node:util';
import type { BankOptions } from '../../../../simulator/bank/bank.ts';
import { typeOf } from '../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { DAY, type Millis } from '../../domain/time.ts';
import type { LaneRun } from './lane-file.ts';
import type { Producer } from './producer.ts';

/** How long a new bank runs unseen before it takes a lane over: by then about as many cases are open as at any time. */
const WARM_UP = 14 * DAY;
/** A run that is longer is not simulated again from its start: that would take a minute and more. */
const LONGEST_RUN = 180 * DAY;
/** How far it is gone unseen at once, so that a server that is to stop waits for no more than that. */
const STRIDE = DAY;
const BATCH = 5_000;

export type BankRun = Omit<LaneRun, 'run' | 'historyEnd' | 'next' | 'speed'>;
/** Why a bank goes that could have gone on. */
export const OTHER_SEED = 'another seed was asked for';

/** Why the bank of a lane is not made again, as far as that is known before it is made; undefined where it is. */
export function cannotGoOn(known: LaneRun | undefined, now: Millis): string | undefined {
	if (known === undefined) return 'what made it is not written down in the data folder';
	if (known.next !== undefined) return OTHER_SEED;
	const days = Math.floor((now - known.start) / DAY);
	return days > LONGEST_RUN / DAY ? `it has run for ${days} days` : undefined;
}

/** The bank that takes over at `at`. `mark` must be new in the lane. The branches stay as they are. */
export function successorOf({ seed, branches }: Pick<BankRun, 'seed' | 'branches'>, at: Millis, mark: string): BankRun {
	return { seed, branches, start: at - WARM_UP, joins: { at, mark } };
}

/** Goes to a moment unseen, or until `stopped`. */
export async function skip(producer: Producer, from: Millis, to: Millis, stopped: () => boolean): Promise<void> {
	for (let at = from; at < to && !stopped();) {
		at = Math.min(to, at + STRIDE);
		await producer.skip(at);
	}
}

/**
 * Lets the bank tell again what the log has of it, and answers what it told: the stored events and those that were lost
 * between them. Undefined where it tells something else: then another version of the program made the lane, and going on
 * would send new facts under ids that the log has already.
 */
export async function tellAgain(
	producer: Producer,
	run: BankRun,
	stored: readonly DomainEvent[],
	stopped: () => boolean
): Promise<DomainEvent[] | undefined> {
	const times = stored.map((event) => Date.parse(event.time));
	const first = times.reduce((a, b) => Math.min(a, b), Infinity);
	const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
	await skip(producer, run.start, first, stopped);
	const told: DomainEvent[] = [];
	for (let upTo = -Infinity; upTo <= last && !stopped();) {
		const batch = await producer.advance(last + 1, BATCH);
		upTo = batch.upTo;
		for (const event of batch.events) told.push(event);
	}
	if (stopped()) return [];
	const byId = new Map(told.map((event) => [event.id, event]));
	return stored.every((event) => isDeepStrictEqual(byId.get(event.id), event)) ? told : undefined;
}

/** Ends cases that nobody will ever work on again, so that they do not stand there late for good. */
export function cancellations(cases: readonly string[], run: string, at: Millis): DomainEvent[] {
	const time = new Date(at).toISOString();
	return cases.map((caseId) => ({
		specversion: '1.0',
		id: `${run}.end.${caseId}`,
		source: '/sim/lane',
		type: typeOf('case.cancelled'),
		time,
		subject: caseId,
		data: { caseId, reason: 'simulation_ended' }
	}));
}

/** What a producer is made of. */
export function bankOf(
	{ seed, start, branches, joins, orders }: BankRun,
	profile: BankOptions['profile']
): BankOptions {
	return { seed, start, branches, profile, ...(joins ? { joins } : {}), ...(orders ? { orders } : {}) };
}
