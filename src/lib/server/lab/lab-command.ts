import * as z from 'zod';
import { HotcardError } from '../../domain/error.ts';
import { describe, withHint, type Expected } from '../../domain/events/describe.ts';
import { pointerOf } from '../../domain/events/validate.ts';
import { isLane, type Lane } from '../../domain/lane.ts';
import { nearest } from '../../domain/nearest.ts';
import { DAY } from '../../domain/time.ts';
import type { LabCommand } from '../../protocol/lab.ts';
import { FASTEST } from './pace.ts';

const lane = z.custom<Lane>((value) => typeof value === 'string' && isLane(value), 'not a lane');
const speed = z.number().min(0).max(FASTEST);
const SLOWEST = 0.1;

const schema = z.discriminatedUnion('command', [
	z.strictObject({
		command: z.literal('speed'),
		lane,
		speed: speed.refine((value) => value === 0 || value >= SLOWEST, 'must be 0 to pause, or from 0.1 to 3600')
	}),
	z.strictObject({ command: z.literal('step'), lane, ms: z.number().int().min(1).max(DAY) }),
	z.strictObject({ command: z.literal('inject'), lane, fault: z.record(z.string(), z.unknown()) }),
	z.strictObject({ command: z.literal('end-fault'), lane, id: z.string().min(1).max(80) }),
	z.strictObject({ command: z.literal('seed'), lane, seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) })
]);

const COMMANDS = schema.options.map((option) => option.shape.command.value);

/** Reads what is asked of a lane from a request body. Throws `invalid-command` with the pointer of the first mistake. */
export function parseLabCommand(body: unknown): LabCommand {
	const result = schema.safeParse(body);
	if (result.success) return result.data;
	const issue = result.error.issues[0]!;
	const pointer = pointerOf(issue.path);
	const { en, zh, suggestion } = issue.code === 'invalid_union' ? strange(body) : expected(issue, body);
	throw new HotcardError('invalid-command', `${pointer}: ${en}`, {
		place: { pointer },
		suggestion,
		remedy: 'Correct the command and send it again.',
		zh: { message: `${pointer}：${zh}`, remedy: '请改正命令后重发。' }
	});
}

function expected(issue: z.core.$ZodIssue, body: unknown): Expected {
	const said = describe(issue, body, ['command', 'lane', 'speed', 'ms', 'fault', 'id', 'seed']);
	return issue.code === 'custom' && issue.path[0] === 'speed' ? { ...said, zh: '应为 0（暂停）或 0.1 至 3600' } : said;
}

function strange(body: unknown): Expected {
	const command = (body as { command?: unknown } | null)?.command;
	const said = { en: `expected one of ${COMMANDS.join(', ')}`, zh: `应为以下之一：${COMMANDS.join('、')}` };
	return withHint(said, typeof command === 'string' ? nearest(command, COMMANDS) : undefined);
}
