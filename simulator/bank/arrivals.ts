import { monthDayOf, weekdayOf } from './bank-time.ts';
import { arrivalsOfDay, eachDay } from './load.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

/** How busy a day is relative to a plain one: weekday, pension day, month end. */
export function dayFactor(world: World, day: number): number {
	const { weekdays, pensionDay, monthEnd } = world.profile.arrivals;
	const { day: number, last } = monthDayOf(day);
	return (weekdays[weekdayOf(day)] ?? 1) * (number === 15 ? pensionDay : 1) * (last ? monthEnd : 1);
}

/** Lost cards at each branch's customers, around the clock. `nth` counts a branch's reports of one day. */
export function lossArrivals(world: World, report: (branch: Branch, nth: number, day: number) => void): void {
	const { arrivals } = world.profile;
	for (const branch of world.branches) {
		const stream = world.stream(branch.id, 'arrivals');
		const mean = arrivals.casesPerBranchDay * branch.size;
		eachDay(
			world.env,
			(day) => arrivalsOfDay(stream, day, arrivals.hours, mean * dayFactor(world, day), arrivals.dailyVariance),
			(nth, day) => report(branch, nth, day)
		);
	}
}
