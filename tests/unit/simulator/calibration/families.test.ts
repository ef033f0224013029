import { describe, expect, test } from 'vitest';
import { fitWaits } from '../../../../simulator/calibration/fit-durations.ts';
import { cumulative, fitFamilies, logDensity, type Parametric } from '../../../../simulator/calibration/families.ts';
import { digamma } from '../../../../simulator/calibration/digamma.ts';
import { drawLaw } from '../../../../simulator/process/draw-law.ts';
import { localDays } from '../../../../simulator/process/local-days.ts';
import type { Law } from '../../../../simulator/process/profile.ts';
import { workingClock } from '../../../../simulator/process/working-clock.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';

const LAWS: Parametric[] = [
	{ family: 'exponential', mean: 90 },
	{ family: 'gamma', shape: 3, scale: 40 },
	{ family: 'weibull', shape: 0.6, scale: 200 },
	{ family: 'lognormal', mu: 4, sigma: 1.2 },
	{ family: 'lognormal-mixture', share: 0.4, mu: [2, 8], sigma: [0.5, 0.8] }
];
const N = 4_000;

const drawn = (law: Law, n = N): Float64Array => {
	const stream = deriveStream(7, law.family, 'fit');
	return Float64Array.from({ length: n }, () => drawLaw(law, stream)).sort();
};
const always = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [], holiday: [] };
const wall = workingClock({ open: always, closedPace: 1 }, localDays('Asia/Shanghai', { holidays: [], workdays: [] }));
const waitsOf = (seconds: Iterable<number>) =>
	Array.from(seconds, (value) => ({ began: 0, at: 0, until: Math.round(value * 1_000) }));

test('digamma has its known values', () => {
	expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 10);
	expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 10);
});

describe('a family', () => {
	test.each(LAWS)('$family has a density that adds up to its distribution function', (law) => {
		const [from, to] = [20, 160];
		const width = (to - from) / 20_000;
		let sum = 0;
		for (let i = 0; i < 20_000; i++) sum += Math.exp(logDensity(law, from + (i + 0.5) * width)) * width;
		expect(sum).toBeCloseTo(cumulative(law, to) - cumulative(law, from), 6);
	});

	test.each(LAWS)('$family is drawn as its distribution function says (99.9 % point of Kolmogorov)', (law) => {
		const sorted = drawn(law);
		const ks = sorted.reduce((most, x, i) => Math.max(most, Math.abs(cumulative(law, x) - (i + 0.5) / N)), 0);
		expect(ks).toBeLessThan(1.95 / Math.sqrt(N));
	});

	test.each(LAWS)('$family is at its most likely where it was fitted', (law) => {
		const sorted = drawn(law);
		const fitted = fitFamilies(sorted).find(({ family }) => family === law.family)!;
		const likelihood = (one: Parametric) => sorted.reduce((sum, x) => sum + logDensity(one, x), 0);
		// Twice the gain over the true parameters is chi-squared with as many degrees: 20.5 is its 99.9 % point for five.
		expect(likelihood(fitted)).toBeGreaterThanOrEqual(likelihood(law) - 1e-6);
		expect(2 * (likelihood(fitted) - likelihood(law))).toBeLessThan(20.5);
	});
});

describe('the law of waits', () => {
	test.each(LAWS.slice(1))('is found to be $family where it is', (law) => {
		const fit = fitWaits(waitsOf(drawn(law)), wall);
		expect(fit).toMatchObject({ law: { family: law.family }, clock: 'wall', n: N });
		expect(fit.goodness?.['ks']).toBeLessThan(0.03);
	});

	test('keeps apart what takes no time', () => {
		const fit = fitWaits([...waitsOf(drawn(LAWS[3]!, 300)), ...waitsOf(new Array<number>(100).fill(0))], wall);
		expect(fit).toMatchObject({ n: 400, instant: 0.25, goodness: { n: 300 } });
	});

	test('is the waits themselves where no family is near, with their mean', () => {
		// A rule that closes after 15 days, or after a minute: no family has two spikes.
		const values = Array.from({ length: 1_000 }, (_, i) => (i % 3 === 0 ? 60 : 15 * 86_400) + (i % 7));
		const { law, goodness } = fitWaits(waitsOf(values), wall);
		expect(law.family).toBe('empirical');
		expect(goodness?.['ks']).toBeGreaterThan(0.05);
		const points = law.family === 'empirical' ? law.points : [];
		const mean = (all: number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
		expect(mean(points) / mean(values)).toBeCloseTo(1, 2);
	});

	test('of one value only is that value', () => {
		expect(fitWaits(waitsOf([30, 30, 30]), wall)).toMatchObject({
			law: { family: 'empirical', points: [30] },
			instant: 0
		});
	});
});
