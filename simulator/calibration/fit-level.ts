import type { Millis } from '../../src/lib/domain/time.ts';
import { expectedOn } from '../process/arrivals.ts';
import type { LocalDays } from '../process/local-days.ts';
import type { ProcessProfile } from '../process/profile.ts';
import { dailyCounts, firstWholeDay } from './daily-counts.ts';

const WEEK = 7;
/** Weeks that it takes to tell how fast a level drifts. */
const LEAST_WEEKS = 12;
/** How far ahead a level is to hold, as a share of what was seen: as far as a comparison with a held-out fifth looks. */
const AHEAD = 0.25;
/** How much a week counts relative to the one after it; 1 is the mean of all. */
const DISCOUNTS = [1, 0.99, 0.98, 0.96, 0.93, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5] as const;

export interface Level {
	/** On the rates of the shape. */
	factor: number;
	discount: number;
	weeks: number;
}

interface Week {
	n: number;
	expected: number;
}

/**
 * The level of arrivals to expect from the end of a log on, relative to fitted rates: discounted sums of what came over what
 * the rates expect (Harvey and Fernandes 1989), with the discount that would have foretold best, from every week of the log,
 * the weeks after it. A level that drifts is neither its mean since the last change nor its last month.
 */
export function fitLevel(
	begins: readonly Millis[],
	arrivals: Pick<ProcessProfile['arrivals'], 'week' | 'special' | 'dispersion'>,
	days: LocalDays,
	{ from, to }: { from: Millis; to: Millis }
): Level {
	const weeks = weeksBack(dailyCounts(begins, days, from, to), (i) =>
		expectedOn(arrivals, days, firstWholeDay(days, from) + i).reduce((sum, rate) => sum + rate, 0)
	);
	if (weeks.length < LEAST_WEEKS) return { factor: 1, discount: 1, weeks: weeks.length };
	const errors = DISCOUNTS.map((discount) => errorOf(weeks, discount));
	const discount = DISCOUNTS[errors.indexOf(Math.min(...errors))]!;
	return { factor: Number(levels(weeks, discount).at(-1)!.toPrecision(5)), discount, weeks: weeks.length };
}

/** Whole weeks, the last of which ends with the last day. */
function weeksBack(counts: readonly number[], expected: (i: number) => number): Week[] {
	const weeks: Week[] = [];
	for (let last = counts.length; last >= WEEK; last -= WEEK) {
		const week = { n: 0, expected: 0 };
		for (let i = last - WEEK; i < last; i++) {
			week.n += counts[i]!;
			week.expected += expected(i);
		}
		weeks.push(week);
	}
	return weeks.reverse();
}

/** After each week, from its end on. */
function levels(weeks: readonly Week[], discount: number): number[] {
	let [n, expected] = [0, 0];
	return weeks.map((week) => {
		n = discount * n + week.n;
		expected = discount * expected + week.expected;
		return expected > 0 ? n / expected : 1;
	});
}

/**
 * Of each week ahead, in square roots, whose variance is the same at any level, and absolute: a break that nothing foretold
 * must not decide how fast to forget.
 */
function errorOf(weeks: readonly Week[], discount: number): number {
	const ahead = Math.max(1, Math.round(AHEAD * weeks.length));
	return levels(weeks, discount).reduce((sum, level, i) => {
		if (i + 1 < LEAST_WEEKS / 2) return sum;
		const next = weeks.slice(i + 1, i + 1 + ahead);
		return next.reduce((so, { n, expected }) => so + Math.abs(Math.sqrt(n) - Math.sqrt(level * expected)), sum);
	}, 0);
}
