import { studentQuantile } from './quantiles.ts';
import { type Tally, tallyOf } from './tally.ts';

/** The mean lies within `halfWidth` of what it estimates with probability `confidence`. */
export interface Interval {
	readonly n: number;
	readonly mean: number;
	readonly variance: number;
	readonly halfWidth: number;
	readonly confidence: number;
}

/**
 * Student's interval for values that do not depend on each other: one figure per replication, or batch means. Never
 * give it the waits of one run.
 * @throws {RangeError} for fewer than two values or a confidence outside (0, 1).
 */
export function acrossReplications(values: Iterable<number>, confidence = 0.95): Interval {
	return intervalOf(tallyOf(values), confidence);
}

/** The same from a tally of independent values. */
export function intervalOf({ count: n, mean, variance }: Tally, confidence = 0.95): Interval {
	if (n < 2) throw new RangeError(`an interval needs at least two values, got ${n}`);
	if (!(confidence > 0 && confidence < 1)) throw new RangeError(`the confidence ${confidence} is not between 0 and 1`);
	const halfWidth = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n);
	return { n, mean, variance, halfWidth, confidence };
}

/** Interval per measure over the results of replications; each must report the same measures. */
export function summary(
	results: readonly Readonly<Record<string, number>>[],
	confidence = 0.95
): Record<string, Interval> {
	const measures = Object.keys(results[0] ?? {});
	return Object.fromEntries(
		measures.map((measure) => [measure, acrossReplications(valuesOf(results, measure), confidence)])
	);
}

/** One measure of each replication, in order. */
export function valuesOf(results: readonly Readonly<Record<string, number>>[], measure: string): number[] {
	return results.map((result, index) => {
		const value = result[measure];
		if (value === undefined) throw new RangeError(`replication ${index + 1} reports no "${measure}"`);
		return value;
	});
}
