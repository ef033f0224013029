import * as z from 'zod';
import { HotcardError } from '../../domain/error.ts';
import { describe } from '../../domain/events/describe.ts';
import { pointerOf } from '../../domain/events/validate.ts';
import { isLane, type Lane } from '../../domain/lane.ts';
import { END_OF_TIME } from '../../domain/time.ts';
import { LONGEST_LIST } from '../../protocol/case-list.ts';
import type { Params, Topic } from '../../protocol/topics.ts';

// Query strings carry everything as text, sockets carry numbers: both are taken.
const whole = z.coerce.number().int().nonnegative();
// Beyond these a range has more slots than memory.
const at = whole.max(END_OF_TIME);
const word = z.string().min(1).max(80);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const lane = z.custom<Lane>((value) => typeof value === 'string' && isLane(value), 'not a lane');
const page = { offset: whole.max(1_000_000_000).optional(), limit: whole.min(1).max(500).optional() };
const range = { from: at.optional(), to: at.optional() };
const branches = {
	lane,
	...range,
	measure: z.enum(['wait', 'handling', 'overtime', 'volume']).optional(),
	province: word.optional(),
	branch: word.optional(),
	sort: z.enum(['city', 'worst', 'name']).optional(),
	limit: page.limit
};

const SCHEMAS: { [T in Topic]: z.ZodType<Params<T>> } = {
	shell: strict({ lane }),
	overview: strict({ lane, ...range, branch: word.optional() }),
	cases: strict({
		lane,
		...range,
		...page,
		status: z.enum(['open', 'breached', 'at_risk', 'closed', 'all']).optional(),
		stage: word.optional(),
		channel: word.optional(),
		branch: word.optional(),
		tier: word.optional(),
		clock: word.optional(),
		owner: word.optional(),
		text: z.string().max(200).optional(),
		cases: z.string().min(1).max(LONGEST_LIST).optional(),
		sort: z.enum(['due', 'opened', 'stage', 'case', 'events']).optional(),
		descending: flag.optional()
	}),
	case: strict({ lane, caseId: z.string().min(1).max(200) }),
	branches: strict(branches),
	branchCell: strict({ ...branches, branchId: word, hourOfWeek: whole.max(167) }),
	places: strict({ lane }),
	log: strict({
		lane,
		before: whole.optional(),
		limit: page.limit,
		type: word.optional(),
		caseId: z.string().min(1).max(200).optional()
	}),
	quarantine: strict({
		lane,
		...page,
		code: word.optional(),
		status: z.enum(['open', 'resubmitted', 'dismissed', 'all']).optional()
	}),
	variants: strict({ lane, ...range, limit: page.limit })
};

function strict<T>(shape: z.ZodRawShape): z.ZodType<T> {
	return z.strictObject(shape) as unknown as z.ZodType<T>;
}

export function isTopic(text: unknown): text is Topic {
	return typeof text === 'string' && Object.hasOwn(SCHEMAS, text);
}

/** Checks the parameters of a view. Members that are absent stay absent. Throws `bad-params` with the pointer of the first fault. */
export function parseParams<T extends Topic>(topic: T, params: unknown): Params<T> {
	const result = SCHEMAS[topic].safeParse(params);
	if (result.success) return result.data;
	const issue = result.error.issues[0]!;
	const pointer = pointerOf(issue.path);
	const { en, zh, suggestion } = describe(issue, params, []);
	throw new HotcardError('bad-params', `${topic}: ${pointer}: ${en}`, {
		place: { pointer },
		suggestion,
		remedy: 'Correct the parameter that is named.',
		zh: { message: `${topic}：${pointer}：${zh}`, remedy: '请改正所指的参数。' }
	});
}

/** Same parameters, same text: the order of members does not count. */
export function canonical(params: object): string {
	const members = Object.entries(params).filter(([, value]) => value !== undefined);
	members.sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify(members);
}
