import { compare } from '../statistics/compare.ts';
import type { Measures } from '../statistics/experiment.ts';
import { acrossReplications, type Interval } from '../statistics/interval.ts';
import type { Bound, Claim } from './claim.ts';

export interface Figure {
	readonly mean: number;
	readonly low: number;
	readonly high: number;
}

export type Verdict = 'supported' | 'not supported' | 'not modelled' | 'not decided';

export interface Judgement {
	readonly claim: Claim;
	/** Null where the bank of that profile has no such thing. */
	readonly before: Figure | null;
	readonly after: Figure | null;
	/** After minus before, replication by replication; null where only one of them has it. */
	readonly difference: Figure | null;
	readonly verdict: Verdict;
	/** What speaks against it, or why nothing can be said. */
	readonly why: string;
}

/**
 * Holds a claim against replications of both profiles under common random numbers. A bound is met where the whole 95 %
 * interval lies within it and broken where all of it lies beyond; a change is one where the interval of the paired difference
 * leaves out 0. Whatever is neither is not decided.
 */
export function judge(claim: Claim, before: readonly Measures[], after: readonly Measures[]): Judgement {
	const { measure } = claim;
	const nothing = { claim, before: null, after: null, difference: null };
	if (measure === null) return { ...nothing, verdict: 'not modelled', why: claim.note ?? '' };
	const [first, second] = [before, after].map((runs) => runs.map((run) => run[measure] ?? NaN)) as [number[], number[]];
	const counts = (runs: readonly Measures[]): number[] | undefined =>
		claim.of === undefined ? undefined : runs.map((run) => run[claim.of as string] ?? 0);
	const figures = { before: figureOf(first, counts(before)), after: figureOf(second, counts(after)) };
	const pairs = first.map((_, i) => i).filter((i) => !Number.isNaN(first[i]) && !Number.isNaN(second[i]));
	const at = (values: readonly number[]): number[] => pairs.map((i) => values[i] as number);
	const difference = pairs.length < 2 ? null : asFigure(compare(at(second), at(first)).difference);
	const asked: [string, Bound | undefined, Figure | null][] = [
		['before', claim.before, figures.before],
		['after', claim.after, figures.after]
	];
	const missing = asked.some(([, bound, figure]) => bound !== undefined && figure === null);
	if (missing || (claim.change !== undefined && difference === null))
		return { claim, ...figures, difference, verdict: 'not modelled', why: 'the profiles show no case of it' };
	const against: string[] = [];
	const open: string[] = [];
	for (const [when, bound, figure] of asked) if (bound && figure) check(when, bound, figure, against, open);
	if (claim.change && difference) {
		const sign = claim.change === 'falls' ? -1 : 1;
		const ends = [difference.low * sign, difference.high * sign];
		if (Math.max(...ends) <= 0) against.push('it does not change as it should');
		else if (Math.min(...ends) <= 0) open.push('the change may be chance');
	}
	const all = { claim, ...figures, difference };
	if (against.length > 0) return { ...all, verdict: 'not supported', why: against.join('; ') };
	if (open.length > 0) return { ...all, verdict: 'not decided', why: `${open.join('; ')}: replicate more` };
	return { ...all, verdict: 'supported', why: claim.note ?? '' };
}

function check(when: string, { from, to }: Bound, { low, high }: Figure, against: string[], open: string[]): void {
	if (from !== undefined && high < from) against.push(`${when} it is below ${from}`);
	else if (from !== undefined && low < from) open.push(`${when} it may be below ${from}`);
	if (to !== undefined && low > to) against.push(`${when} it is above ${to}`);
	else if (to !== undefined && high > to) open.push(`${when} it may be above ${to}`);
}

function figureOf(values: readonly number[], counts?: readonly number[]): Figure | null {
	if (counts) return pooled(values, counts);
	const seen = values.filter((value) => !Number.isNaN(value));
	return seen.length < 2 ? null : asFigure(acrossReplications(seen));
}

/** Standard normal quantile of 97.5 %. */
const Z = 1.959964;

/** The share of all runs together with Wilson's interval, which knows that all of a few is not all. */
function pooled(shares: readonly number[], counts: readonly number[]): Figure | null {
	const n = counts.reduce((sum, count) => sum + count, 0);
	if (n === 0) return null;
	const mean = counts.reduce((sum, count, i) => sum + (count === 0 ? 0 : count * (shares[i] as number)), 0) / n;
	const centre = (mean + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
	const half = (Z * Math.sqrt((mean * (1 - mean)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n);
	return { mean, low: centre - half, high: Math.min(1, centre + half) };
}

function asFigure({ mean, halfWidth }: Interval): Figure {
	return { mean, low: mean - halfWidth, high: mean + halfWidth };
}
