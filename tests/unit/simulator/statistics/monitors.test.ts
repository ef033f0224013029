import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { Resource } from '../../../../simulator/kernel/resource.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { lognormal } from '../../../../simulator/random/continuous.ts';
import { Flow } from '../../../../simulator/statistics/flow.ts';
import { Sketch } from '../../../../simulator/statistics/sketch.ts';
import { Tally, tallyOf } from '../../../../simulator/statistics/tally.ts';
import { TimeWeighted } from '../../../../simulator/statistics/time-weighted.ts';
import { recordWait, watch } from '../../../../simulator/statistics/watch.ts';

describe('a tally', () => {
	test('knows mean, variance and range far from zero', () => {
		const tally = tallyOf([4, 7, 13, 16].map((x) => x + 1e9));
		expect(tally).toMatchObject({ count: 4, mean: 1e9 + 10, variance: 30, low: 1e9 + 4, high: 1e9 + 16 });
	});

	test('says that it knows nothing before it has seen anything, and again after a reset', () => {
		const tally = new Tally();
		expect([tally.mean, tally.variance]).toEqual([NaN, NaN]);
		tally.record(5);
		expect([tally.mean, tally.variance]).toEqual([5, NaN]);
		tally.reset();
		expect(tally).toMatchObject({ count: 0, mean: NaN, low: Infinity, high: -Infinity });
	});
});

describe('a time-weighted monitor', () => {
	test('weighs each level by how long it lasted', () => {
		const level = new TimeWeighted(10, 2);
		level.change(14, 6);
		level.add(16, -5);
		expect(level.integral(20)).toBe(4 * 2 + 2 * 6 + 4 * 1);
		expect(level.mean(20)).toBe(2.4);
		expect(level.variance(20)).toBeCloseTo((4 * 4 + 2 * 36 + 4 * 1) / 10 - 2.4 ** 2, 12);
		expect([level.low, level.high, level.value]).toEqual([1, 6, 1]);
	});

	test('forgets a warm-up but not the level', () => {
		const level = new TimeWeighted(0, 9);
		level.reset(5);
		expect(level.mean(5)).toBeNaN();
		expect(level.mean(7)).toBe(9);
	});

	test('refuses time that runs backwards', () => {
		const level = new TimeWeighted(5);
		expect(() => level.change(4, 1)).toThrow('time 4 lies before 5');
	});
});

describe('a sketch', () => {
	test('answers every quantile within its error', () => {
		const stream = deriveStream(1, 'sketch', 'values');
		const values = Float64Array.from({ length: 20_000 }, () => lognormal(stream, 90, 2)).sort();
		const halves = [new Sketch(0.01), new Sketch(0.01)] as const;
		values.forEach((value, i) => halves[i % 2 === 0 ? 0 : 1].record(value));
		halves[0].merge(halves[1]);
		for (const p of [0.001, 0.1, 0.5, 0.9, 0.99, 1]) {
			const exact = values[Math.max(1, Math.ceil(p * values.length)) - 1] as number;
			expect(Math.abs(halves[0].quantile(p) / exact - 1)).toBeLessThanOrEqual(0.01 + 1e-12);
		}
		expect(halves[0].buckets().length).toBeLessThan(900);
	});

	test('keeps zeros apart and counts every value in one bucket', () => {
		const sketch = new Sketch(0.1);
		for (const value of [0, 0, 0, 5, 50]) sketch.record(value);
		expect(sketch.quantile(0.5)).toBe(0);
		expect(Math.abs(sketch.quantile(0.8) / 5 - 1)).toBeLessThanOrEqual(0.1);
		const buckets = sketch.buckets();
		expect(buckets.map(({ count }) => count)).toEqual([3, 1, 1]);
		expect(buckets[1]).toSatisfy(({ from, to }) => from < 5 && to >= 5);
	});

	test('refuses what it cannot hold', () => {
		const sketch = new Sketch();
		expect(() => sketch.record(-1)).toThrow('-1 is not a number of at least 0');
		expect(() => sketch.merge(new Sketch(0.5))).toThrow('does not fit');
		expect(sketch.quantile(0.5)).toBeNaN();
	});
});

describe("Little's law", () => {
	test('holds on vector little_sample_path', () => {
		const arrive = [0, 1, 2, 4, 7];
		const depart = [3, 5, 6, 8, 10];
		const flow = new Flow();
		const number = new TimeWeighted();
		const steps = [
			...arrive.map((time) => ({ time, entered: -1 })),
			...depart.map((time, i) => ({ time, entered: arrive[i] as number }))
		].sort((a, b) => a.time - b.time);
		for (const { time, entered } of steps) {
			if (entered < 0) flow.enter(time);
			else flow.leave(time, time - entered);
			number.change(time, flow.inside);
		}
		const { number: mean, rate, stay, gap } = flow.little(10);
		expect(mean).toBeCloseTo(1.8, 12);
		expect(rate).toBeCloseTo(0.5, 12);
		expect(stay).toBeCloseTo(3.6, 12);
		expect(gap).toBe(0);
		expect(number.mean(10)).toBeCloseTo(1.8, 12);
	});

	test('shows a stay that was told wrongly, and asks for those still inside', () => {
		const flow = new Flow();
		flow.enter(0);
		flow.leave(4, 3);
		expect(flow.little(8).gap).toBeCloseTo(1 / 8, 12);
		flow.enter(8);
		expect(() => flow.little(9)).toThrow('1 are inside, the entry times of 0 were given');
		flow.leave(9, 1);
		expect(() => flow.leave(9, 0)).toThrow('one leaves at 9, where nobody is');
	});
});

test('a watched resource tells units in use, who waits and for how long', () => {
	const env = new Environment();
	const resource = new Resource(env, 1, 'window');
	const seen: number[] = [];
	resource.observer = (changed) => seen.push(changed.count + changed.waiting);
	const watched = watch(resource);
	const waits = new Tally();
	for (const at of [0, 1, 10])
		env.call(at, () => {
			const request = resource.request();
			recordWait(request, waits);
			request.listen(() => env.call(4, () => resource.release(request)));
		});
	env.run(20);
	// In use 0–8 and 10–14; one waits from 1 to 4.
	expect(watched.inUse.integral(20)).toBe(12);
	expect(watched.waiting.integral(20)).toBe(3);
	expect(watched.utilisation()).toBe(0.6);
	expect(waits).toMatchObject({ count: 3, mean: 1, high: 3 });
	expect(seen.length).toBeGreaterThan(0);
	watched.reset();
	env.run(30);
	expect(watched.utilisation()).toBe(0);
});
