import { describe, expect, test } from 'vitest';
import { earthMovers, nominalDistance } from '../../../../simulator/calibration/distances.ts';

describe('the earth mover’s distance', () => {
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
		expect(earthMovers([], [1])).toBeNaN();
		expect(earthMovers([2], [1])).toBe(1);
		expect(nominalDistance(new Map(), new Map([['x', 1]]))).toBeNaN();
	});
});
