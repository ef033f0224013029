import { describe, expect, test } from 'vitest';
import type { Law } from '../../../simulator/models/station.ts';
import { exponential, gamma, lognormal } from '../../../simulator/random/continuous.ts';
import {
	closedNetwork,
	cobham,
	completion,
	machineRepair,
	mg1,
	reorderPoint,
	reviewCost
} from '../../../simulator/models/theory.ts';
import { expectInside, replicate } from './replications.ts';
import { reorder, review } from './stock.ts';
import { breakdowns, closedJobs, endless, machineShop, priorities } from './textbook.ts';

describe('models in process style lie inside the 99 % interval of theory', () => {
	test('non-preemptive priorities of three classes (Cobham), with their conservation law', () => {
		const rates = [0.2, 0.3, 0.3];
		const figures = replicate(31, (seed) => {
			const [first, second, third] = priorities(rates, 10_000, 2_000, seed).waits as [number, number, number];
			return { first, second, third, conserved: 0.2 * first + 0.3 * second + 0.3 * third };
		});
		const theory = cobham(rates.map((lambda) => ({ lambda, first: 1, second: 2 })));
		expectInside(figures.first, theory[0]!);
		expectInside(figures.second, theory[1]!, 0.1);
		expectInside(figures.third, theory[2]!, 0.2);
		expectInside(figures.conserved, 3.2, 0.15);
	});

	test.each([
		[6, 2, 0.25, 1, 32],
		[10, 1, 0.05, 1, 33]
	])('machine repair: %i machines and %i repairers', (machines, repairers, lambda, mu, seed) => {
		const shop = { machines, repairers, lambda, mu };
		const figures = replicate(seed, (each) => {
			const { down, wait } = machineShop(shop, [100, 4_000], each);
			return { down, wait };
		});
		const theory = machineRepair(machines, repairers, lambda, mu);
		expectInside(figures.down, theory.down);
		expectInside(figures.wait, theory.wait, 0.1);
	});

	test('a closed network of three stations and five jobs (exact MVA)', () => {
		const demands = [0.25, 0.4, 0.1];
		const figures = replicate(34, (seed) => {
			const { throughput, present } = closedJobs(demands, 5, [20, 1_000], seed);
			return { throughput, first: present[0]!, second: present[1]!, third: present[2]! };
		});
		const theory = closedNetwork(demands, 5);
		expectInside(figures.throughput, theory.throughput);
		expectInside(figures.first, theory.present[0]!);
		expectInside(figures.second, theory.present[1]!);
		expectInside(figures.third, theory.present[2]!);
	});

	test('M/G/1 with breakdowns of the working server (White and Christie)', () => {
		const { wait } = replicate(35, (seed) => ({ wait: breakdowns(0.5, 0.1, 10_000, 500, seed).wait }));
		expectInside(wait, mg1(0.5, ...completion([1, 2], 0.1, [1, 2])), 0.1);
	});

	test.each<[string, Law, number]>([
		['constant', () => 2.5, 36],
		['exponential', (stream) => exponential(stream, 2.5), 37],
		['lognormal', (stream) => lognormal(stream, 2.5, 1.5), 38]
	])('M/G/∞ with %s stays: the number present is Poisson whatever their law', (_, service, seed) => {
		const figures = replicate(seed, (each) => {
			const { mean, variance } = endless(8, service, [100, 1_500], each);
			return { mean, variance };
		});
		expectInside(figures.mean, 20);
		expectInside(figures.variance, 20, 0.1);
	});

	test.each([
		[10, 6, 40, 39],
		[20, 14, 62, 40]
	])('(s,S) stock at a demand of %i: s = %i, S = %i', (demand, low, high, seed) => {
		const costs = { demand, order: 64, holding: 1, shortage: 9 };
		const { cost } = replicate(seed, (each) => review(costs, [low, high], 5_000, each));
		expectInside(cost, reviewCost(costs, low, high));
	});

	test.each<[string, Law, number, number, number]>([
		['base stock, constant lead time', () => 3, 9, 1, 41],
		['base stock, gamma lead time', (stream) => gamma(stream, 0.5, 6), 9, 1, 42],
		['lots of twenty', () => 3, 8, 20, 43]
	])('reorder point: %s', (_, lead, low, size, seed) => {
		const figures = replicate(seed, (each) => {
			const { fill, backorders, onHand } = reorder({ rate: 2, lead, low, size }, 20_000, each);
			return { fill, backorders, onHand };
		});
		const theory = reorderPoint(6, low, size);
		expectInside(figures.fill, theory.fill);
		expectInside(figures.backorders, theory.backorders, 0.2);
		expectInside(figures.onHand, theory.onHand);
	});
});

test('Little’s law is exact in each of them', () => {
	const shop = { machines: 6, repairers: 2, lambda: 0.25, mu: 1 };
	const censuses = [
		...priorities([0.2, 0.3, 0.3], 2_000, 0, 1).census,
		machineShop(shop, [0, 500], 1).census,
		...closedJobs([0.25, 0.4, 0.1], 5, [0, 200], 1).census,
		breakdowns(0.5, 0.1, 2_000, 0, 1).census,
		endless(8, (stream) => lognormal(stream, 2.5, 1.5), [0, 200], 1).census,
		reorder({ rate: 2, lead: () => 3, low: 3, size: 1 }, 2_000, 1).census
	];
	expect(censuses).toHaveLength(10);
	for (const census of censuses) census.expectLittle();
});
