import * as z from 'zod';
import { parseTime } from '../../src/lib/domain/events/rfc3339.ts';
import { DAY } from '../../src/lib/domain/time.ts';
import type { Branch } from '../bank/network.ts';
import type { Profile } from '../bank/profile.ts';
import { duration, millisOf } from '../bank/quantities.ts';
import type { World } from '../bank/world.ts';
import { Interrupt } from '../kernel/error.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Impairment, Span } from './impairment.ts';

/** A moment of a faults file: a time after the run's start, or a time of the calendar. */
export type Moment = { readonly after: number } | { readonly at: number };

/** A fault of a file starts and ends within this time after the run's start. */
const FARTHEST = 3_650 * DAY;

const moment = z
	.string()
	.regex(
		/^(\d+(\.\d+)? (ms|s|min|h|d)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))$/,
		'expected a time after the start such as "2 h", or one with offset such as 2026-11-03T10:00:00+08:00'
	)
	.refine((text) => text.includes(' ') || !Number.isNaN(parseTime(text)), 'expected a day and a time that exist')
	.refine((text) => !(text.includes(' ') && millisOf(text) > FARTHEST), 'expected at most 3650 d after the start')
	.transform((text): Moment => (text.includes(' ') ? { after: millisOf(text) } : { at: parseTime(text) }));

/** How many times as long or as many: beyond a hundred a bank does nothing but live through the fault. */
export const factor = z.number().min(1).max(100);

/** A duration that is bounded; its schema names the bound as `longest`, ms. */
export function upTo(longest: number, told: string): typeof duration {
	return duration.refine((ms) => ms <= longest, `expected at most ${told}`).meta({ longest });
}

/** What every fault says. */
export const timing = {
	name: z
		.string()
		.regex(/^[a-z0-9-]+$/, 'expected small letters, digits and hyphens')
		.max(60)
		.optional(),
	start: moment,
	end: moment,
	ramp: duration.optional()
} as const;

interface Timing {
	readonly kind: string;
	readonly name?: string | undefined;
	readonly start: Moment;
	readonly end: Moment;
	readonly ramp?: number | undefined;
}

/** A fault whose times are known, with a name of its own. */
export type Fault<T> = Omit<T, keyof Timing> & Span & { readonly kind: string; readonly name: string };

/** One kind of fault: how it is written, what it impairs and what happens because of it. */
export interface Kind<T extends Timing = Timing> {
	readonly schema: z.ZodType<T>;
	/** Asked once, when the fault is put up; `profile` is the bank's. */
	impairs?(fault: Fault<T>, profile: Profile): Impairment[];
	/** Set where a site goes out of service: the watch over the sites tells of that itself. */
	readonly outage?: true;
	/** How many reports it brings about in all beside those that come anyway, as far as the profile tells; none unless told. */
	brings?(fault: Fault<T>, bank: { readonly branches: readonly Branch[]; readonly profile: Profile }): number;
	/** Runs from the fault's start; what it began it must end. */
	act?(world: World, fault: Fault<T>): Generator<SimEvent, void, unknown>;
}

/** Lets TypeScript read the fault's shape off its schema. */
export function kind<T extends Timing>(parts: Kind<T>): Kind<T> {
	return parts;
}

/** Waits for some ms, or until the fault ends: it may end before its time. */
export function* pause({ env }: World, fault: Span, ms: number): Generator<SimEvent, void, unknown> {
	try {
		yield env.timeout(Math.max(0, Math.min(ms, fault.end - env.now)));
	} catch (error) {
		if (!(error instanceof Interrupt)) throw error;
	}
}

/** Waits for the end of a fault. */
export function itsEnd(world: World, fault: Span): Generator<SimEvent, void, unknown> {
	return pause(world, fault, Infinity);
}
