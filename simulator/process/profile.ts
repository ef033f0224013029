import * as z from 'zod';
import { readYaml } from '../../src/lib/domain/read-yaml.ts';
import { WEEKDAYS } from '../../src/lib/domain/sla/calendar-schema.ts';
import { isZone } from '../../src/lib/domain/sla/zone.ts';

/** The kinds of day whose hours differ: the weekdays and a holiday. */
export const DAY_KINDS = [...WEEKDAYS, 'holiday'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

const positive = z.number().positive();
const atLeastZero = z.number().min(0);
const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const name = z.string().min(1);
const date = z.iso.date();
const perDayKind = <T extends z.ZodType>(value: T) =>
	z.strictObject({
		mon: value,
		tue: value,
		wed: value,
		thu: value,
		fri: value,
		sat: value,
		sun: value,
		holiday: value
	});
const hour = z.number().int().min(0).max(23);
const weights = z.record(name, positive);

/** Seconds above zero. Lognormal by mean and deviation of the logarithm; empirical by ascending points of equal weight. */
const distribution = z.discriminatedUnion('family', [
	z.strictObject({ family: z.literal('exponential'), mean: positive }),
	z.strictObject({ family: z.literal('gamma'), shape: positive, scale: positive }),
	z.strictObject({ family: z.literal('weibull'), shape: positive, scale: positive }),
	z.strictObject({ family: z.literal('lognormal'), mu: z.number(), sigma: positive }),
	z.strictObject({
		family: z.literal('lognormal-mixture'),
		share,
		mu: z.tuple([z.number(), z.number()]),
		sigma: z.tuple([positive, positive])
	}),
	z.strictObject({
		family: z.literal('empirical'),
		points: z
			.array(atLeastZero)
			.min(1)
			.refine((all) => all.every((value, i) => i === 0 || value >= all[i - 1]!), 'expected points in ascending order')
	})
]);

const special = z.strictObject({ factor: atLeastZero, days: count });

const times = {
	/** `wall` runs around the clock, `working` in the hours of work: a person's own where one does it, else `hours`. */
	clock: z.enum(['wall', 'working']),
	/** Share that takes no time at all. */
	instant: share,
	law: distribution,
	/** None is longer, in seconds on its clock: what a law's tail promises beyond what was seen is not believed. */
	most: positive.optional(),
	n: count,
	goodness: z.record(z.string(), z.unknown()).optional()
};

/** What `hotcard calibrate` writes and the process simulator runs: any log's arrivals, routing, times and people. */
export const processSchema = z.strictObject({
	apiVersion: z.literal('hotcard/v1'),
	kind: z.literal('process'),
	name,
	/** Where it came from, for readers; the simulator ignores it. */
	fitted: z.record(z.string(), z.unknown()).optional(),
	zone: z.string().refine(isZone, 'expected an IANA time zone'),
	/** Days that differ from their weekday; those of `workdays` are worked although they are a weekend. */
	days: z.strictObject({ holidays: z.array(date), workdays: z.array(date) }),
	arrivals: z.strictObject({
		/** Expected new cases in each hour of each weekday. */
		week: z.record(z.enum(WEEKDAYS), z.array(atLeastZero).length(24)),
		/** Factors on a day's cases. A make-up working day counts as a Monday. */
		special: z.strictObject({ holiday: special, workday: special, monthEnd: special }),
		/** Variance of a day's gamma factor with mean 1; 0 is plain Poisson. */
		dispersion: atLeastZero,
		goodness: z.record(z.string(), z.unknown()).optional()
	}),
	/** Hours in which work is done at full pace, and the pace outside of them relative to it. */
	hours: z.strictObject({ open: perDayKind(z.array(hour)), closedPace: share }),
	routing: z.strictObject({
		/** How many past activities decide at most. */
		order: z.number().int().min(1),
		/** `after` lists past activities, the oldest first; null is the case's beginning. Counts, not shares. */
		contexts: z.array(z.strictObject({ after: z.array(name.nullable()).min(1), next: weights, end: atLeastZero })),
		goodness: z.record(z.string(), z.unknown()).optional()
	}),
	/** Time from one activity to the next; null stands for any. */
	durations: z
		.array(
			z.strictObject({
				from: name.nullable(),
				to: name.nullable(),
				/** The case's age in seconds, from and below, at which it holds; null is no bound. */
				age: z.tuple([atLeastZero, positive.nullable()]).default([0, null]),
				...times,
				/** The law is that of a person of speed 1, since waits differ by person; else that of whoever did it when fitted. */
				perPerson: z.boolean().default(false)
			})
		)
		.min(1),
	/**
	 * How people do an activity. `service`: the log had its beginnings, so a person on shift who is free takes it from a
	 * queue and works by `law`. `waiting`: the log had its ends alone, so the wait of `durations` holds queue and work; it
	 * grows as its team's capacity shrinks, by people or by their hours, and as whoever does it is slower. What is in neither
	 * needs nobody.
	 */
	work: z
		.array(
			z.discriminatedUnion('by', [
				z.strictObject({
					activity: name,
					by: z.literal('service'),
					/** Done by people who are not listed: at speed 1, without a queue. */
					others: share,
					/** Work of a person of speed 1. On clock `working` it rests while its person is off shift, else it is finished. */
					...times,
					/** What passes before it enters the queue, on `hours`: idle time of people that no queue explains. */
					delay: z.strictObject({ instant: share, law: distribution, most: positive.optional(), n: count })
				}),
				z.strictObject({
					activity: name,
					by: z.literal('waiting'),
					others: share,
					/** Sum over its people of how often each did it × their hours a week, when fitted: the pace of 1. */
					capacity: atLeastZero,
					n: count
				})
			])
		)
		.default([]),
	people: z.array(
		z.strictObject({
			name,
			n: count,
			/** Relative to all who do the same: 2 is twice as fast. */
			speed: positive,
			speedN: count,
			/** What `speed` was when fitted: waits that do not differ by person grow by fittedSpeed / speed. */
			fittedSpeed: positive.default(1),
			/** How many things the person has in hand at once at most. */
			atOnce: z.number().int().min(1).default(1),
			/** Hours of the weekdays in which the person is seen. */
			shifts: z.partialRecord(z.enum(WEEKDAYS), z.array(hour)),
			/** How often the person did each activity. */
			does: weights
		})
	),
	/** What stays the same through a case, with its weights. */
	mix: z.strictObject({ branch: weights, channel: weights, tier: weights })
});

export type ProcessProfile = z.output<typeof processSchema>;
export type Law = z.output<typeof distribution>;
export type Work = ProcessProfile['work'][number];
export type Service = Extract<Work, { by: 'service' }>;
export type Team = Extract<Work, { by: 'waiting' }>;

/** Reads a process profile; a mistake is a HotcardError `profile-invalid` with file, line, column and what was expected. */
export function readProcessProfile(text: string, file: string): ProcessProfile {
	const { value, fault } = readYaml(text, file, 'profile', processSchema);
	if (!value.durations.some(({ from, to, age }) => from === null && to === null && age[0] === 0))
		throw fault(['durations'], 'expected an entry with from: null, to: null and age from 0, for what no other covers');
	if (!value.routing.contexts.some(({ after }) => after.length === 1 && after[0] === null))
		throw fault(['routing', 'contexts'], 'expected a context with after: [null], the beginning of a case');
	return value;
}
