import type { Law } from '../process/profile.ts';
import { gammaP, logGamma, normalCdf } from '../random/special.ts';
import { digamma } from './digamma.ts';

/** A law with a density: every one but the empirical. */
export type Parametric = Exclude<Law, { family: 'empirical' }>;

/** How many numbers each family learns from data: what the information criterion charges. */
export const PARAMETERS: Readonly<Record<Parametric['family'], number>> = {
	exponential: 1,
	gamma: 2,
	weibull: 2,
	lognormal: 2,
	'lognormal-mixture': 5
};

const logNormalDensity = (x: number, mu: number, sigma: number): number => {
	const z = (Math.log(x) - mu) / sigma;
	return -0.5 * z * z - Math.log(x * sigma) - 0.5 * Math.log(2 * Math.PI);
};

/** Natural logarithm of the density at x > 0. */
export function logDensity(law: Parametric, x: number): number {
	switch (law.family) {
		case 'exponential':
			return -Math.log(law.mean) - x / law.mean;
		case 'gamma':
			return (law.shape - 1) * Math.log(x / law.scale) - x / law.scale - Math.log(law.scale) - logGamma(law.shape);
		case 'weibull': {
			const ratio = x / law.scale;
			return Math.log(law.shape / law.scale) + (law.shape - 1) * Math.log(ratio) - ratio ** law.shape;
		}
		case 'lognormal':
			return logNormalDensity(x, law.mu, law.sigma);
		case 'lognormal-mixture': {
			const a = Math.log(law.share) + logNormalDensity(x, law.mu[0], law.sigma[0]);
			const b = Math.log(1 - law.share) + logNormalDensity(x, law.mu[1], law.sigma[1]);
			const top = Math.max(a, b);
			return top + Math.log(Math.exp(a - top) + Math.exp(b - top));
		}
	}
}

/** Distribution function at x. */
export function cumulative(law: Parametric, x: number): number {
	if (x <= 0) return 0;
	switch (law.family) {
		case 'exponential':
			return 1 - Math.exp(-x / law.mean);
		case 'gamma':
			return gammaP(law.shape, x / law.scale);
		case 'weibull':
			return 1 - Math.exp(-((x / law.scale) ** law.shape));
		case 'lognormal':
			return normalCdf((Math.log(x) - law.mu) / law.sigma);
		case 'lognormal-mixture':
			return (
				law.share * normalCdf((Math.log(x) - law.mu[0]) / law.sigma[0]) +
				(1 - law.share) * normalCdf((Math.log(x) - law.mu[1]) / law.sigma[1])
			);
	}
}

const mean = (values: ArrayLike<number>): number => {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i]!;
	return sum / values.length;
};

/** Narrower than this a deviation of logarithms is equal values, whose density has no bound. */
const LEAST_SIGMA = 0.01;

/** Maximum likelihood for every family, from at least two positive values in ascending order. */
export function fitFamilies(sorted: Float64Array): Parametric[] {
	const logs = Float64Array.from(sorted, Math.log);
	const m = mean(sorted);
	const mu = mean(logs);
	const sigma = Math.max(LEAST_SIGMA, Math.sqrt(mean(Float64Array.from(logs, (l) => (l - mu) ** 2))));
	const laws: Parametric[] = [
		{ family: 'exponential', mean: m },
		fitGamma(m, mu),
		fitWeibull(sorted, logs, sigma),
		{ family: 'lognormal', mu, sigma }
	];
	const mixture = fitMixture(logs);
	return mixture === undefined ? laws : [...laws, mixture];
}

/** Solves ln k − ψ(k) = ln mean − mean ln by bisection of ln k; the left side falls in k. */
function fitGamma(m: number, meanLog: number): Parametric {
	const target = Math.max(1e-9, Math.log(m) - meanLog);
	let low = Math.log(1e-3);
	let high = Math.log(1e6);
	for (let i = 0; i < 80; i++) {
		const middle = (low + high) / 2;
		if (middle - digamma(Math.exp(middle)) > target) low = middle;
		else high = middle;
	}
	const shape = Math.exp((low + high) / 2);
	return { family: 'gamma', shape, scale: m / shape };
}

/** Solves Σxᵏ ln x / Σxᵏ − 1/k = mean ln x by bisection; the left side grows in k. */
function fitWeibull(sorted: Float64Array, logs: Float64Array, sigma: number): Parametric {
	const top = logs[logs.length - 1]!;
	const mu = mean(logs);
	/** Powers relative to the largest value, so that none overflows. */
	const powers = (k: number) => {
		let sum = 0;
		let weighted = 0;
		for (let i = 0; i < logs.length; i++) {
			const power = Math.exp(k * (logs[i]! - top));
			sum += power;
			weighted += power * logs[i]!;
		}
		return { sum, weighted };
	};
	let low = 0.05;
	let high = Math.max(1, 10 / sigma);
	for (let i = 0; i < 60; i++) {
		const k = (low + high) / 2;
		const { sum, weighted } = powers(k);
		if (weighted / sum - 1 / k < mu) low = k;
		else high = k;
	}
	const shape = (low + high) / 2;
	const scale = Math.exp(top + Math.log(powers(shape).sum / sorted.length) / shape);
	return { family: 'weibull', shape, scale };
}

const LEAST_MIXED = 40;

/** Expectation-maximisation from the halves below and above the median of the logarithms; undefined where a part dies out. */
function fitMixture(logs: Float64Array): Parametric | undefined {
	const n = logs.length;
	if (n < LEAST_MIXED) return undefined;
	const half = (part: Float64Array): [number, number] => {
		const mu = mean(part);
		return [mu, Math.max(LEAST_SIGMA * 5, Math.sqrt(mean(Float64Array.from(part, (l) => (l - mu) ** 2))))];
	};
	const [m0, s0] = half(logs.slice(0, n >> 1));
	const [m1, s1] = half(logs.slice(n >> 1));
	let law = { share: 0.5, mu: [m0, m1] as [number, number], sigma: [s0, s1] as [number, number] };
	for (let round = 0; round < 100; round++) {
		const sums = [0, 0, 0, 0, 0, 0];
		for (let i = 0; i < n; i++) {
			const l = logs[i]!;
			const a = (law.share / law.sigma[0]) * Math.exp(-0.5 * ((l - law.mu[0]) / law.sigma[0]) ** 2);
			const b = ((1 - law.share) / law.sigma[1]) * Math.exp(-0.5 * ((l - law.mu[1]) / law.sigma[1]) ** 2);
			const r = a + b > 0 ? a / (a + b) : Math.abs(l - law.mu[0]) < Math.abs(l - law.mu[1]) ? 1 : 0;
			sums[0]! += r;
			sums[1]! += r * l;
			sums[2]! += r * l * l;
			sums[3]! += 1 - r;
			sums[4]! += (1 - r) * l;
			sums[5]! += (1 - r) * l * l;
		}
		const [n0, x0, q0, n1, x1, q1] = sums as [number, number, number, number, number, number];
		if (n0 < 5 || n1 < 5) return undefined;
		const spread = (count: number, x: number, q: number) =>
			Math.max(LEAST_SIGMA * 5, Math.sqrt(Math.max(0, q / count - (x / count) ** 2)));
		const before = law.share;
		law = { share: n0 / n, mu: [x0 / n0, x1 / n1], sigma: [spread(n0, x0, q0), spread(n1, x1, q1)] };
		if (Math.abs(law.share - before) < 1e-7) break;
	}
	return { family: 'lognormal-mixture', ...law };
}
