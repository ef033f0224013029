import { DistributionError, finite, positive } from './check.ts';
import { exponentialLaw } from './continuous-laws.ts';
import { Categorical } from './discrete.ts';
import type { Law } from './law.ts';

/** A distribution function that is linear between knots: `cdf[0]` is 0, the last is 1, both lists rise. */
export function piecewiseLaw(at: readonly number[], cdf: readonly number[], family = 'piecewise'): Law {
	if (at.length < 2 || at.length !== cdf.length)
		throw new DistributionError(family, 'cdf', `${cdf.length} long`, `one per knot (${at.length}), at least two`);
	at.forEach((x, i) => {
		finite(family, `at ${i}`, x);
		if (i > 0 && !(x > (at[i - 1] as number)))
			throw new DistributionError(family, `at ${i}`, x, 'more than the knot before');
	});
	const last = cdf.length - 1;
	cdf.forEach((p, i) => {
		const wrong = i === 0 ? p !== 0 : i === last ? Math.abs(p - 1) > 1e-9 : !(p >= (cdf[i - 1] as number) && p <= 1);
		if (wrong) throw new DistributionError(family, `cdf ${i}`, p, 'a rise from 0 to 1');
	});
	const xs = Float64Array.from(at);
	const ps = Float64Array.from(cdf);
	let mean = 0;
	let square = 0;
	for (let i = 0; i < last; i++) {
		const a = xs[i] as number;
		const b = xs[i + 1] as number;
		const share = (ps[i + 1] as number) - (ps[i] as number);
		mean += (share * (a + b)) / 2;
		square += (share * (a * a + a * b + b * b)) / 3;
	}
	const quantile = (p: number): number => between(ps, xs, p);
	return {
		family,
		mean,
		variance: square - mean * mean,
		low: xs[0] as number,
		high: xs[last] as number,
		cdf: (x) => (x <= (xs[0] as number) ? 0 : x >= (xs[last] as number) ? 1 : between(xs, ps, x)),
		draw: (stream) => between(ps, xs, stream.next()),
		quantile
	};
}

/** A density that is constant between edges, in proportion to weights: one weight fewer than edges. */
export function histogramLaw(edges: readonly number[], weights: readonly number[]): Law {
	if (weights.length !== edges.length - 1)
		throw new DistributionError('histogram', 'weights', `${weights.length} long`, 'one fewer than edges');
	weights.forEach((weight, i) => {
		if (!(weight >= 0 && weight < Infinity))
			throw new DistributionError('histogram', `weight ${i}`, weight, 'a number of at least 0');
	});
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	positive('histogram', 'sum of weights', total);
	const cdf = [0];
	for (const weight of weights) cdf.push(Math.min(1, (cdf.at(-1) as number) + weight / total));
	return piecewiseLaw(edges, cdf, 'histogram');
}

/** Between sorted observations, linearly interpolated. */
export function empiricalLaw(observations: readonly number[]): Law {
	const sorted = Float64Array.from(observations).sort();
	const n = sorted.length;
	if (n === 0) throw new DistributionError('empirical', 'observations', 'empty', 'at least one');
	sorted.forEach((value, i) => finite('empirical', `observation ${i}`, value));
	let mean = 0;
	let square = 0;
	for (let i = 0; i + 1 < n; i++) {
		const a = sorted[i] as number;
		const b = sorted[i + 1] as number;
		mean += (a + b) / 2 / (n - 1);
		square += (a * a + a * b + b * b) / 3 / (n - 1);
	}
	const only = n === 1;
	const quantile = (p: number): number => {
		const position = p * (n - 1);
		const index = Math.floor(position);
		const low = sorted[index] as number;
		return low + (position - index) * ((sorted[Math.min(index + 1, n - 1)] as number) - low);
	};
	return {
		family: 'empirical',
		mean: only ? (sorted[0] as number) : mean,
		variance: only ? 0 : square - mean * mean,
		low: sorted[0] as number,
		high: sorted[n - 1] as number,
		cdf: (x) => {
			if (x < (sorted[0] as number)) return 0;
			if (x >= (sorted[n - 1] as number)) return 1;
			const index = lastAtMost(sorted, x);
			const low = sorted[index] as number;
			return (index + (x - low) / ((sorted[index + 1] as number) - low)) / (n - 1);
		},
		draw: (stream) => quantile(stream.next()),
		quantile
	};
}

/** Parts chosen by weight: one uniform for the choice, then what the part needs. */
export function mixtureLaw(parts: readonly { readonly weight: number; readonly law: Law }[], family = 'mixture'): Law {
	const laws = parts.map((part) => part.law);
	const weights = parts.map((part) => part.weight);
	const choice = new Categorical(laws, weights);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const average = (of: (law: Law) => number): number =>
		parts.reduce((sum, { weight, law }) => sum + (weight / total) * of(law), 0);
	const mean = average((law) => law.mean);
	return {
		family,
		mean,
		variance: average((law) => law.variance + law.mean ** 2) - mean * mean,
		low: Math.min(...laws.map((law) => law.low)),
		high: Math.max(...laws.map((law) => law.high)),
		cdf: (x) => average((law) => law.cdf(x)),
		draw: (stream) => choice.draw(stream).draw(stream)
	};
}

/** Two exponentials that carry half of the mean each ("balanced means", Whitt 1982); cv at least 1. */
export function hyperexponentialLaw(mean: number, cv: number): Law {
	positive('hyperexponential', 'mean', mean);
	if (!(cv >= 1 && cv < Infinity)) throw new DistributionError('hyperexponential', 'cv', cv, 'a number of at least 1');
	const scv = cv * cv;
	const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
	return mixtureLaw(
		[p, 1 - p].map((weight) => ({ weight, law: exponentialLaw(mean / (2 * weight)) })),
		'hyperexponential'
	);
}

/** Index of the last entry that is at most x, but never the last of all. */
function lastAtMost(sorted: Float64Array, x: number): number {
	let low = 0;
	let high = sorted.length - 1;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] as number) <= x) low = middle;
		else high = middle;
	}
	return low;
}

/** Value on the broken line through (from[i], to[i]) at x. */
function between(from: Float64Array, to: Float64Array, x: number): number {
	const i = lastAtMost(from, x);
	const start = from[i] as number;
	const low = to[i] as number;
	return low + ((x - start) / ((from[i + 1] as number) - start)) * ((to[i + 1] as number) - low);
}
