/** Mean of each place over replications, as far as the shortest goes. */
export function acrossRuns(runs: readonly ArrayLike<number>[]): number[] {
	if (runs.length === 0) return [];
	const length = Math.min(...runs.map((run) => run.length));
	return Array.from({ length }, (_, i) => runs.reduce((sum, run) => sum + (run[i] as number), 0) / runs.length);
}

/**
 * Welch's moving average over 2w + 1 places, shrunk to what fits at the start; it ends w before the series does. Where
 * the curve turns flat, the warm-up is over: that is for an eye to read (Welch 1983; Law 2015, 9.5.1).
 */
export function movingAverage(series: ArrayLike<number>, w: number): number[] {
	if (!Number.isInteger(w) || w < 0) throw new RangeError(`the half window ${w} is not a whole number of at least 0`);
	return Array.from({ length: Math.max(0, series.length - w) }, (_, i) => {
		const reach = Math.min(i, w);
		let sum = 0;
		for (let k = i - reach; k <= i + reach; k++) sum += series[k] as number;
		return sum / (2 * reach + 1);
	});
}

export interface WarmUp {
	/** How many observations to leave out at the start. */
	readonly truncate: number;
	/** False when the minimum lies beyond a third of the run: it is then too short to tell. */
	readonly reliable: boolean;
	/** The statistic per number of batches left out. */
	readonly statistics: readonly number[];
}

/**
 * MSER-5: leaves out as many batches of five as make the squared standard error of the rest least, at most half of them
 * (White 1997; White, Cobb and Spratt 2000).
 * @throws {RangeError} for a series of fewer than ten batches.
 */
export function mser(series: ArrayLike<number>, batch = 5): WarmUp {
	const n = Math.floor(series.length / batch);
	if (n < 10)
		throw new RangeError(`a warm-up needs at least ${10 * batch} observations to be found, got ${series.length}`);
	const statistics: number[] = [];
	let mean = 0;
	let squares = 0;
	for (let d = n - 1; d >= 0; d--) {
		let sum = 0;
		for (let i = d * batch; i < (d + 1) * batch; i++) sum += series[i] as number;
		const kept = n - d;
		const gap = sum / batch - mean;
		mean += gap / kept;
		squares += gap * (sum / batch - mean);
		if (d <= n / 2) statistics[d] = squares / (kept * kept);
	}
	const best = statistics.indexOf(Math.min(...statistics));
	return { truncate: best * batch, reliable: best <= n / 3, statistics };
}
