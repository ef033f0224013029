import * as z from 'zod';
import { CATALOGUE, type EventName } from '../events/catalogue.ts';
import { STAGES } from '../stage.ts';

const NAMES = Object.keys(CATALOGUE) as [EventName, ...EventName[]];

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const share = z.number().min(0).max(1);

/** `10s`, `500ms`, `5m`, `2h`, `3d` (24 h each) or `3wd` (working days, for working time only). */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|wd)$/;

const duration = z
	.string()
	.regex(DURATION, 'expected a duration such as 10s, 5m, 2h, 3d or 3wd (working days)')
	.describe('ms, s, m, h, d (24 h) or wd (working days of the calendar)');

/** A match; the bare name of an event is short for `{type: …}`. */
export const matchSchema = z.preprocess(
	(value) => (typeof value === 'string' ? { type: value } : value),
	z
		.strictObject({
			type: z.enum(NAMES).optional().describe('an event of the catalogue'),
			activity: z.string().min(1).optional().describe('the activity of a generic step'),
			stage: z.enum(STAGES).optional().describe('the stage it leads into'),
			where: z
				.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
				.optional()
				.describe('fields of data; null = absent; a list matches when it contains the value')
		})
		.refine((found) => found.type !== undefined || found.activity !== undefined || found.stage !== undefined, {
			message: 'expected type, activity or stage'
		})
);

const many = <T extends z.ZodType>(item: T) =>
	z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item));

/** Matches; one may stand for a list of one. */
export const matchListSchema = many(matchSchema);
/** Words; one may stand for a list of one. */
export const wordListSchema = many(z.string().min(1));
const words = wordListSchema.optional();

const clock = z.strictObject({
	id: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'expected a name in lower case such as approval_vip'),
	name: text,
	stage: z.enum(STAGES).optional().describe('the stage whose flow it is shown with'),
	start: matchListSchema,
	end: matchListSchema,
	cancel: matchListSchema.optional(),
	target: duration,
	objective: share.default(0.95).describe('share of runs that must meet the target'),
	atRisk: share.default(0.8).describe('part of the target after which a run is at risk'),
	repeats: z.boolean().default(false).describe('each end starts the next run at once, until it is cancelled'),
	kind: z.enum(['wall', 'working']).default('wall'),
	calendar: z.string().optional().describe('needed where kind is working'),
	scope: z.strictObject({ tier: words, channel: words, branch: words, product: words, way: words }).default({}),
	pause: z.array(z.strictObject({ from: matchListSchema, until: matchListSchema })).default([])
});

const figure = z.strictObject({
	from: z.string().regex(/^D([1-9]|1[0-4])$/, 'expected D1 … D14'),
	name: text,
	value: z.number(),
	unit: z.enum(['s', 'ms', 'min', 'h', 'day', 'month', 'share', 'CNY', 'count', 'per_day']),
	bound: z.enum(['at_most', 'at_least'])
});

/** The YAML form of a policy. */
export const policySchema = z.strictObject({
	clocks: z.array(clock),
	closes: matchListSchema.optional().describe('what ends a case of a process that is not of cards'),
	figures: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a name in lower case'), figure).default({})
});

export type PolicyData = z.output<typeof policySchema>;
