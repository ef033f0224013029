import { DistributionError, finite, positive } from './check.ts';
import { Categorical, geometric, poisson, poissonMass } from './discrete.ts';
import type { Law } from './law.ts';
import type { Stream } from './stream.ts';
import { betaI, gammaQ, logGamma } from './special.ts';

/** Of the mass beyond this a 32-bit uniform cannot tell anything. */
const REST = 2 ** -36;

/** Draws by inversion; above 30 from a table made once, with the same values as `poisson`. */
export function poissonLaw(mean: number): Law {
	positive('poisson', 'mean', mean);
	return {
		family: 'poisson',
		mean,
		variance: mean,
		low: 0,
		high: Infinity,
		cdf: (x) => (x < 0 ? 0 : gammaQ(Math.floor(x) + 1, mean)),
		draw:
			mean <= 30
				? (stream) => poisson(stream, mean)
				: tableOf(Math.floor(mean), poissonMass(Math.floor(mean), mean), (k) => mean / k)
	};
}

/** Negative binomial by mean and size: a Poisson whose mean is a gamma of shape `size`; variance mean + mean²/size. */
export function negativeBinomialLaw(mean: number, size: number): Law {
	positive('negative binomial', 'mean', mean);
	positive('negative binomial', 'size', size);
	const p = size / (size + mean);
	const mode = size > 1 ? Math.floor((mean * (size - 1)) / size) : 0;
	const mass = Math.exp(
		logGamma(mode + size) - logGamma(size) - logGamma(mode + 1) + size * Math.log(p) + mode * Math.log1p(-p)
	);
	return {
		family: 'negative binomial',
		mean,
		variance: mean + (mean * mean) / size,
		low: 0,
		high: Infinity,
		cdf: (x) => (x < 0 ? 0 : betaI(p, size, Math.floor(x) + 1)),
		draw: tableOf(mode, mass, (k) => ((size + k - 1) / k) * (1 - p))
	};
}

/** Failures before the first success: 0, 1, 2, … */
export function geometricLaw(p: number): Law {
	if (!(p > 0 && p <= 1)) throw new DistributionError('geometric', 'p', p, 'a number above 0, at most 1');
	return {
		family: 'geometric',
		mean: (1 - p) / p,
		variance: (1 - p) / (p * p),
		low: 0,
		high: Infinity,
		cdf: (x) => (x < 0 ? 0 : 1 - Math.pow(1 - p, Math.floor(x) + 1)),
		draw: (stream) => geometric(stream, p)
	};
}

/** Numbers chosen by weight. */
export function categoricalLaw(values: readonly number[], weights: readonly number[]): Law {
	values.forEach((value, i) => finite('categorical', `value ${i}`, value));
	const choice = new Categorical(values, weights);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const average = (of: (value: number) => number): number =>
		values.reduce((sum, value, i) => sum + ((weights[i] as number) / total) * of(value), 0);
	const mean = average((value) => value);
	return {
		family: 'categorical',
		mean,
		variance: average((value) => (value - mean) ** 2),
		low: Math.min(...values),
		high: Math.max(...values),
		cdf: (x) => average((value) => (value <= x ? 1 : 0)),
		draw: (stream) => choice.draw(stream)
	};
}

/**
 * One uniform a value, looked up in the distribution function of a law on 0, 1, 2, …, which is added up once from
 * the mass at its mode and the ratios mass(k) / mass(k - 1).
 */
function tableOf(mode: number, mass: number, ratio: (k: number) => number): (stream: Stream) => number {
	let first = mode;
	let term = mass;
	while (first > 0 && term > REST * mass) term /= ratio(first--);
	const cumulative: number[] = [term];
	let sum = term;
	for (let k = first + 1; k <= mode || term > REST * (1 - Math.min(sum, 1 - REST)); k++) {
		term *= ratio(k);
		sum += term;
		cumulative.push(sum);
	}
	const table = Float64Array.from(cumulative);
	return (stream) => {
		const u = stream.open();
		let low = 0;
		let high = table.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((table[middle] as number) >= u) high = middle;
			else low = middle + 1;
		}
		return first + low;
	};
}
