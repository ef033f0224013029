import * as z from 'zod';
import { HotcardError } from '../../domain/error.ts';
import { isLane, type Lane } from '../../domain/lane.ts';
import type { Command } from '../application.ts';

const common = {
	lane: z.custom<Lane>((value) => typeof value === 'string' && isLane(value), 'not a lane'),
	caseId: z.string().min(1).max(200)
};
const text = z.string().max(10_000);

const schema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('case.assign'), ...common, owner: z.string().min(1).max(80) }),
	z.strictObject({ kind: z.literal('case.annotate'), ...common, text }),
	z.strictObject({ kind: z.literal('case.prioritise'), ...common, reason: text }),
	z.strictObject({ kind: z.literal('case.release'), ...common, reason: text }),
	z.strictObject({ kind: z.literal('case.release.approve'), ...common })
]);

/** Reads a command from a request body. Throws `invalid-command` with the pointer of the first fault. */
export function parseCommand(body: unknown): Command {
	const result = schema.safeParse(body);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	const pointer = `/${(issue?.path ?? []).map(String).join('/')}`;
	throw new HotcardError('invalid-command', `${pointer}: ${issue?.message ?? 'not understood'}`, {
		place: { pointer }
	});
}
