import { WEEKDAYS, type Weekday } from '../../src/lib/domain/sla/calendar-schema.ts';
import { offsetOf, zoneReader } from '../../src/lib/domain/sla/zone.ts';
import { DAY, HOUR, type Millis, MINUTE } from '../../src/lib/domain/time.ts';
import type { DayKind, ProcessProfile } from './profile.ts';

/** Local time, in ms as if the zone were UTC, and what kind of day each local day is. Days are numbered since 1970. */
export interface LocalDays {
	readonly toLocal: (at: Millis) => Millis;
	readonly toUtc: (local: Millis) => Millis;
	/** RFC 3339 with the zone's offset. */
	readonly write: (at: Millis) => string;
	/** A make-up working day counts as a Monday. */
	kindOf(day: number): DayKind;
	weekdayOf(day: number): Weekday;
	isWorkday(day: number): boolean;
	/** Among the last two days of its month. */
	isMonthEnd(day: number): boolean;
}

export function localDays(zone: string, days: ProcessProfile['days']): LocalDays {
	const offset = offsetOf(zone);
	const offsets = new Map<number, Millis>();
	const offsetAt = (at: Millis): Millis => {
		// Offsets change on quarter hours at most: one look-up serves each.
		const quarter = Math.floor(at / (15 * MINUTE));
		let found = offsets.get(quarter);
		if (found === undefined) offsets.set(quarter, (found = offset(quarter * 15 * MINUTE)));
		return found;
	};
	const numbered = (dates: readonly string[]) => new Set(dates.map((date) => Date.parse(date) / DAY));
	const holidays = numbered(days.holidays);
	const workdays = numbered(days.workdays);
	const weekdayOf = (day: number): Weekday => WEEKDAYS[(((day + 3) % 7) + 7) % 7]!;
	return {
		toLocal: (at) => at + offsetAt(at),
		toUtc: zoneReader(zone),
		write(at) {
			const shift = offsetAt(at);
			const minutes = Math.abs(shift) / MINUTE;
			const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
			const text = new Date(at + shift).toISOString().slice(0, 23);
			return `${text}${shift < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
		},
		kindOf: (day) => (workdays.has(day) ? 'mon' : holidays.has(day) ? 'holiday' : weekdayOf(day)),
		weekdayOf,
		isWorkday: (day) => workdays.has(day),
		isMonthEnd: (day) => new Date(day * DAY).getUTCMonth() !== new Date((day + 2) * DAY).getUTCMonth()
	};
}

export const dayOf = (local: Millis): number => Math.floor(local / DAY);
export const hourOf = (local: Millis): number => Math.floor((local - dayOf(local) * DAY) / HOUR);
