import { atLeastZero, DistributionError, probability } from './check.ts';
import { inverseNormal } from './continuous.ts';
import { gammaQ, logGamma } from './special.ts';
import type { Stream } from './stream.ts';

export function bernoulli(stream: Stream, p: number): boolean {
	probability('bernoulli', 'p', p);
	return stream.next() < p;
}

/** Exact at any mean by inversion: one uniform a value, and the value rises with it. */
export function poisson(stream: Stream, mean: number): number {
	atLeastZero('poisson', 'mean', mean);
	return mean > 30 ? largePoisson(stream.open(), mean) : smallPoisson(stream, mean);
}

function smallPoisson(stream: Stream, mean: number): number {
	if (mean === 0) return 0;
	let term = Math.exp(-mean);
	let sum = term;
	const u = stream.next();
	let k = 0;
	while (u > sum && k < 200) {
		k++;
		term *= mean / k;
		sum += term;
	}
	return k;
}

/** P(X = k). */
export function poissonMass(k: number, mean: number): number {
	return Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

/** The smallest k with F(k) >= u, searched from where a normal with the skewness of the law puts it. */
function largePoisson(u: number, mean: number): number {
	const z = inverseNormal(u);
	let k = Math.max(0, Math.floor(mean + Math.sqrt(mean) * z + (z * z - 1) / 6));
	let below = gammaQ(k + 1, mean);
	let mass = poissonMass(k, mean);
	while (below < u && mass > 0) {
		k++;
		mass *= mean / k;
		below += mass;
	}
	while (k > 0 && below - mass >= u) {
		below -= mass;
		mass *= k / mean;
		k--;
	}
	return k;
}

/** Failures before the first success: 0, 1, 2, …, by inversion. */
export function geometric(stream: Stream, p: number): number {
	if (!(p > 0 && p <= 1)) throw new DistributionError('geometric', 'p', p, 'a number above 0, at most 1');
	return Math.floor(Math.log(stream.open()) / Math.log1p(-p));
}

/** A choice with its weights added up once, for many draws. */
export class Categorical<T> {
	readonly #values: readonly T[];
	readonly #cumulative: Float64Array;

	/** Weights need not sum to one, but none may be negative and their sum must be above 0. */
	constructor(values: readonly T[], weights: readonly number[]) {
		if (values.length === 0 || values.length !== weights.length)
			throw new DistributionError(
				'categorical',
				'weights',
				`${weights.length} long`,
				`one per value (${values.length})`
			);
		this.#values = values;
		this.#cumulative = new Float64Array(weights.length);
		let sum = 0;
		weights.forEach((weight, index) => {
			atLeastZero('categorical', `weight ${index}`, weight);
			sum += weight;
			this.#cumulative[index] = sum;
		});
		if (sum <= 0) throw new DistributionError('categorical', 'weights', 'all 0', 'at least one above 0');
	}

	draw(stream: Stream): T {
		const cumulative = this.#cumulative;
		const target = stream.next() * (cumulative[cumulative.length - 1] as number);
		let index = 0;
		while ((cumulative[index] as number) <= target) index++;
		return this.#values[index] as T;
	}
}

/** Choice from a record of weights. */
export function categorical<K extends string>(weights: Readonly<Record<K, number>>): Categorical<K> {
	const keys = Object.keys(weights) as K[];
	return new Categorical(
		keys,
		keys.map((key) => weights[key])
	);
}
