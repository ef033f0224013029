import type { Millis } from '../../domain/time.ts';
import type { DemoOptions } from './demo.ts';
import type { Drive } from './driver.ts';
import type { Keeper } from './keeper.ts';
import type { LaneRun } from './lane-file.ts';
import { openProducer, type Producer } from './producer.ts';
import { type BankRun, bankOf, cancellations, skip, successorOf, tellAgain } from './succession.ts';

/** A bank that tells a lane's events, and how it is made again. */
export interface RunningBank {
	known: LaneRun;
	readonly producer: Producer;
}

export interface Ground {
	readonly options: DemoOptions;
	readonly drive: Drive;
	readonly keeper: Keeper;
}

export interface Handover {
	/** Why the bank before cannot go on. */
	why: string;
	seed: number;
	branches: number;
	/** When the new bank takes over. */
	at: Millis;
	/** Until here the lane is filled as fast as possible. */
	historyEnd: Millis;
}

const OTHER_PROGRAM = 'this version of the program tells other events of the same seed';

/** The bank of a lane, brought to where its log ends, or as far as it came before it was stopped. */
export async function openBank(ground: Ground): Promise<RunningBank> {
	const { options, drive, keeper } = ground;
	const { first, again, why = OTHER_PROGRAM, memory, from, seed, branches } = drive;
	if (first) {
		const known = { ...first.run, historyEnd: from, run: first.producer.run };
		await memory.keep(known);
		return { known, producer: first.producer };
	}
	const handover = { why, seed, branches, at: options.lastEventAt ?? from, historyEnd: from };
	if (!again) return succeed(ground, handover);
	const { run: known, producer } = again;
	const stored = await options.stored.tail(producer.run);
	if (stored.length === 0) {
		await warm(producer, known, keeper);
		return { known, producer };
	}
	const told = await tellAgain(producer, known, stored, () => keeper.stopped);
	if (told === undefined) {
		await producer.close();
		return succeed(ground, handover);
	}
	await keeper.store(told);
	return { known, producer };
}

/** Ends what the bank before left open and opens one that takes over from there. */
export async function succeed({ options, drive, keeper }: Ground, handover: Handover): Promise<RunningBank> {
	const { stored, profile, onSuccession, produce = openProducer } = options;
	const { why, at, historyEnd } = handover;
	const run = successorOf(handover, at, stored.head().toString(36));
	const producer = await produce(bankOf(run, profile));
	const known = { ...run, historyEnd, run: producer.run };
	try {
		const left = await stored.openCases();
		onSuccession?.(
			`the bank that filled the lane cannot go on: ${why}. Its ${left.length} open cases are cancelled (simulation_ended) and a new bank takes over.`
		);
		await keeper.store(cancellations(left, producer.run, at));
		// Only now: stopped before, the next start finds the old run and ends what is still open.
		if (!keeper.stopped) await drive.memory.keep(known);
		await warm(producer, run, keeper);
		return { known, producer };
	} catch (error) {
		await producer.close();
		throw error;
	}
}

async function warm(producer: Producer, run: BankRun, keeper: Keeper): Promise<void> {
	if (run.joins) await skip(producer, run.start, run.joins.at - 1, () => keeper.stopped);
}
