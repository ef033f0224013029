/** Half the width of a bucket, relative: quantiles are within 2 % of the true value. */
const ACCURACY = 0.02;
const LOG_GAMMA = Math.log((1 + ACCURACY) / (1 - ACCURACY));
const SHORTEST = 1;

/** A histogram of durations in ms with buckets of equal ratio; sketches add up. Plain data, so that it survives a checkpoint. */
export interface Sketch {
	n: number;
	/** Observations below 1 ms. */
	zero: number;
	/** Bucket number of `counts[0]`. */
	low: number;
	counts: number[];
}

export const emptySketch = (): Sketch => ({ n: 0, zero: 0, low: 0, counts: [] });

function grow(sketch: Sketch, bucket: number): void {
	if (sketch.counts.length === 0) {
		sketch.low = bucket;
		sketch.counts.push(0);
		return;
	}
	while (bucket < sketch.low) {
		sketch.counts.unshift(0);
		sketch.low -= 1;
	}
	while (bucket >= sketch.low + sketch.counts.length) sketch.counts.push(0);
}

function bump(sketch: Sketch, bucket: number, by: number): void {
	if (bucket < sketch.low || bucket >= sketch.low + sketch.counts.length) grow(sketch, bucket);
	const index = bucket - sketch.low;
	sketch.counts[index] = (sketch.counts[index] ?? 0) + by;
}

/** Counts one duration. Negative ones count as zero. */
export function observe(sketch: Sketch, value: number): void {
	sketch.n += 1;
	if (value < SHORTEST) sketch.zero += 1;
	else bump(sketch, Math.ceil(Math.log(value) / LOG_GAMMA), 1);
}

export function addSketch(into: Sketch, from: Sketch): void {
	into.n += from.n;
	into.zero += from.zero;
	for (let i = 0; i < from.counts.length; i += 1) {
		const count = from.counts[i] ?? 0;
		if (count > 0) bump(into, from.low + i, count);
	}
}

/** The nearest-rank quantile, within 2 %; null without observations. */
export function quantile(sketch: Sketch, p: number): number | null {
	if (sketch.n === 0) return null;
	let rank = Math.max(1, Math.ceil(p * sketch.n)) - sketch.zero;
	if (rank <= 0) return 0;
	for (let i = 0; i < sketch.counts.length; i += 1) {
		rank -= sketch.counts[i] ?? 0;
		if (rank <= 0) return Math.exp((sketch.low + i) * LOG_GAMMA) * (1 - ACCURACY);
	}
	return null;
}
