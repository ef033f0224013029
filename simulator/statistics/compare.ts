import { correlation } from './correlation.ts';
import { acrossReplications, type Interval } from './interval.ts';
import { tallyOf } from './tally.ts';

export interface Comparison {
	/** First minus second, pair by pair. */
	readonly difference: Interval;
	/** NaN where one of the two does not vary. */
	readonly correlation: number;
	/** Variance of the difference had the runs been independent, in multiples of what it is. */
	readonly varianceRatio: number;
	/** Why common random numbers did not help; null when they did. */
	readonly warning: string | null;
}

/**
 * Paired t on replications run with common random numbers: the same seed and replication number stand at the same place
 * of both lists (Law 2015, 10.2 and 11.2).
 * @throws {RangeError} for lists of different length or fewer than two pairs.
 */
export function compare(first: readonly number[], second: readonly number[], confidence = 0.95): Comparison {
	if (first.length !== second.length)
		throw new RangeError(`${first.length} and ${second.length} replications do not make pairs`);
	const difference = acrossReplications(
		first.map((value, i) => value - (second[i] as number)),
		confidence
	);
	const shared = correlation(first, second);
	return {
		difference,
		correlation: shared,
		varianceRatio: (tallyOf(first).variance + tallyOf(second).variance) / difference.variance,
		warning:
			shared > 0
				? null
				: `the correlation is ${shared.toFixed(3)}: common random numbers widen this interval or do nothing for it`
	};
}

/** Each scenario against the same base; all intervals together hold with `confidence` (Bonferroni). */
export function compareAll(
	base: readonly number[],
	scenarios: Readonly<Record<string, readonly number[]>>,
	confidence = 0.95
): Record<string, Comparison> {
	const names = Object.keys(scenarios);
	const each = 1 - (1 - confidence) / names.length;
	return Object.fromEntries(names.map((name) => [name, compare(scenarios[name] as readonly number[], base, each)]));
}
