import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { SimEvent } from '../../../../simulator/kernel/event.ts';
import { Resource } from '../../../../simulator/kernel/resource.ts';
import { exponential } from '../../../../simulator/random/continuous.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { benchKernel } from '../../../bench/kernel.ts';

describe('the kernel agrees with queueing theory', () => {
	test('M/M/1 at load 0.8: mean wait 4 within four theoretical standard errors', () => {
		const customers = 200_000;
		const answer = benchKernel({ model: 'mm1', lambda: 0.8, mu: 1, customers, seed: 11 });
		// Asymptotic variance of the mean wait, ρ(2+5ρ−4ρ²+ρ³)/(1−ρ)⁴ = 1976 at ρ = 0.8.
		expect(Math.abs(answer.meanWait - 4)).toBeLessThan(4 * Math.sqrt(1_976 / customers));
		expect(Math.abs(answer.pWait - 0.8)).toBeLessThan(0.02);
		expect(Math.abs(answer.utilisation - 0.8)).toBeLessThan(0.02);
	});

	test('M/M/50 at load 0.9: wait and chance to wait after Erlang C', () => {
		const answer = benchKernel({ model: 'mmc', servers: 50, lambda: 45, mu: 1, customers: 400_000, seed: 12 });
		expect(Math.abs(answer.meanWait - 0.07277289344139767)).toBeLessThan(0.02);
		expect(Math.abs(answer.pWait - 0.3638644672069884)).toBeLessThan(0.04);
		expect(Math.abs(answer.utilisation - 0.9)).toBeLessThan(0.01);
	});

	test('a fifth server never makes waits longer under common random numbers', () => {
		const waits = [4, 5, 6].map(
			(servers) => benchKernel({ model: 'mmc', servers, lambda: 3.6, mu: 1, customers: 20_000, seed: 3 }).meanWait
		);
		expect(waits[0]).toBeGreaterThanOrEqual(waits[1] as number);
		expect(waits[1]).toBeGreaterThanOrEqual(waits[2] as number);
	});

	test('Little: the integral of the number present equals the sum of sojourns, exactly', () => {
		const env = new Environment();
		const desk = new Resource(env, 3);
		const chance = deriveStream(5, 'little', 'all');
		let present = 0;
		let changedAt = 0;
		let integral = 0;
		let sojourns = 0;
		const change = (by: number): void => {
			integral += present * (env.now - changedAt);
			changedAt = env.now;
			present += by;
		};
		function* customer(): Generator<SimEvent, void, unknown> {
			const cameAt = env.now;
			change(+1);
			const request = desk.request();
			yield request as SimEvent;
			yield env.timeout(Math.round(exponential(chance, 2_800)));
			desk.release(request);
			change(-1);
			sojourns += env.now - cameAt;
		}
		let at = 0;
		for (let i = 0; i < 5_000; i++) {
			at += Math.round(exponential(chance, 1_000));
			env.call(at, () => env.process(customer()));
		}
		env.run();
		expect(present).toBe(0);
		expect(integral).toBe(sojourns);
		expect(integral).toBeGreaterThan(0);
	});

	test('processes and callbacks with the same draws give the same waits to the last digit', () => {
		const options = { model: 'mmc', servers: 2, lambda: 1.7, mu: 1, customers: 5_000, seed: 9 } as const;
		const env = new Environment();
		const desk = new Resource(env, 2);
		const arrivals = deriveStream(9, 'queue', 'arrivals');
		const services = deriveStream(9, 'queue', 'services');
		let waited = 0;
		function* customer(): Generator<SimEvent, void, unknown> {
			const at = env.now;
			const request = desk.request();
			yield request as SimEvent;
			waited += env.now - at;
			yield env.timeout(Math.round(exponential(services, 1_000_000)));
			desk.release(request);
		}
		function* source(): Generator<SimEvent, void, unknown> {
			for (let i = 0; i < options.customers; i++) {
				yield env.timeout(Math.round(exponential(arrivals, 1_000_000 / options.lambda)));
				env.process(customer());
			}
		}
		env.process(source());
		env.run();
		expect(waited / options.customers / 1_000_000).toBe(benchKernel(options).meanWait);
	});
});
