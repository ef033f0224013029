import { expect, test } from 'vitest';
import { betaI, gammaP, gammaQ, logGamma, normalCdf } from '../../../../simulator/random/special.ts';

const relative = (value: number, expected: number): number => Math.abs(value / expected - 1);

test('the logarithm of gamma meets factorials, the half and its reflection', () => {
	let factorial = 0;
	for (let n = 2; n < 150; n++) {
		factorial += Math.log(n);
		expect(relative(logGamma(n + 1), factorial)).toBeLessThan(1e-13);
	}
	expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
	expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 13);
});

test('the incomplete gamma function is a sum of Poisson masses', () => {
	for (const mean of [0.3, 4, 60]) {
		let mass = Math.exp(-mean);
		let sum = mass;
		for (let k = 0; k < 3 * mean; k++) {
			expect(Math.abs(gammaQ(k + 1, mean) - sum)).toBeLessThan(1e-13);
			expect(Math.abs(gammaP(k + 1, mean) + gammaQ(k + 1, mean) - 1)).toBeLessThan(1e-14);
			mass *= mean / (k + 1);
			sum += mass;
		}
	}
	expect(gammaP(2, 0)).toBe(0);
	expect(gammaQ(2, 0)).toBe(1);
});

test('the incomplete beta function is a sum of binomial masses', () => {
	const [n, p] = [12, 0.3];
	let mass = (1 - p) ** n;
	let below = 0;
	for (let k = 0; k < n; k++) {
		below += mass;
		expect(Math.abs(1 - betaI(p, k + 1, n - k) - below)).toBeLessThan(1e-13);
		mass *= ((n - k) / (k + 1)) * (p / (1 - p));
	}
	expect(betaI(0, 2, 3)).toBe(0);
	expect(betaI(1, 2, 3)).toBe(1);
});

test('the normal distribution function keeps its digits in the tail', () => {
	expect(normalCdf(0)).toBe(0.5);
	expect(relative(normalCdf(1.959963984540054), 0.975)).toBeLessThan(1e-14);
	expect(relative(normalCdf(-8), 6.220960574271785e-16)).toBeLessThan(1e-10);
});
