import { atLeastZero, DistributionError, positive } from './check.ts';
import type { Stream } from './stream.ts';

/** Standard normal by the inverse of the distribution function (Acklam, error below 1.2e-9): one draw, one value. */
export function normal(stream: Stream): number {
	return inverseNormal(stream.open());
}

/** Mean 1/rate. */
export function exponential(stream: Stream, mean: number): number {
	positive('exponential', 'mean', mean);
	return -mean * Math.log(stream.open());
}

/** Lognormal by its own mean and coefficient of variation, not by those of its logarithm. */
export function lognormal(stream: Stream, mean: number, cv: number): number {
	positive('lognormal', 'mean', mean);
	atLeastZero('lognormal', 'cv', cv);
	const median = mean / Math.sqrt(1 + cv * cv);
	return median * Math.exp(Math.sqrt(Math.log(1 + cv * cv)) * normal(stream));
}

/** Gamma with mean shape × scale (Marsaglia and Tsang 2000; below shape 1 by the power boost). */
export function gamma(stream: Stream, shape: number, scale: number): number {
	positive('gamma', 'shape', shape);
	positive('gamma', 'scale', scale);
	if (shape < 1) return gamma(stream, shape + 1, scale) * Math.pow(stream.open(), 1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const x = normal(stream);
		const v = (1 + c * x) ** 3;
		if (v > 0 && Math.log(stream.open()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
	}
}

/** Sum of `phases` exponentials, mean as given. */
export function erlang(stream: Stream, phases: number, mean: number): number {
	positive('erlang', 'mean', mean);
	if (!Number.isInteger(phases) || phases < 1)
		throw new DistributionError('erlang', 'phases', phases, 'a whole number above 0');
	let product = 1;
	let logs = 0;
	for (let i = 0; i < phases; i++) {
		product *= stream.open();
		// A product of many would sink to 0.
		if (product < 1e-290) {
			logs += Math.log(product);
			product = 1;
		}
	}
	return (-mean / phases) * (logs + Math.log(product));
}

export function uniform(stream: Stream, low: number, high: number): number {
	if (!(high >= low)) throw new DistributionError('uniform', 'high', high, `a number of at least ${low}`);
	return low + stream.next() * (high - low);
}

export function triangular(stream: Stream, low: number, mode: number, high: number): number {
	if (!(low <= mode && mode <= high && low < high))
		throw new DistributionError('triangular', 'mode', mode, `a number from ${low} to ${high}, which differ`);
	const u = stream.next();
	const cut = (mode - low) / (high - low);
	return u < cut
		? low + Math.sqrt(u * (high - low) * (mode - low))
		: high - Math.sqrt((1 - u) * (high - low) * (high - mode));
}

/** Draws between sorted observations, linearly interpolated. */
export function empirical(stream: Stream, sorted: ArrayLike<number>): number {
	const n = sorted.length;
	if (n === 0) throw new DistributionError('empirical', 'observations', 'empty', 'at least one');
	const position = stream.next() * (n - 1);
	const index = Math.floor(position);
	const low = sorted[index] as number;
	const high = sorted[Math.min(index + 1, n - 1)] as number;
	if (high < low) throw new DistributionError('empirical', 'observations', 'unsorted', 'ascending order');
	return low + (position - index) * (high - low);
}

const A = [
	-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239
] as const;
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const;
const C = [
	-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
	2.938163982698783
] as const;
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;

/** Quantile of the standard normal at p in (0, 1). */
export function inverseNormal(p: number): number {
	if (!(p > 0 && p < 1)) throw new DistributionError('normal', 'p', p, 'a number between 0 and 1');
	if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
	if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
	const q = p - 0.5;
	const r = q * q;
	return (
		((((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q) /
		(((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1)
	);
}

function tail(q: number): number {
	return (
		(((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5]) /
		((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1)
	);
}
