import type { Quantiles, Share } from '../../../protocol/views.ts';
import { quantile, type Sketch } from '../sketch.ts';

const Z = 1.959964;

/** A proportion with Wilson's interval at 95 %; null without a sample. */
export function shareOf(met: number, n: number): Share | null {
	if (n === 0) return null;
	const p = met / n;
	const middle = (p + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
	const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
	// At the ends the formula is exact: rounding must not leave a hair's breadth.
	return { met, n, low: met === 0 ? 0 : middle - half, high: met === n ? 1 : middle + half };
}

export function quantilesOf(sketch: Sketch | undefined): Quantiles | null {
	if (!sketch) return null;
	const p50 = quantile(sketch, 0.5);
	const p90 = quantile(sketch, 0.9);
	return p50 === null || p90 === null ? null : { n: sketch.n, p50: Math.round(p50), p90: Math.round(p90) };
}

/** Quantiles of a question's row. */
export function quantilesFrom(n: number, p50: number | null, p90: number | null): Quantiles | null {
	return n === 0 || p50 === null || p90 === null ? null : { n, p50, p90 };
}
