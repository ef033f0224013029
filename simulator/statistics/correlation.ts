/** Sample autocorrelation at a lag around a mean; 0 for a series that does not vary. */
export function autocorrelation(series: ArrayLike<number>, lag: number, mean: number): number {
	let products = 0;
	let squares = 0;
	for (let i = 0; i < series.length; i++) {
		const gap = (series[i] as number) - mean;
		squares += gap * gap;
		if (i >= lag) products += gap * ((series[i - lag] as number) - mean);
	}
	return squares === 0 ? 0 : products / squares;
}

/** Variance of the mean of n observations whose correlation at lag k is known (Law 2015, equation 4.7). */
export function varianceOfMean(variance: number, n: number, correlation: (lag: number) => number): number {
	let sum = 1;
	for (let k = 1; k < n; k++) sum += 2 * (1 - k / n) * correlation(k);
	return (variance * sum) / n;
}

/** Correlation of two samples that belong together pair by pair; NaN where one does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
	const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
	const [meanA, meanB] = [mean(a), mean(b)];
	let [ab, aa, bb] = [0, 0, 0];
	a.forEach((x, i) => {
		const y = b[i] as number;
		ab += (x - meanA) * (y - meanB);
		aa += (x - meanA) ** 2;
		bb += (y - meanB) ** 2;
	});
	return ab / Math.sqrt(aa * bb);
}
