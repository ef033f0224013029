import { describe, expect, test } from 'vitest';
import { type QueueSpec, runQueue } from '../../../simulator/models/queue.ts';
import { erlangA, mg1, mmc } from '../../../simulator/models/theory.ts';
import { expectInside, replicate } from './replications.ts';

const run = (seed: number, spec: Omit<QueueSpec, 'seed'>) =>
	replicate(seed, (each) => {
		const { meanWait, pWait, pAbandon, meanQueue, utilisation } = runQueue({ ...spec, seed: each });
		return { meanWait, pWait, pAbandon, meanQueue, utilisation };
	});

describe('the queues of the bench lie inside the 99 % interval of theory', () => {
	test.each([0.5, 0.8, 0.9])('M/M/1 at load %s, by its theoretical standard error', (load) => {
		const customers = 400_000;
		const { meanWait, pWait, meanQueue, utilisation } = runQueue({
			...{ model: 'mm1', lambda: load, mu: 1 },
			...{ customers, seed: 11 }
		});
		// Asymptotic variance of the mean wait (Daley 1968): 29, 1976 and 35901 at these loads.
		const variance = (load * (2 + 5 * load - 4 * load ** 2 + load ** 3)) / (1 - load) ** 4;
		const half = 2.576 * Math.sqrt(variance / customers);
		const theory = mmc(1, load, 1);
		expect(Math.abs(meanWait - theory.wait)).toBeLessThan(half);
		// By Little's law the queue is as exact as the wait, but for the number of arrivals in its window.
		expect(Math.abs(meanQueue - theory.queue)).toBeLessThan(
			load * half + (2.576 * theory.queue) / Math.sqrt(customers)
		);
		expect(Math.abs(pWait - load)).toBeLessThan(0.01);
		expect(Math.abs(utilisation - load)).toBeLessThan(0.01);
	});

	test.each([
		[2, 1.5, 1, 1],
		[5, 12, 3, 2],
		[20, 18, 1, 3],
		[50, 45, 1, 4]
	])('M/M/%i at λ %s and μ %s', (servers, lambda, mu, seed) => {
		const figures = run(seed, { model: 'mmc', servers, lambda, mu, customers: 60_000 });
		const theory = mmc(servers, lambda, mu);
		expectInside(figures.meanWait, theory.wait, 0.15);
		expectInside(figures.pWait, theory.pWait);
		expectInside(figures.meanQueue, theory.queue, 0.15);
		expectInside(figures.utilisation, lambda / mu / servers);
		expect(figures.pAbandon.mean).toBe(0);
	});

	test.each([
		[45, 50, 1, 0.5, 5],
		[14, 10 / 3, 1 / 3, 0.2, 6],
		[10, 12, 1, 1, 7],
		[3, 2, 1, 0.1, 8]
	])('M/M/%i+M at λ %s, μ %s and θ %s', (servers, lambda, mu, theta, seed) => {
		const figures = run(seed, { model: 'mmca', servers, lambda, mu, theta, customers: 20_000 });
		const theory = erlangA(servers, lambda, mu, theta);
		expectInside(figures.meanWait, theory.wait, 0.1);
		expectInside(figures.pWait, theory.pWait, 0.1);
		expectInside(figures.pAbandon, theory.pAbandon, 0.1);
		expectInside(figures.meanQueue, theory.queue, 0.1);
		expectInside(figures.utilisation, theory.utilisation);
	});

	test.each([
		['constant (M/D/1)', 0, 9],
		['Erlang of ten phases', 0.1, 10],
		['Erlang of two phases', 0.5, 11],
		['exponential', 1, 12],
		['gamma', 2, 13],
		['gamma', 4, 14]
	])('M/G/1 with a service that is %s, cv² %s', (_, cv2, seed) => {
		const [lambda, mu] = [1.4, 2];
		const figures = run(seed, { model: 'mg1', lambda, mu, cv2, customers: 20_000 });
		const wait = mg1(lambda, 1 / mu, (1 + cv2) / mu ** 2);
		expectInside(figures.meanWait, wait, 0.1);
		expectInside(figures.meanQueue, lambda * wait, 0.1);
		expectInside(figures.pWait, lambda / mu);
		expectInside(figures.utilisation, lambda / mu);
	});

	test.each([
		[1, 0.7, 2, 15],
		[3, 2.1, 4, 16]
	])('tandem of M/M/%i at λ %s, %i stations', (servers, lambda, stages, seed) => {
		const figures = run(seed, { model: 'tandem', servers, lambda, mu: 1, stages, customers: 20_000 });
		const theory = mmc(servers, lambda, 1);
		expectInside(figures.meanWait, stages * theory.wait, 0.1);
		expectInside(figures.meanQueue, stages * theory.queue, 0.1);
		expectInside(figures.pWait, theory.pWait);
		expectInside(figures.utilisation, lambda / servers);
	});
});

describe('what must hold between runs', () => {
	test.each<Omit<QueueSpec, 'customers' | 'seed'>>([
		{ model: 'mm1', lambda: 0.8, mu: 1 },
		{ model: 'mmc', servers: 4, lambda: 3, mu: 1 },
		{ model: 'mmca', servers: 2, lambda: 3, mu: 1, theta: 0.5 },
		{ model: 'mg1', lambda: 0.8, mu: 1, cv2: 3 },
		{ model: 'tandem', servers: 2, lambda: 1.5, mu: 1 }
	])('$model: a time that is k times as long makes waits k times as long and changes nothing else', (spec) => {
		const whole = { ...spec, customers: 5_000, seed: 2 };
		const once = runQueue(whole);
		for (const k of [1 / 60, 8, 3_600]) {
			const theta = spec.theta === undefined ? {} : { theta: spec.theta / k };
			const scaled = runQueue({ ...whole, lambda: spec.lambda / k, mu: spec.mu / k, ...theta });
			// Rounding to ticks may fall on the other side where a rate is no longer the same number.
			expect(scaled.meanWait / k / once.meanWait).toBeCloseTo(1, 6);
			expect(scaled.pWait).toBe(once.pWait);
			expect(scaled.pAbandon).toBe(once.pAbandon);
			expect(scaled.meanQueue).toBeCloseTo(once.meanQueue, 6);
			expect(scaled.utilisation).toBeCloseTo(once.utilisation, 6);
		}
	});

	test('one more server never makes the mean wait longer under common random numbers', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const waits = [4, 5, 6, 7].map(
				(servers) => runQueue({ model: 'mmc', servers, lambda: 3.6, mu: 1, customers: 5_000, warmUp: 0, seed }).meanWait
			);
			expect(waits).toEqual([...waits].sort((a, b) => b - a));
			expect(waits[0]).toBeGreaterThan(waits[3] as number);
		}
	});

	test('beyond load 1 the wait grows in line with the number of customers', () => {
		const mean = (customers: number) =>
			runQueue({ model: 'mm1', lambda: 1.5, mu: 1, customers, warmUp: 0, seed: 3 }).meanWait;
		for (const customers of [20_000, 40_000, 80_000]) {
			// Customer n waits n(1/μ − 1/λ), with the variance n(1/μ² + 1/λ²) of a random walk, a third of it in the mean.
			const theory = (customers * (1 - 1 / 1.5)) / 2;
			const error = Math.sqrt((customers / 3) * (1 + 1 / 1.5 ** 2));
			expect(Math.abs(mean(customers) - theory)).toBeLessThan(4 * error);
		}
	});

	test('the same seed gives the same figures, another one others', () => {
		const figures = (seed: number) =>
			runQueue({ model: 'mmca', servers: 2, lambda: 2, mu: 1, theta: 1, customers: 500, seed });
		expect(figures(1)).toEqual(figures(1));
		expect(figures(1).meanWait).not.toBe(figures(2).meanWait);
	});
});
