import { describe, expect, test } from 'vitest';
import {
	closedNetwork,
	cobham,
	completion,
	erlangA,
	erlangB,
	machineRepair,
	mg1,
	mmc,
	reorderPoint,
	reviewCost,
	traffic
} from '../../../simulator/models/theory.ts';

const close = (value: number, expected: number): void =>
	expect(Math.abs(value - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));

describe('the closed forms agree with numbers computed elsewhere at 50 digits', () => {
	test.each([
		['mm1_rho08', 1, 0.8, 0.8, 4, 3.2],
		['mmc_c2_a1.5', 2, 1.5, 0.6428571428571429, 1.2857142857142858, 1.9285714285714286],
		['mmc_c5_a4', 5, 4, 0.5541125541125541, 0.5541125541125541, 2.2164502164502164],
		['mmc_c50_a45', 50, 45, 0.3638644672069884, 0.07277289344139767, 3.2747802048628953],
		['mmc_c100_a95', 100, 95, 0.5064568539130206, 0.10129137078260411, 9.622680224347391]
	])('%s: M/M/c', (_, servers, lambda, pWait, wait, queue) => {
		const line = mmc(servers, lambda, 1);
		close(line.pWait, pWait);
		close(line.wait, wait);
		close(line.queue, queue);
	});

	test.each([
		['erlangb_10_8', 10, 8, 0.1216610642529515],
		['erlangb_123_132', 123, 132, 0.11333930857891658],
		['erlangb_200_180', 200, 180, 0.010324995204982297]
	])('%s: Erlang B', (_, servers, load, blocked) => close(erlangB(servers, load), blocked));

	test.each([
		[
			...['erlanga_pyworkforce', 14, 10 / 3, 1 / 3, 0.2],
			...[0.1452601142963612, 0.013983744122408938, 0.06991872061204468, 0.7042973256268508]
		],
		['erlanga_n45', 45, 50, 1, 0.5, 0.876056580159655, 0.11073210388008899, 0.22146420776017797, 0.9880754401332345],
		['erlanga_n55', 55, 50, 1, 0.5, 0.2925980598351808, 0.014940101940725191, 0.029880203881450382, 0.8955089982357044],
		['erlanga_overload', 100, 120, 1, 1, 0.9721362601094793, 0.1676929556881668, 0.1676929556881668, 0.9987684531741998]
	] as [string, number, number, number, number, number, number, number, number][])(
		'%s: Erlang A',
		(_, servers, lambda, mu, theta, pWait, pAbandon, wait, utilisation) => {
			const line = erlangA(servers, lambda, mu, theta);
			close(line.pWait, pWait);
			close(line.pAbandon, pAbandon);
			close(line.wait, wait);
			close(line.utilisation, utilisation);
		}
	);

	test.each([
		['mg1_md1', 0.8, 1, 1, 2],
		['mg1_erlang2', 0.8, 1, 1.5, 3],
		['mg1_gamma', 0.5, 1.25, 4.6875, 3.125],
		['mg1_lognormal', 1 / 150, 90, 90 ** 2 * 3.25, 219.375],
		['mg1_h2', 0.7, 1, 5, 5.833333333333333]
	])('%s: Pollaczek and Khinchine', (_, lambda, first, second, wait) => close(mg1(lambda, first, second), wait));

	test('mg1_breakdowns: the time to completion, then Pollaczek and Khinchine', () => {
		const [first, second] = completion([1, 2], 0.1, [1, 2]);
		close(first, 1.1);
		close(second, 2.62);
		close(mg1(0.5, first, second), 1.4555555555555555);
	});

	test('cobham_priority: three classes', () => {
		const waits = cobham([0.2, 0.3, 0.3].map((lambda) => ({ lambda, first: 1, second: 2 })));
		[1, 2, 8].forEach((wait, at) => close(waits[at] as number, wait));
	});

	test('jackson_open3: flows and waits', () => {
		const flows = traffic([1, 0, 0.5], JACKSON_ROUTING);
		const lambdas = [1.077188940092166, 0.771889400921659, 1.2557603686635945];
		const waits = [1.698455949137148, 0.2503660978125831, 0.09010408171300215];
		const [mu, servers] = [
			[1.5, 0.9, 1],
			[1, 2, 3]
		] as [number[], number[]];
		for (let at = 0; at < 3; at++) {
			close(flows[at]!, lambdas[at]!);
			close(mmc(servers[at]!, flows[at]!, mu[at]!).wait, waits[at]!);
		}
	});

	test('mva_closed: throughput and numbers of a closed network', () => {
		const { throughput, present } = closedNetwork([0.25, 0.4, 0.1], 5);
		close(throughput, 2.3797468354430378);
		[1.2371215282607688, 3.4558723976445496, 0.30700607409468167].forEach((n, at) => close(present[at]!, n));
	});

	test('machine repair with one repairer is Erlang’s loss seen from the machines', () => {
		// P(no machine down) of M/M/1//K is Erlang B at load μ/λ (Palm 1947).
		const { utilisation } = machineRepair(6, 1, 0.2, 1);
		close(1 - utilisation, erlangB(6, 5));
	});

	test.each([
		['sS_zf_10', 10, 6, 40, 35.02155527232045],
		['sS_zf_20', 20, 14, 62, 49.173035744939305]
	])('%s: cost of (s,S)', (_, demand, low, high, cost) =>
		close(reviewCost({ demand, order: 64, holding: 1, shortage: 9 }, low, high), cost)
	);

	test('basestock_poisson and rq_poisson: fill rate, back orders and stock', () => {
		const base = reorderPoint(6, 9, 1);
		close(base.fill, 0.9160759830051242);
		close(base.backorders, 0.07733486614387391);
		close(base.onHand, 4.0773348661438735);
		const lots = reorderPoint(6, 8, 20);
		close(lots.fill, 0.9842989305430929);
		close(lots.backorders, 0.014851431745183379);
		close(lots.onHand, 12.514851431745184);
	});
});

const JACKSON_ROUTING = [
	[0, 0.6, 0.2],
	[0.1, 0, 0.7],
	[0, 0.1, 0]
];
