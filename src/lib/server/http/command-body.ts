import * as z from 'zod';
import { HotcardError } from '../../domain/error.ts';
import { describe, withHint, type Expected } from '../../domain/events/describe.ts';
import { pointerOf } from '../../domain/events/validate.ts';
import { nearest } from '../../domain/nearest.ts';
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

const KINDS = schema.options.map((option) => option.shape.kind.value);

/** Reads a command from a request body. Throws `invalid-command` with the pointer of the first fault. */
export function parseCommand(body: unknown): Command {
	const result = schema.safeParse(body);
	if (result.success) return result.data;
	const issue = result.error.issues[0]!;
	const pointer = pointerOf(issue.path);
	const { en, zh, suggestion } =
		issue.code === 'invalid_union' ? strangeKind(body) : describe(issue, body, ['kind', 'lane', 'caseId']);
	throw new HotcardError('invalid-command', `${pointer}: ${en}`, {
		place: { pointer },
		suggestion,
		remedy: 'Correct the command and send it again.',
		zh: { message: `${pointer}：${zh}`, remedy: '请改正命令后重发。' }
	});
}

function strangeKind(body: unknown): Expected {
	const kind = (body as { kind?: unknown } | null)?.kind;
	const expected = { en: `expected one of ${KINDS.join(', ')}`, zh: `应为以下之一：${KINDS.join('、')}` };
	return withHint(expected, typeof kind === 'string' ? nearest(kind, KINDS) : undefined);
}
