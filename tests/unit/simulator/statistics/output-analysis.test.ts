import { describe, expect, test } from 'vitest';
import { deriveStream, type Stream } from '../../../../simulator/random/stream.ts';
import { exponential, normal } from '../../../../simulator/random/continuous.ts';
import { batchMeans } from '../../../../simulator/statistics/batch-means.ts';
import { compare, compareAll } from '../../../../simulator/statistics/compare.ts';
import { autocorrelation, correlation, varianceOfMean } from '../../../../simulator/statistics/correlation.ts';
import { kolmogorovSmirnov, wasserstein } from '../../../../simulator/statistics/distance.ts';
import { acrossReplications, summary } from '../../../../simulator/statistics/interval.ts';
import { normalQuantile, studentQuantile } from '../../../../simulator/statistics/quantiles.ts';
import { stoppingPoint, untilPrecise } from '../../../../simulator/statistics/stopping.ts';
import { acrossRuns, movingAverage, mser } from '../../../../simulator/statistics/warm-up.ts';
import { SERIES } from './series.ts';

const near = (found: readonly number[], expected: readonly number[]): void => {
	expect(found).toHaveLength(expected.length);
	found.forEach((value, i) => expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-9));
};

describe('quantiles', () => {
	test('of the normal meet vector norm_quantiles and are symmetric', () => {
		near(
			[0.5, 0.8, 0.9, 0.95, 0.975, 0.99, 0.999].map(normalQuantile),
			[
				0, 0.8416212335729142, 1.2815515655446004, 1.6448536269514726, 1.9599639845400543, 2.326347874040841,
				3.0902323061678136
			]
		);
		expect(normalQuantile(0.01)).toBeCloseTo(-2.326347874040841, 12);
	});

	test('of Student meet vector t_quantiles and published values far out', () => {
		near(
			[1, 4, 9, 19, 29, 99].map((df) => studentQuantile(0.975, df)),
			[
				12.706204736174705, 2.7764451051977943, 2.2621571627982053, 2.0930240544083096, 2.0452296421327043,
				1.9842169515864174
			]
		);
		expect(studentQuantile(0.9995, 1)).toBeCloseTo(636.6192487687, 6);
		expect(studentQuantile(0.05, 9)).toBeCloseTo(-1.8331129326536, 9);
		expect(studentQuantile(0.5, 3)).toBe(0);
		expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.959966357, 6);
		expect(() => studentQuantile(0.9, 0)).toThrow('0 degrees of freedom');
	});
});

describe('warm-up', () => {
	test('is smoothed as in vector welch', () => {
		near(
			movingAverage(SERIES, 2).slice(0, 10),
			[
				3.6551540484651923, 5.009567234509935, 4.827259221370332, 4.932186456338968, 4.594181648612721,
				3.914178069573245, 3.454155994897883, 2.9706665091878675, 2.571105494197036, 2.2103745306076235
			]
		);
		expect(movingAverage(SERIES, 2)).toHaveLength(58);
		expect(
			acrossRuns([
				[1, 2, 3],
				[3, 6]
			])
		).toEqual([2, 4]);
	});

	test('is cut as in vector mser5', () => {
		const found = mser(SERIES);
		expect(found).toMatchObject({ truncate: 20, reliable: true });
		near(
			found.statistics,
			[
				0.10686779695399745, 0.031142515683920815, 0.005746211617551955, 0.004790798309446962, 0.0038990821842811896,
				0.0041609251558009834, 0.00566251865079565
			]
		);
	});

	test('that never ends is not believed, and too short a run says how long it must be', () => {
		expect(mser(Array.from({ length: 100 }, (_, i) => 100 - i)).reliable).toBe(false);
		expect(() => mser([1, 2, 3])).toThrow('at least 50 observations');
	});
});

describe('batch means', () => {
	test('meet vector batch_means', () => {
		const found = batchMeans(SERIES, 10);
		near([found.mean, found.variance, found.halfWidth], [1.5634692209792558, 1.4478216627151026, 0.8607564967561219]);
		near(
			found.batchMeans,
			[
				4.719347721693339, 2.415706660326123, 1.3867752307396468, 1.2154631922055328, 1.0007251424662094,
				0.8254685477338255, 0.996450831850695, 1.1335486318404489, 1.2171192155032147, 0.7240870354335232
			]
		);
	});

	test('leave what does not fill a batch out at the start', () => {
		expect(batchMeans([99, 1, 1, 3, 3], 2)).toMatchObject({ batchMeans: [1, 3], batchLength: 2, mean: 2 });
		expect(() => batchMeans([1], 2)).toThrow('1 observations do not fill 2 batches');
		expect(() => batchMeans([1, 2], 1)).toThrow('at least 2');
	});

	test('cover the mean wait of a queue about as often as they say, where waits taken as independent would not', () => {
		const [runs, customers, rho] = [200, 8_000, 0.5];
		let covered = 0;
		let naive = 0;
		for (let run = 0; run < runs; run++) {
			const stream = deriveStream(7, 'lindley', 'waits', run);
			const waits = lindley(stream, customers, rho);
			const { mean, halfWidth } = batchMeans(waits, 20);
			if (Math.abs(mean - rho / (1 - rho)) < halfWidth) covered++;
			const wrong = acrossReplications(waits);
			if (Math.abs(wrong.mean - rho / (1 - rho)) < wrong.halfWidth) naive++;
		}
		// Four standard errors around the nominal share, and a little for the memory between batches.
		expect(covered / runs).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / runs) - 0.02);
		expect(naive / runs).toBeLessThan(0.65);
	});
});

function lindley(stream: Stream, customers: number, rho: number): Float64Array {
	const waits = new Float64Array(customers);
	let wait = 0;
	// The first thousand are warm-up.
	for (let i = -1_000; i < customers; i++) {
		if (i >= 0) waits[i] = wait;
		wait = Math.max(0, wait + exponential(stream, 1) - exponential(stream, 1 / rho));
	}
	return waits;
}

test('the variance of the mean of an autoregression meets vector ar1_var_mean', () => {
	const variance = varianceOfMean(1, 50, (lag) => 0.6 ** lag);
	near([variance, 1 / variance], [0.07700000000002424, 12.987012987008898]);
});

test('correlations are those of small cases done by hand', () => {
	expect(autocorrelation([1, 2, 3, 4], 1, 2.5)).toBeCloseTo(0.25, 12);
	expect(autocorrelation([3, 3], 1, 3)).toBe(0);
	expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
	expect(correlation([1, 2, 3], [5, 5, 5])).toBeNaN();
});

describe('sequential stopping', () => {
	const REPS = [4.31, 3.72, 4.05, 3.55, 4.44, 3.91, 4.2, 3.83, 4.02, 3.66, 4.15, 3.95, 4.08, 3.79, 4.11, 3.99];

	test('meets vector seq_stop', () => {
		const n = stoppingPoint(REPS, { gamma: 0.05, minimum: 5 });
		expect(n).toBe(11);
		const { mean, halfWidth } = acrossReplications(REPS.slice(0, 11));
		near([mean, halfWidth], [3.9854545454545454, 0.18837901203156687]);
	});

	test('looks at ten at the earliest, and says when all are too few', () => {
		expect(
			stoppingPoint(
				Array.from({ length: 30 }, () => 5),
				{ gamma: 0.05 }
			)
		).toBe(10);
		expect(stoppingPoint(REPS, { gamma: 0.001 })).toBeNull();
		expect(() => stoppingPoint(REPS, { gamma: 0 })).toThrow('relative error 0');
		expect(() => stoppingPoint(REPS, { gamma: 1, minimum: 1 })).toThrow('at least 2');
	});

	test('waits for the slowest of several measures, each held to its share of the error', () => {
		const results = REPS.map((wild, i) => ({ wild, calm: 10 + (i % 2) / 100 }));
		const enough = untilPrecise(['wild', 'calm'], { gamma: 0.05, minimum: 5 });
		const first = results.findIndex((_, i) => enough(results.slice(0, i + 1))) + 1;
		expect(first).toBe(stoppingPoint(REPS, { gamma: 0.05, minimum: 5, confidence: 0.975 }));
		expect(first).toBeGreaterThan(11);
		expect(() => untilPrecise(['none'], { gamma: 0.05 })(results)).toThrow('replication 1 reports no "none"');
	});
});

describe('comparison under common random numbers', () => {
	const A = [12.1, 11.4, 13.0, 12.7, 11.9, 12.2, 13.4, 12.5, 11.7, 12.9];
	const B = [11.2, 10.9, 12.1, 11.6, 11.3, 11.1, 12.6, 11.5, 11.0, 11.9];

	test('meets vector crn_paired_t', () => {
		const found = compare(A, B);
		near(
			[found.difference.mean, found.difference.variance, found.difference.halfWidth, found.varianceRatio],
			[0.86, 0.042666666666666665, 0.147763487115672, 16.177083333333332]
		);
		expect(found.correlation).toBeGreaterThan(0.9);
		expect(found.warning).toBeNull();
	});

	test('warns where the pairs do not move together', () => {
		const against = compare(
			A,
			A.map((x) => -x)
		);
		expect(against.warning).toContain('the correlation is -1.000');
		expect(against.varianceRatio).toBeCloseTo(0.5, 12);
		expect(
			compare(
				A,
				A.map(() => 1)
			).warning
		).toContain('NaN');
		expect(() => compare(A, [1])).toThrow('10 and 1 replications do not make pairs');
	});

	test('of several scenarios widens each interval so that all hold together', () => {
		const found = compareAll(B, { plus: A, same: B.map((x, i) => x + (i % 2) / 10) });
		expect(Object.keys(found)).toEqual(['plus', 'same']);
		expect(found['plus']?.difference).toMatchObject({ confidence: 0.975 });
		expect(found['plus']?.difference.mean).toBeCloseTo(0.86, 12);
		expect(found['plus']?.difference.halfWidth).toBeGreaterThan(compare(A, B).difference.halfWidth);
	});
});

describe('independent replications', () => {
	test('give an interval per measure', () => {
		const found = summary(
			[
				{ wait: 1, queue: 4 },
				{ wait: 3, queue: 4 }
			],
			0.9
		);
		expect(found['wait']).toMatchObject({ n: 2, mean: 2, variance: 2, confidence: 0.9 });
		expect(found['wait']?.halfWidth).toBeCloseTo(6.313751514675, 9);
		expect(found['queue']?.halfWidth).toBe(0);
	});

	test('cover a normal mean as often as they say', () => {
		const runs = 2_000;
		let covered = 0;
		for (let run = 0; run < runs; run++) {
			const stream = deriveStream(3, 'coverage', `${run}`);
			const { mean, halfWidth } = acrossReplications(
				Array.from({ length: 6 }, () => normal(stream)),
				0.9
			);
			if (Math.abs(mean) < halfWidth) covered++;
		}
		expect(Math.abs(covered / runs - 0.9)).toBeLessThan(4 * Math.sqrt((0.9 * 0.1) / runs));
	});

	test('of one, or at a senseless confidence, give none', () => {
		expect(() => acrossReplications([1])).toThrow('at least two values, got 1');
		expect(() => acrossReplications([1, 2], 1)).toThrow('confidence 1');
	});
});

test('distances between samples meet vector wasserstein_ks', () => {
	const a = [1, 2, 2, 5, 9, 12];
	const b = [0, 3, 4, 4, 8, 10, 15, 20];
	near([wasserstein(a, b), kolmogorovSmirnov(a, b)], [3.0833333333333335, 0.375]);
	near([wasserstein(b, a), wasserstein(a, a), kolmogorovSmirnov(a, a)], [3.0833333333333335, 0, 0]);
	expect(() => wasserstein([], a)).toThrow('empty sample');
});
