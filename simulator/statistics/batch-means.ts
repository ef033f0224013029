import { autocorrelation } from './correlation.ts';
import { acrossReplications, type Interval } from './interval.ts';
import { tallyOf } from './tally.ts';

export interface BatchMeans extends Interval {
	readonly batchMeans: readonly number[];
	readonly batchLength: number;
	/** Correlation of neighbouring batch means: well above 0, the batches are too short and the interval too narrow. */
	readonly neighbours: number;
}

/**
 * The interval for the mean of one long run after its warm-up, from 10 to 30 batches each at least ten times as long as
 * the run remembers (Law 2015, 9.5.3). What does not fill a batch is left out at the start.
 * @throws {RangeError} for fewer than two batches, or fewer observations than batches.
 */
export function batchMeans(series: ArrayLike<number>, batches = 20, confidence = 0.95): BatchMeans {
	if (!Number.isInteger(batches) || batches < 2)
		throw new RangeError(`${batches} batches, expected a whole number of at least 2`);
	const batchLength = Math.floor(series.length / batches);
	if (batchLength === 0) throw new RangeError(`${series.length} observations do not fill ${batches} batches`);
	const start = series.length - batches * batchLength;
	const means = Array.from({ length: batches }, (_, b) => {
		let sum = 0;
		for (let i = 0; i < batchLength; i++) sum += series[start + b * batchLength + i] as number;
		return sum / batchLength;
	});
	return {
		...acrossReplications(means, confidence),
		batchMeans: means,
		batchLength,
		neighbours: autocorrelation(means, 1, tallyOf(means).mean)
	};
}
