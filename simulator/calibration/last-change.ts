import { DAY, type Millis } from '../../src/lib/domain/time.ts';
import type { LocalDays } from '../process/local-days.ts';
import { kolmogorovSmirnov } from '../statistics/distance.ts';
import { beginnings, type CaseLog } from './case-log.ts';
import { dailyCounts, firstWholeDay } from './daily-counts.ts';
import { type Decision, decisionsOf, horizonOf } from './decisions.ts';
import { thinned } from './split-by-age.ts';
import { tallyMap } from './tally.ts';

/** From when on a log speaks for its future: since the last change of its arrivals, and of its steps. */
export interface Since {
	arrivals: Millis;
	steps: Millis;
}

/** Places at which a change is looked for, in what is left after the last one found. */
const PLACES = 24;
/** What a part needs to have on either side of a change. */
const LEAST = { days: 28, cases: 50, decisions: 300 };
/** A change shows as well in a part of a large log. */
const ENOUGH = 12_000;
/** A new level of arrivals differs by this factor, and by so many standard errors. */
const LEVEL = { factor: 1.25, errors: 4 };
/** So far off, beyond what chance explains, are waits (distribution functions) and ways (shares of transitions) after a change. */
const STEPS = 0.1;

/**
 * The last change points, by binary segmentation that follows the later part: real processes get new rules and new loads,
 * and what was before them says little of what comes.
 */
export function lastChanges(log: CaseLog, days: LocalDays): Since {
	const counts = dailyCounts(beginnings(log), days, log.from, log.arrivalsTo);
	const day = lastChange(counts.length, (from, at) => levelChange(counts, from, at));
	// After the last beginning a log knows old cases only, whose steps differ for that reason.
	// What was not watched for the horizon shows its short waits alone, which would pass for a change.
	const watchedUntil = Math.min(log.arrivalsTo, log.to - horizonOf(log, log.from));
	const all = decisionsOf(log, log.from, 0).filter(({ at }) => at < watchedUntil);
	all.sort((a, b) => a.at - b.at);
	const decisions = thinned(all, ENOUGH).map(movedBy);
	const step = lastChange(decisions.length, (from, at) => stepChange(decisions, from, at));
	return {
		arrivals: day === 0 ? log.from : Math.max(log.from, days.toUtc((firstWholeDay(days, log.from) + day) * DAY)),
		steps: step === 0 ? log.from : decisions[step]!.at
	};
}

interface Move {
	at: Millis;
	wait: Millis;
	next: string | undefined;
	way: string;
}

const movedBy = ({ at, until, past, next }: Decision): Move => ({
	at,
	wait: until - at,
	next,
	way: JSON.stringify([past.at(-1), next ?? null])
});

/** Index since which nothing has changed; `change` tells how much it did at a place, 0 where not enough. */
function lastChange(length: number, change: (from: number, at: number) => number): number {
	let from = 0;
	for (;;) {
		let most = { by: 0, at: from };
		for (let place = 1; place < PLACES; place++) {
			const at = from + Math.round((place * (length - from)) / PLACES);
			const by = at > from ? change(from, at) : 0;
			if (by > most.by) most = { by, at };
		}
		if (most.at === from) return from;
		from = most.at;
	}
}

function levelChange(counts: readonly number[], from: number, at: number): number {
	const [before, after] = [counts.slice(from, at), counts.slice(at)];
	if (Math.min(before.length, after.length) < LEAST.days) return 0;
	const [a, b] = [moments(before), moments(after)];
	if (Math.min(a.sum, b.sum) < LEAST.cases) return 0;
	const factor = Math.max(a.mean / b.mean, b.mean / a.mean);
	const errors = Math.abs(a.mean - b.mean) / Math.sqrt(a.variance / before.length + b.variance / after.length);
	return factor >= LEVEL.factor && errors >= LEVEL.errors ? errors : 0;
}

function moments(values: readonly number[]): { sum: number; mean: number; variance: number } {
	const sum = values.reduce((so, value) => so + value, 0);
	const mean = sum / values.length;
	const variance = values.reduce((so, value) => so + (value - mean) ** 2, 0) / (values.length - 1);
	return { sum, mean, variance: Math.max(variance, mean) };
}

function stepChange(decisions: readonly Move[], from: number, at: number): number {
	const [before, after] = [decisions.slice(from, at), decisions.slice(at)];
	if (Math.min(before.length, after.length) < LEAST.decisions) return 0;
	if (after.at(-1)!.at - after[0]!.at < LEAST.days * DAY) return 0;
	const most = Math.max(waitChange(before, after), wayChange(before, after));
	return most >= STEPS ? most : 0;
}

/** Distance of waits by activity beyond the 5 % point of chance, weighed by how frequent the activity is. */
function waitChange(before: readonly Move[], after: readonly Move[]): number {
	const waits = (part: readonly Move[]) =>
		new Map(
			Map.groupBy(part, ({ next }) => next)
				.entries()
				.filter(([next]) => next !== undefined)
				.map(([next, list]) => [next, list.map(({ wait }) => wait)] as const)
		);
	const [left, right] = [waits(before), waits(after)];
	let [excess, total] = [0, 0];
	for (const [activity, there] of right) {
		total += there.length;
		const here = left.get(activity);
		if (here === undefined) continue;
		const chance = 1.36 * Math.sqrt(1 / here.length + 1 / there.length);
		excess += there.length * Math.max(0, kolmogorovSmirnov(here, there) - chance);
	}
	return total === 0 ? 0 : excess / total;
}

/** Earth mover's distance of transitions beyond twice what equal parts of these sizes have on average. */
function wayChange(before: readonly Move[], after: readonly Move[]): number {
	const ways = (part: readonly Move[]) => tallyMap(part.map(({ way }) => way));
	const [left, right] = [ways(before), ways(after)];
	const [n, m] = [before.length, after.length];
	let [distance, chance] = [0, 0];
	for (const way of new Set([...left.keys(), ...right.keys()])) {
		const [a, b] = [left.get(way) ?? 0, right.get(way) ?? 0];
		const p = (a + b) / (n + m);
		distance += Math.abs(a / n - b / m) / 2;
		chance += Math.sqrt(((2 / Math.PI) * p * (1 - p) * (n + m)) / (n * m)) / 2;
	}
	return Math.max(0, distance - 2 * chance);
}
