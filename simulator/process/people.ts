import { WEEKDAYS } from '../../src/lib/domain/sla/calendar-schema.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays } from './local-days.ts';
import type { DayKind, ProcessProfile } from './profile.ts';
import { type WorkingClock, workingClock } from './working-clock.ts';

type Person = ProcessProfile['people'][number];
type Hours = ProcessProfile['hours'];

/** A person with the hours in which they work. */
export interface Worker extends Person {
	/** Hours on shift a week. */
	readonly weekly: number;
	/** Runs on shift, and outside of it at the pace of closed hours: what was begun is seldom finished there. */
	readonly clock: WorkingClock;
	/** Runs on shift alone. */
	readonly shift: WorkingClock;
	onShift(at: Millis): boolean;
	/** The first moment from `at` on that is on shift; Infinity where there is none in any week. */
	nextShift(at: Millis): Millis;
}

/** Hours by kind of day; on a holiday a person works in those of their usual hours in which work is done then. */
export function shiftHours(shifts: Person['shifts'], hours: Hours): Record<DayKind, number[]> {
	const usual = new Set(Object.values(shifts).flat());
	return {
		...(Object.fromEntries(WEEKDAYS.map((day) => [day, [...(shifts[day] ?? [])]])) as Record<DayKind, number[]>),
		holiday: hours.open.holiday.filter((hour) => usual.has(hour))
	};
}

export function workersOf(people: readonly Person[], hours: Hours, days: LocalDays): Worker[] {
	return people.map((person) => {
		const open = shiftHours(person.shifts, hours);
		const weekly = weeklyHours(person.shifts);
		const shift = workingClock({ open, closedPace: 0 }, days);
		const onShift = (at: Millis): boolean => {
			const local = days.toLocal(at);
			return open[days.kindOf(dayOf(local))].includes(hourOf(local));
		};
		return {
			...person,
			weekly,
			clock: workingClock({ open, closedPace: hours.closedPace }, days),
			shift,
			onShift,
			nextShift: (at) => (weekly === 0 ? Infinity : onShift(at) ? at : shift.add(at, 1) - 1)
		};
	});
}

export const weeklyHours = (shifts: Person['shifts']): number =>
	WEEKDAYS.reduce((sum, day) => sum + (shifts[day]?.length ?? 0), 0);

/** What a team is good for in a week: by how often each did the activity, and their hours. */
export const capacityOf = (people: readonly Person[], activity: string): number =>
	people.reduce((sum, { does, shifts }) => sum + (does[activity] ?? 0) * weeklyHours(shifts), 0);
