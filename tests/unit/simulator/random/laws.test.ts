import { describe, expect, test } from 'vitest';
import { exponential, gamma, lognormal, triangular } from '../../../../simulator/random/continuous.ts';
import { poisson } from '../../../../simulator/random/discrete.ts';
import { lawOf, sampler, type Spec } from '../../../../simulator/random/spec.ts';
import { deriveStream, type Stream } from '../../../../simulator/random/stream.ts';

const N = 20_000;
/** Kolmogorov's bound at one in ten thousand. */
const KOLMOGOROV = 2.226;

const continuous: readonly Spec[] = [
	{ family: 'uniform', low: 2, high: 8 },
	{ family: 'exponential', mean: 4 },
	{ family: 'gamma', shape: 0.4, scale: 2 },
	{ family: 'gamma', mean: 9, cv: 0.5 },
	{ family: 'erlang', phases: 4, mean: 8 },
	{ family: 'erlang', phases: 2_000, mean: 8 },
	{ family: 'lognormal', mean: 90, cv: 1.5 },
	{ family: 'weibull', shape: 1.5, scale: 10 },
	{ family: 'weibull', shape: 0.8, scale: 10 },
	{ family: 'triangular', low: 1, mode: 3, high: 8 },
	{ family: 'normal', mean: -2, sd: 3 },
	{ family: 'truncated-normal', mean: 5, sd: 4, low: 0, high: 12 },
	{ family: 'truncated-normal', mean: 0, sd: 1, low: 2.5, high: Infinity },
	{ family: 'hyperexponential', mean: 1, cv: 2 },
	{ family: 'empirical', observations: [9, 1, 2, 2, 5, 12] },
	{ family: 'piecewise', at: [0, 1, 4, 10], cdf: [0, 0.5, 0.6, 1] },
	{ family: 'histogram', edges: [0, 1, 2, 5], weights: [3, 0, 2] },
	{
		family: 'mixture',
		parts: [
			{ weight: 3, law: { family: 'uniform', low: 0, high: 1 } },
			{ weight: 1, law: { family: 'normal', mean: 6, sd: 1 } }
		]
	}
];
const discrete: readonly Spec[] = [
	{ family: 'poisson', mean: 2.5 },
	{ family: 'poisson', mean: 30.5 },
	{ family: 'poisson', mean: 5_000 },
	{ family: 'negative-binomial', mean: 4, size: 0.7 },
	{ family: 'negative-binomial', mean: 2_000, size: 2_000 },
	{ family: 'negative-binomial', mean: 3_000, size: 60 },
	{ family: 'geometric', p: 0.2 },
	{ family: 'categorical', values: [1, 3, 10], weights: [5, 4, 1] }
];

function samples(spec: Spec): Float64Array {
	const draw = sampler(spec);
	const stream = deriveStream(20_261_122, JSON.stringify(spec), 'laws');
	return Float64Array.from({ length: N }, () => draw(stream)).sort();
}

describe.each([...continuous, ...discrete].map((spec) => [JSON.stringify(spec), spec] as const))('%s', (_, spec) => {
	const law = lawOf(spec);
	const drawn = samples(spec);

	test('has the mean and the variance that it states', () => {
		const mean = drawn.reduce((sum, x) => sum + x, 0) / N;
		const central = (power: number): number => drawn.reduce((sum, x) => sum + (x - mean) ** power, 0) / N;
		const variance = central(2);
		expect(Math.abs(mean - law.mean)).toBeLessThan(4 * Math.sqrt(law.variance / N));
		expect(Math.abs(variance - law.variance)).toBeLessThan(4 * Math.sqrt((central(4) - variance ** 2) / N));
	});

	test('draws after its distribution function', () => {
		let gap = 0;
		drawn.forEach((x, i) => {
			// Between equal samples the empirical function has not yet reached its step.
			if (x === drawn[i + 1]) return;
			gap = Math.max(gap, Math.abs((i + 1) / N - law.cdf(x)));
		});
		expect(gap).toBeLessThan(KOLMOGOROV / Math.sqrt(N));
	});

	test('stays inside its bounds, and its quantile undoes its distribution function', () => {
		expect(drawn[0]).toBeGreaterThanOrEqual(law.low);
		expect(drawn[N - 1]).toBeLessThanOrEqual(law.high);
		for (const p of [0.01, 0.3, 0.5, 0.93]) {
			if (!law.quantile) continue;
			const x = law.quantile(p);
			expect(law.cdf(x)).toBeGreaterThan(p - 1e-8);
			expect(law.cdf(x - 1e-9)).toBeLessThan(p + 1e-8);
		}
	});
});

test('quantiles meet vector inverse_cdf', () => {
	const expected: [Spec, number[]][] = [
		[{ family: 'exponential', mean: 2 }, [0.2107210313156526, 1.3862943611198906, 4.605170185988092]],
		[{ family: 'lognormal', mean: 90, cv: 1.5 }, [12.418092195368457, 49.923017660270624, 200.69972529574565]],
		[{ family: 'weibull', shape: 1.5, scale: 10 }, [2.2307552563691706, 7.832197687746514, 17.437215135964117]],
		[{ family: 'triangular', low: 1, mode: 3, high: 8 }, [2.1832159566199234, 3.816699867329622, 6.12917130661303]]
	];
	for (const [spec, values] of expected)
		[0.1, 0.5, 0.9].forEach((p, i) => {
			const value = values[i] as number;
			expect(Math.abs((lawOf(spec).quantile?.(p) as number) / value - 1)).toBeLessThan(1e-7);
		});
});

test('the hyperexponential has the parameters of vector mg1_h2', () => {
	const law = lawOf({ family: 'hyperexponential', mean: 1, cv: 2 });
	const p = 0.8872983346207417;
	const tail = (x: number): number =>
		p * Math.exp(-1.7745966692414834 * x) + (1 - p) * Math.exp(-0.22540333075851662 * x);
	for (const x of [0.1, 1, 5]) expect(1 - law.cdf(x)).toBeCloseTo(tail(x), 12);
	expect(law.variance).toBeCloseTo(4, 12);
});

describe('a compiled draw is the free function with its parameters checked once', () => {
	test.each<[Spec, (stream: Stream) => number]>([
		[{ family: 'exponential', mean: 4 }, (s) => exponential(s, 4)],
		[{ family: 'lognormal', mean: 10, cv: 0.5 }, (s) => lognormal(s, 10, 0.5)],
		[{ family: 'gamma', shape: 0.5, scale: 2 }, (s) => gamma(s, 0.5, 2)],
		[{ family: 'triangular', low: 0, mode: 1, high: 5 }, (s) => triangular(s, 0, 1, 5)],
		[{ family: 'poisson', mean: 12 }, (s) => poisson(s, 12)],
		[{ family: 'poisson', mean: 300 }, (s) => poisson(s, 300)]
	])('%j', (spec, free) => {
		const draw = sampler(spec);
		const [a, b] = [deriveStream(5, 'same', 'draws'), deriveStream(5, 'same', 'draws')];
		for (let i = 0; i < 500; i++) expect(draw(a)).toBe(free(b));
	});
});

describe('what lies outside a domain raises', () => {
	test('a sample', () => {
		const draw = sampler({ family: 'normal', mean: 1, sd: 2 }, 0);
		const stream = deriveStream(1, 'below', 'zero');
		expect(() => Array.from({ length: 100 }, () => draw(stream))).toThrow(/^normal: sample is -\d.*from 0 to Infinity/);
	});

	test.each<[string, unknown]>([
		['distribution: family is cauchy', { family: 'cauchy' }],
		['constant: value is NaN', { family: 'constant', value: NaN }],
		['uniform: high is 1', { family: 'uniform', low: 1, high: 1 }],
		['exponential: mean is undefined', { family: 'exponential' }],
		['gamma: cv is 0', { family: 'gamma', mean: 1, cv: 0 }],
		['erlang: phases is 0', { family: 'erlang', phases: 0, mean: 1 }],
		['lognormal: mean is -1', { family: 'lognormal', mean: -1, cv: 1 }],
		['weibull: shape is 0', { family: 'weibull', shape: 0, scale: 1 }],
		['triangular: mode is 9', { family: 'triangular', low: 0, mode: 9, high: 6 }],
		['normal: sd is -1', { family: 'normal', mean: 0, sd: -1 }],
		['truncated normal: low is 40', { family: 'truncated-normal', mean: 0, sd: 1, low: 40, high: 41 }],
		['hyperexponential: cv is 0.5', { family: 'hyperexponential', mean: 1, cv: 0.5 }],
		['empirical: observation 1 is NaN', { family: 'empirical', observations: [1, NaN] }],
		['piecewise: at 1 is 0', { family: 'piecewise', at: [0, 0], cdf: [0, 1] }],
		['piecewise: cdf 1 is 0.9', { family: 'piecewise', at: [0, 1], cdf: [0, 0.9] }],
		['histogram: weight 0 is -1', { family: 'histogram', edges: [0, 1], weights: [-1] }],
		[
			'categorical: weights is all 0',
			{ family: 'mixture', parts: [{ weight: 0, law: { family: 'constant', value: 1 } }] }
		],
		['negative binomial: size is 0', { family: 'negative-binomial', mean: 1, size: 0 }],
		['geometric: p is 0', { family: 'geometric', p: 0 }],
		['categorical: value 0 is Infinity', { family: 'categorical', values: [Infinity], weights: [1] }]
	])('%s', (message, spec) => {
		expect(() => lawOf(spec as Spec)).toThrow(message);
	});
});
