import { WEEKDAYS, type Weekday } from '../../src/lib/domain/sla/calendar-schema.ts';
import { HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays } from '../process/local-days.ts';
import type { ProcessProfile } from '../process/profile.ts';
import type { Decision } from './decisions.ts';
import { quantileSorted } from './quantile.ts';

/** An hour belongs to a shift where at least this share of a person's busy hour happens in it. */
const IN_SHIFT = 0.1;
/** Moments at which something was surely begun show the hours where they are as many, and this share of all. */
const SURE = { n: 100, share: 0.3 };

/**
 * The hours of the weekdays in which a person takes up work. Where the log has beginnings these show it. Where it has ends
 * alone, who finishes after the shift would seem to be on it: then an hour counts by what was surely begun in it, since it
 * could not have been begun before, and by the ends themselves where there are too few of these.
 */
export function fitShifts(own: readonly Decision[], days: LocalDays): ProcessProfile['people'][number]['shifts'] {
	const started = own.flatMap(({ started }) => started ?? []);
	const ends = own.filter(({ started }) => started === undefined).sort((a, b) => a.until - b.until);
	const sure = surelyBegun(ends);
	const enough = sure.length >= SURE.n && sure.length >= SURE.share * ends.length;
	// What ends on the hour was done in the hour before.
	return hoursOf([...started, ...(enough ? sure : ends.map(({ until }) => until - 1))], days);
}

/** Ends of what became possible, by the case and by the person's end before, within the same hour. */
function surelyBegun(ends: readonly Decision[]): Millis[] {
	let free = -Infinity;
	return ends.flatMap(({ at, until }) => {
		const possible = Math.max(at, free);
		free = until;
		return Math.floor(possible / HOUR) === Math.floor((until - 1) / HOUR) ? [until - 1] : [];
	});
}

function hoursOf(times: readonly Millis[], days: LocalDays): ProcessProfile['people'][number]['shifts'] {
	const counts = new Map<Weekday, Float64Array>();
	for (const at of times) {
		const local = days.toLocal(at);
		const weekday = days.weekdayOf(dayOf(local));
		const hours = counts.get(weekday) ?? new Float64Array(24);
		hours[hourOf(local)]! += 1;
		counts.set(weekday, hours);
	}
	const seen = Float64Array.from([...counts.values()].flatMap((hours) => [...hours.filter((n) => n > 0)])).sort();
	const least = IN_SHIFT * quantileSorted(seen, 0.9);
	const shift = (hours: Float64Array) => [...hours.keys()].filter((hour) => hours[hour]! > 0 && hours[hour]! >= least);
	return Object.fromEntries(
		WEEKDAYS.flatMap((weekday) => {
			const hours = shift(counts.get(weekday) ?? new Float64Array(24));
			return hours.length === 0 ? [] : [[weekday, hours]];
		})
	);
}
