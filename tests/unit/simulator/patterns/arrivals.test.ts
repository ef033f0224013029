import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import {
	byInversion,
	byThinning,
	type DayPlan,
	feed,
	overDispersed,
	weekly
} from '../../../../simulator/patterns/arrivals.ts';
import { Rate } from '../../../../simulator/patterns/rate.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { kolmogorovSmirnov } from '../../../../simulator/statistics/distance.ts';
import { tallyOf } from '../../../../simulator/statistics/tally.ts';

const DAY = 24_000;
const HOUR = 1_000;

describe('a rate', () => {
	const rate = Rate.linear([
		[0, 10],
		[2, 50],
		[5, 50],
		[8, 0]
	]);

	test('has the integral and the inverse of vector nhpp_linear', () => {
		for (const [time, integral] of [
			[1, 20],
			[2, 60],
			[5, 210],
			[6.5, 266.25],
			[8, 285]
		] as const)
			expect(rate.cumulative(time)).toBeCloseTo(integral, 9);
		const times = [0.36602540378443865, 2.0, 2.8, 4.8, 6.658359213500126];
		[5, 60, 100, 200, 270].forEach((u, i) => expect(rate.inverse(u)).toBeCloseTo(times[i] as number, 9));
		expect(rate).toMatchObject({ total: 285, highest: 50, start: 0, end: 8 });
		expect([rate.at(-1), rate.at(1), rate.at(8)]).toEqual([0, 30, 0]);
		expect([rate.cumulative(-1), rate.cumulative(99)]).toEqual([0, 285]);
	});

	test('passes over stretches where nothing comes', () => {
		const steps = Rate.steps([0, 3, 0, 0, 1, 0], 10);
		expect([0.001, 30, 30.001, 40].map((u) => Math.round(steps.inverse(u)))).toEqual([10, 20, 40, 50]);
		expect(steps.inverse(0)).toBe(0);
		expect(steps.at(45)).toBe(1);
	});

	test('refuses what is none', () => {
		expect(() => Rate.steps([1, -1], 10)).toThrow('the rate -1');
		expect(() =>
			Rate.linear([
				[0, 1],
				[0, 2]
			])
		).toThrow('time 1 of a rate is 0');
		expect(() => Rate.linear([[0, 1]])).toThrow('a start and an end');
		expect(() => rate.inverse(286)).toThrow('286 is not from 0 to 285');
	});
});

const shape = Rate.linear(
	[
		[0, 0],
		[8 * HOUR, 0],
		[10 * HOUR, 8],
		[17 * HOUR, 4],
		[18 * HOUR, 0],
		[DAY, 0]
	].map(([t, r]) => [t as number, (r as number) / HOUR] as const)
);
const open = { rate: shape, factor: 1 };
const plan = weekly({
	weekdays: [
		{ rate: shape, factor: 2 },
		open,
		open,
		open,
		open,
		{ rate: shape, factor: 0.5 },
		{ rate: shape, factor: 0 }
	],
	special: new Map([[1, { rate: Rate.steps(Array<number>(24).fill(1 / HOUR), HOUR), factor: 3 }]])
});

/** Counts per day and times of day over some weeks. */
function sample(make: typeof byInversion, days: DayPlan, weeks: number): { counts: number[]; times: number[] } {
	const counts = Array<number>(weeks * 7).fill(0);
	const times: number[] = [];
	const next = make(days, DAY, deriveStream(9, 'arrivals', make.name));
	for (let time = next(); time < weeks * 7 * DAY; time = next()) {
		const day = Math.floor(time / DAY);
		(counts[day] as number) += 1;
		if (day % 7 === 2) times.push(time % DAY);
	}
	return { counts, times };
}

describe.each([
	['inversion', byInversion],
	['thinning', byThinning]
])('arrivals by %s', (_, make) => {
	const weeks = 300;
	const { counts, times } = sample(make, plan, weeks);

	test('come each day as often as its rate says, and vary as a Poisson count', () => {
		const expected = [2, 1, 1, 1, 1, 0.5, 0].map((factor) => factor * shape.total);
		expected.forEach((mean, weekday) => {
			const found = tallyOf(counts.filter((_count, day) => day % 7 === weekday && day > 6));
			expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(4 * Math.sqrt(mean / (weeks - 1)));
			const spread = mean + 2 * mean * mean;
			expect(Math.abs(found.variance - mean)).toBeLessThanOrEqual(4 * Math.sqrt(spread / (weeks - 1)));
		});
	});

	test('follow a special day', () => {
		expect(Math.abs((counts[1] as number) - 72)).toBeLessThan(4 * Math.sqrt(72));
	});

	test('spread over the day as the rate does', () => {
		const sorted = times.sort((a, b) => a - b);
		const gap = Math.max(
			...sorted.map((time, i) => Math.abs((i + 1) / sorted.length - shape.cumulative(time) / shape.total))
		);
		expect(gap).toBeLessThan(2.226 / Math.sqrt(sorted.length));
	});

	test('begin where they are told and end where nothing comes', () => {
		const next = make(plan, DAY, deriveStream(9, 'late', 'start'), 12 * HOUR);
		expect(next()).toBeGreaterThan(12 * HOUR);
		const never = make(() => ({ rate: shape, factor: 0 }), DAY, deriveStream(9, 'no', 'body'));
		expect(never()).toBe(Infinity);
	});
});

test('inversion and thinning make the same process', () => {
	const [a, b] = [sample(byInversion, plan, 300), sample(byThinning, plan, 300)];
	const bound = 2.226 * Math.sqrt(1 / a.times.length + 1 / b.times.length);
	expect(kolmogorovSmirnov(a.times, b.times)).toBeLessThan(bound);
	expect(kolmogorovSmirnov(a.counts, b.counts)).toBeLessThan(2.226 * Math.sqrt(2 / a.counts.length));
});

test('over-dispersed days vary by mean + mean² × variance, the same days for the same seed', () => {
	const flat = { rate: Rate.steps([60 / DAY], DAY), factor: 1 };
	const variance = 0.25;
	const days = overDispersed(() => flat, variance, 4, 'branch');
	const { counts } = sample(byInversion, days, 400);
	const { mean, variance: found } = tallyOf(counts);
	const theory = 60 + 60 * 60 * variance;
	expect(Math.abs(mean - 60)).toBeLessThan(4 * Math.sqrt(theory / counts.length));
	const fourth = tallyOf(counts.map((count) => (count - mean) ** 2));
	expect(Math.abs(found - theory)).toBeLessThan(4 * Math.sqrt(fourth.variance / counts.length));
	expect(days(17)).toEqual(overDispersed(() => flat, variance, 4, 'branch')(17));
	expect(days(17).factor).not.toBe(overDispersed(() => flat, variance, 4, 'branch', 1)(17).factor);
});

test('a higher rate moves arrivals and keeps their order', () => {
	const at = (factor: number): number[] => {
		const next = byInversion(() => ({ rate: shape, factor }), DAY, deriveStream(2, 'common', 'chance'));
		return Array.from({ length: 200 }, next);
	};
	const [few, many] = [at(1), at(1.3)];
	many.forEach((time, i) => expect(time).toBeLessThanOrEqual(few[i] as number));
});

test('fed arrivals happen at their ticks, one after the other', () => {
	const env = new Environment();
	const times = [0.4, 3.9, 3.95, 17, Infinity];
	const seen: [number, number][] = [];
	feed(
		env,
		() => times.shift() as number,
		(nth) => seen.push([nth, env.now])
	);
	env.run();
	expect(seen).toEqual([
		[1, 0],
		[2, 3],
		[3, 3],
		[4, 17]
	]);
});
