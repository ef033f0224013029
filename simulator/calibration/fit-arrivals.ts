import { WEEKDAYS, type Weekday } from '../../src/lib/domain/sla/calendar-schema.ts';
import { DAY, HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { logGamma } from '../random/special.ts';
import { expectedOn } from '../process/arrivals.ts';
import { dayOf, hourOf, type LocalDays } from '../process/local-days.ts';
import type { ProcessProfile } from '../process/profile.ts';
import { firstWholeDay } from './daily-counts.ts';
import { fitLevel } from './fit-level.ts';

type Arrivals = ProcessProfile['arrivals'];
const NO_SPECIAL = { factor: 1, days: 0 };
/** From this many days on, weekdays differ; before, an hour has one rate on all of them. */
const WEEKLY_FROM = 14;
/** As many weeks of a weekday weigh as much as what its total and the hour's total say together. */
const SHRINK_WEEKS = 4;

interface Day {
	day: number;
	weekday: Weekday;
	hours: Float64Array;
	n: number;
}

/**
 * Arrivals by hour × weekday × special day as a Poisson process with a daily gamma factor, from whole local days; the moments
 * give the factor's variance, and it is kept only where AIC is better with it than without. A special day has a factor
 * of its own where its count is two standard errors off. Hours, weekdays and special days are learnt from `from` on, when
 * arrivals changed last; their level from the log's `begin` on.
 */
export function fitArrivals(
	begins: readonly Millis[],
	days: LocalDays,
	{ begin, from, to }: { begin: Millis; from: Millis; to: Millis }
): Arrivals {
	const local = begins.map(days.toLocal);
	const all = countDays(local, days, firstWholeDay(days, from), dayOf(days.toLocal(to)) - 1);
	const isPlain = ({ day }: Day) => days.kindOf(day) !== 'holiday' && !days.isWorkday(day) && !days.isMonthEnd(day);
	const plain = all.filter(isPlain);
	const enough = WEEKDAYS.every((weekday) => plain.some((day) => day.weekday === weekday));
	const base = enough ? plain : all;
	const special = { holiday: NO_SPECIAL, workday: NO_SPECIAL, monthEnd: NO_SPECIAL };
	const shape: Arrivals = { week: weekOf(base), special, dispersion: 0 };
	const mean = (day: Day, arrivals: Arrivals) =>
		expectedOn(arrivals, days, day.day).reduce((sum, rate) => sum + rate, 0);
	const means = base.map((day) => mean(day, shape));
	const dispersion = dispersionOf(base, means);

	const factor = (those: Day[]) => {
		const mu = those.map((day) => mean(day, shape));
		const expected = mu.reduce((sum, value) => sum + value, 0);
		const n = those.reduce((sum, day) => sum + day.n, 0);
		const error = Math.sqrt(expected + dispersion * mu.reduce((sum, value) => sum + value * value, 0));
		return { factor: expected > 0 && Math.abs(n - expected) > 2 * error ? round(n / expected) : 1, days: those.length };
	};
	const fitted: Arrivals = {
		...shape,
		special: {
			holiday: factor(all.filter(({ day }) => days.kindOf(day) === 'holiday')),
			workday: factor(all.filter(({ day }) => days.isWorkday(day))),
			monthEnd: factor(all.filter((one) => days.isMonthEnd(one.day) && days.kindOf(one.day) !== 'holiday'))
		},
		dispersion
	};
	const goodness = goodnessOf(fitted, all, { means: all.map((day) => mean(day, fitted)), days, local });
	const level = fitLevel(begins, fitted, days, { from: begin, to });
	const week = Object.fromEntries(
		WEEKDAYS.map((weekday) => [weekday, fitted.week[weekday].map((rate) => round(rate * level.factor))])
	) as Arrivals['week'];
	return { ...fitted, week, goodness: { ...goodness, level: level } };
}

const round = (value: number): number => Number(value.toPrecision(5));

function countDays(local: readonly Millis[], days: LocalDays, first: number, last: number): Day[] {
	const all: Day[] = [];
	for (let day = first; day <= last; day++) {
		const kind = days.kindOf(day);
		const weekday = kind === 'holiday' ? days.weekdayOf(day) : kind;
		all.push({ day, weekday, hours: new Float64Array(24), n: 0 });
	}
	for (const at of local) {
		const day = all[dayOf(at) - first];
		if (day === undefined) continue;
		day.hours[hourOf(at)]! += 1;
		day.n++;
	}
	return all;
}

function weekOf(base: readonly Day[]): Arrivals['week'] {
	const hourly = Array.from({ length: 24 }, (_, hour) => base.reduce((sum, day) => sum + day.hours[hour]!, 0));
	const total = hourly.reduce((sum, n) => sum + n, 0);
	const rates = (weekday: Weekday): number[] => {
		if (base.length < WEEKLY_FROM) return hourly.map((n) => round(n / base.length));
		const those = base.filter((day) => day.weekday === weekday);
		const sum = those.reduce((n, day) => n + day.n, 0);
		const shrink = SHRINK_WEEKS / (SHRINK_WEEKS + those.length);
		return hourly.map((n, hour) => {
			const own = those.reduce((so, day) => so + day.hours[hour]!, 0);
			const typical = total === 0 ? 0 : (sum * n) / total;
			return round(((1 - shrink) * own + shrink * typical) / Math.max(1, those.length));
		});
	};
	return Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, rates(weekday)])) as Arrivals['week'];
}

/** Variance of the gamma factor by moments, corrected for the seven levels that were estimated; 0 where Poisson explains it. */
function dispersionOf(days: readonly Day[], means: readonly number[]): number {
	const free = Math.max(1, days.length - 7) / Math.max(1, days.length);
	const excess = days.reduce((sum, { n }, i) => sum + (n - means[i]!) ** 2 / free - means[i]!, 0);
	const squares = means.reduce((sum, mu) => sum + mu * mu, 0);
	const variance = squares > 0 ? excess / squares : 0;
	if (!(variance > 1e-4)) return 0;
	return logCounts(days, means, variance) - 1 > logCounts(days, means, 0) ? round(variance) : 0;
}

/** Log-likelihood of daily counts: negative binomial with mean μ and variance μ + v μ², Poisson for v = 0. */
function logCounts(days: readonly Day[], means: readonly number[], v: number): number {
	return days.reduce((sum, { n }, i) => {
		const mu = Math.max(1e-9, means[i]!);
		const poisson = n * Math.log(mu) - mu - logGamma(n + 1);
		if (v === 0) return sum + poisson;
		const r = 1 / v;
		const successes = logGamma(n + r) - logGamma(r) - logGamma(n + 1);
		return sum + successes + r * Math.log(r / (r + mu)) + n * Math.log(mu / (r + mu));
	}, 0);
}

interface Given {
	means: readonly number[];
	days: LocalDays;
	local: readonly Millis[];
}

function goodnessOf(fitted: Arrivals, all: readonly Day[], { means, days, local }: Given): Record<string, unknown> {
	const n = all.reduce((sum, day) => sum + day.n, 0);
	const cells = all.flatMap(({ n }, i) => (means[i]! > 0 ? [(n - means[i]!) ** 2 / means[i]!] : []));
	const free = all.length < WEEKLY_FROM ? 1 : WEEKDAYS.length;
	const index = cells.reduce((sum, cell) => sum + cell, 0) / Math.max(1, cells.length - free);
	const aic = (v: number) => round(2 * (v > 0 ? 1 : 0) - 2 * logCounts(all, means, v));
	// Where in its day's expectation each case begins should be uniform.
	const shares = local.flatMap((at) => {
		const rates = expectedOn(fitted, days, dayOf(at));
		const total = rates.reduce((sum, rate) => sum + rate, 0);
		const hour = hourOf(at);
		const before = rates.slice(0, hour).reduce((sum, rate) => sum + rate, 0);
		const inside = (at - dayOf(at) * DAY - hour * HOUR) / HOUR;
		return total > 0 ? [(before + inside * rates[hour]!) / total] : [];
	});
	const sorted = Float64Array.from(shares).sort();
	const ks = sorted.reduce((most, u, i) => Math.max(most, u - i / sorted.length, (i + 1) / sorted.length - u), 0);
	return {
		family: fitted.dispersion > 0 ? 'poisson-gamma' : 'poisson',
		n,
		days: all.length,
		perDay: round(n / all.length),
		// Of days, given what the rates expect of each: 1 is Poisson.
		varianceToMean: round(index),
		weekdays: all.length < WEEKLY_FROM ? 'not fitted' : 'fitted',
		aic: aic(fitted.dispersion),
		aicPoisson: aic(0),
		ks: round(ks)
	};
}
