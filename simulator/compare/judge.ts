import { compare } from '../statistics/compare.ts';
import type { Measures } from '../statistics/experiment.ts';
import { acrossReplications, type Interval } from '../statistics/interval.ts';
import type { Bound, Claim } from './claims.ts';

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
 * Holds a claim against replications of both profiles under common random numbers. A bound is met where the 95 % interval
 * reaches it, and broken where the whole interval lies beyond it; a change is one where the interval of the paired difference
 * leaves out 0.
 */
export function judge(claim: Claim, before: readonly Measures[], after: readonly Measures[]): Judgement {
	const { measure } = claim;
	const nothing = { claim, before: null, after: null, difference: null };
	if (measure === null) return { ...nothing, verdict: 'not modelled', why: claim.note ?? '' };
	const [first, second] = [before, after].map((runs) => runs.map((run) => run[measure] ?? NaN)) as [number[], number[]];
	const figures = { before: figureOf(first), after: figureOf(second) };
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
	const against = asked.flatMap(([when, bound, figure]) => (bound && figure ? broken(when, bound, figure) : []));
	if (claim.change && difference) {
		const sign = claim.change === 'falls' ? -1 : 1;
		const [worst, best] = [difference.low * sign, difference.high * sign].sort((a, b) => a - b) as [number, number];
		if (best <= 0) against.push(`it does not change as it should`);
		else if (worst <= 0)
			return {
				claim,
				...figures,
				difference,
				verdict: 'not decided',
				why: 'the change is lost in the noise: replicate more'
			};
	}
	const verdict = against.length > 0 ? 'not supported' : 'supported';
	return { claim, ...figures, difference, verdict, why: against.length > 0 ? against.join('; ') : (claim.note ?? '') };
}

function broken(when: string, { from, to }: Bound, { low, high }: Figure): string[] {
	if (from !== undefined && high < from) return [`${when} it is below ${from}`];
	if (to !== undefined && low > to) return [`${when} it is above ${to}`];
	return [];
}

function figureOf(values: readonly number[]): Figure | null {
	const seen = values.filter((value) => !Number.isNaN(value));
	return seen.length < 2 ? null : asFigure(acrossReplications(seen));
}

function asFigure({ mean, halfWidth }: Interval): Figure {
	return { mean, low: mean - halfWidth, high: mean + halfWidth };
}
