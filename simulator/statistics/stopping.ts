import { type Interval, intervalOf, valuesOf } from './interval.ts';
import { Tally } from './tally.ts';

export interface Precision {
	/** Relative error that is wanted of the mean. */
	readonly gamma: number;
	/** Replications before the first look; at least two. */
	readonly minimum?: number;
	readonly confidence?: number;
}

/** Whether the true relative error is at most gamma, by hw / |mean| <= gamma / (1 + gamma) (Law, Kelton and Koenig 1981). */
export function precise({ halfWidth, mean }: Interval, gamma: number): boolean {
	return halfWidth <= (Math.abs(mean) * gamma) / (1 + gamma);
}

/** How many of the values, taken in order, are enough; null when all are too few. Slightly under-covers. */
export function stoppingPoint(
	values: Iterable<number>,
	{ gamma, minimum = 10, confidence = 0.95 }: Precision
): number | null {
	if (!(gamma > 0)) throw new RangeError(`the relative error ${gamma} is not above 0`);
	if (!(minimum >= 2)) throw new RangeError(`a minimum of ${minimum} replications, expected at least 2`);
	const tally = new Tally();
	for (const value of values) {
		tally.record(value);
		if (tally.count >= minimum && precise(intervalOf(tally, confidence), gamma)) return tally.count;
	}
	return null;
}

/** Tells replications to stop once each of the measures is precise; their errors share alpha (Bonferroni). */
export function untilPrecise(
	measures: readonly string[],
	{ gamma, minimum = 10, confidence = 0.95 }: Precision
): (results: readonly Readonly<Record<string, number>>[]) => boolean {
	const each = 1 - (1 - confidence) / measures.length;
	return (results) =>
		results.length >= minimum &&
		measures.every((measure) => {
			const tally = new Tally();
			for (const value of valuesOf(results, measure)) tally.record(value);
			return precise(intervalOf(tally, each), gamma);
		});
}
