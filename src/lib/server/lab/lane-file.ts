import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { HotcardError } from '../../domain/error.ts';
import type { Join } from '../../../../simulator/bank/join.ts';
import { KINDS } from '../../../../simulator/faults/kinds.ts';
import type { Order } from '../../../../simulator/faults/orders.ts';
import type { AnyFault } from '../../../../simulator/faults/read-faults.ts';
import type { Millis } from '../../domain/time.ts';
import { FASTEST } from './pace.ts';

const at = z.number().int();
const fault = z.custom<AnyFault>((value) => Object.hasOwn(KINDS, (value as { kind?: string } | null)?.kind ?? ''));

const schema = z.object({
	seed: z.number().int(),
	start: z.number().int(),
	branches: z.number().int().min(1),
	historyEnd: z.number().int(),
	run: z.string().min(1),
	orders: z.array(z.union([z.object({ at, inject: fault }), z.object({ at, end: z.string().min(1) })])).optional(),
	joins: z.object({ at: z.number().int(), mark: z.string().min(1) }).optional(),
	next: z.number().int().optional(),
	speed: z.number().min(0).max(FASTEST).optional()
});

/** What must be known to make the same bank again: its options and the name its events carry. */
export interface LaneRun {
	seed: number;
	start: Millis;
	branches: number;
	/** Until here the lane was filled as fast as possible. */
	historyEnd: Millis;
	run: string;
	/** What was done to the bank while it ran. */
	orders?: readonly Order[] | undefined;
	/** Set where it took the lane over from a bank that could not go on. */
	joins?: Join | undefined;
	/** Set while a bank of this seed is taking over: its cases are being ended, so that it cannot go on. */
	next?: number | undefined;
	/** The pace that was set last, 0 = paused; undefined where nobody set one. */
	speed?: number | undefined;
}

/** The run a lane was filled by, or undefined before the first one. */
export async function readLaneRun(file: string): Promise<LaneRun | undefined> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	try {
		return schema.parse(JSON.parse(text));
	} catch (cause) {
		throw new HotcardError('bad-lane-file', `${file} is damaged`, {
			place: { file },
			remedy: 'Remove the file: the lane then goes on with a new run.',
			cause
		});
	}
}

/** Written whole or not at all. */
export async function writeLaneRun(file: string, run: LaneRun): Promise<void> {
	await writeFile(`${file}.new`, `${JSON.stringify(run, null, '\t')}\n`);
	await rename(`${file}.new`, file);
}
