import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { kolmogorov, nominalDistance, wasserstein } from '../../../../simulator/calibration/wasserstein.ts';

const A = [1, 2, 2, 5, 9, 12];
const B = [0, 3, 4, 4, 8, 10, 15, 20];
const sample = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 40 });

describe('the earth mover’s distance', () => {
	test('agrees with the closed form', () => {
		expect(wasserstein(A, B)).toBeCloseTo(3.0833333333333335, 9);
		expect(kolmogorov(A, B)).toBeCloseTo(0.375, 9);
	});

	test.prop([sample, fc.integer({ min: -500, max: 500 })])(
		'of a sample and itself moved is how far it was moved',
		(a, by) => {
			const moved = a.map((value) => value + by);
			expect(wasserstein(a, moved)).toBeCloseTo(Math.abs(by), 6);
		}
	);

	test.prop([sample, sample])('is the same both ways, and no less than the difference of the means', (a, b) => {
		const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
		expect(wasserstein(a, b)).toBeCloseTo(wasserstein(b, a), 9);
		expect(wasserstein(a, b)).toBeGreaterThanOrEqual(Math.abs(mean(a) - mean(b)) - 1e-6);
	});

	test.prop([sample, fc.integer({ min: 2, max: 4 })])(
		'does not see how often a whole sample is repeated',
		(a, times) => {
			const many = Array.from({ length: times }, () => a).flat();
			expect(wasserstein(a, many)).toBeCloseTo(0, 9);
		}
	);

	test('of names is the share that has to change its name', () => {
		const a = new Map([
			['x', 3],
			['y', 1]
		]);
		const b = new Map([
			['x', 1],
			['z', 1]
		]);
		expect(nominalDistance(a, b)).toBeCloseTo(0.5, 12);
	});

	test('of an empty sample is no number', () => {
		expect(wasserstein([], B)).toBeNaN();
		expect(nominalDistance(new Map(), new Map([['x', 1]]))).toBeNaN();
	});
});
