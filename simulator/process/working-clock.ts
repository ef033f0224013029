import { WEEKDAYS } from '../../src/lib/domain/sla/calendar-schema.ts';
import { DAY, HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays } from './local-days.ts';
import type { ProcessProfile } from './profile.ts';

/** A clock that runs at full pace in the hours of work and slowly, or not at all, outside of them. */
export interface WorkingClock {
	/** Working ms between two moments. */
	between(from: Millis, to: Millis): Millis;
	/** The moment by which so many working ms have passed. */
	add(from: Millis, worked: Millis): Millis;
	/** How fast it runs at a moment: 1, or the pace outside of the hours. */
	paceAt(at: Millis): number;
}

/** Without an open hour in any week, and nothing done outside, it would stand for ever: then it runs as the wall's. */
export function workingClock({ open, closedPace }: ProcessProfile['hours'], days: LocalDays): WorkingClock {
	const never = closedPace === 0 && WEEKDAYS.every((day) => open[day].length === 0);
	const paces = Object.fromEntries(
		Object.entries(open).map(([kind, hours]) => {
			const pace = new Float64Array(24).fill(never ? 1 : closedPace);
			for (const hour of hours) pace[hour] = 1;
			return [kind, pace];
		})
	) as Record<keyof typeof open, Float64Array>;
	// Sums of whole days, made as far as they are asked for: between() subtracts two of them.
	const sums = new Map<number, Millis>();
	let first = 0;
	let last = -1;
	const lengthOf = (day: number): Millis => paces[days.kindOf(day)].reduce((sum, pace) => sum + pace * HOUR, 0);
	/** Work done before a day, counted from an arbitrary one. */
	const before = (day: number): Millis => {
		if (last < first) {
			sums.set(day, 0);
			first = last = day;
		}
		for (; last < day; last++) sums.set(last + 1, sums.get(last)! + lengthOf(last));
		for (; first > day; first--) sums.set(first - 1, sums.get(first)! - lengthOf(first - 1));
		return sums.get(day)!;
	};
	const within = (local: Millis): Millis => {
		const pace = paces[days.kindOf(dayOf(local))];
		const hour = hourOf(local);
		let sum = pace[hour]! * (local - dayOf(local) * DAY - hour * HOUR);
		for (let h = 0; h < hour; h++) sum += pace[h]! * HOUR;
		return sum;
	};
	const worked = (local: Millis): Millis => before(dayOf(local)) + within(local);
	return {
		between: (from, to) => worked(days.toLocal(to)) - worked(days.toLocal(from)),
		add(from, amount) {
			if (amount <= 0) return from;
			const start = days.toLocal(from);
			const target = worked(start) + amount;
			let day = dayOf(start);
			while (before(day + 1) < target) day++;
			const pace = paces[days.kindOf(day)];
			let left = target - before(day);
			let hour = 0;
			while (left > pace[hour]! * HOUR && hour < 23) left -= pace[hour++]! * HOUR;
			return Math.max(from, days.toUtc(Math.floor(day * DAY + hour * HOUR + left / pace[hour]!)));
		},
		paceAt(at) {
			const local = days.toLocal(at);
			return paces[days.kindOf(dayOf(local))][hourOf(local)]!;
		}
	};
}
