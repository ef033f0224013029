import { atLeastZero, DistributionError, probability } from './check.ts';
import { normal } from './continuous.ts';
import type { Stream } from './stream.ts';

export function bernoulli(stream: Stream, p: number): boolean {
	probability('bernoulli', 'p', p);
	return stream.next() < p;
}

/** Inversion below 30, above it the rounded normal with continuity correction. */
export function poisson(stream: Stream, mean: number): number {
	atLeastZero('poisson', 'mean', mean);
	if (mean === 0) return 0;
	if (mean > 30) return Math.max(0, Math.floor(mean + Math.sqrt(mean) * normal(stream) + 0.5));
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
