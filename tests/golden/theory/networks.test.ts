import { describe, expect, test } from 'vitest';
import { Environment } from '../../../simulator/kernel/environment.ts';
import type { SimEvent } from '../../../simulator/kernel/event.ts';
import { Resource } from '../../../simulator/kernel/resource.ts';
import { type NetworkSpec, runNetwork } from '../../../simulator/models/network.ts';
import { exponential, gamma, lognormal } from '../../../simulator/random/continuous.ts';
import { Categorical } from '../../../simulator/random/discrete.ts';
import { deriveStream, type Stream } from '../../../simulator/random/stream.ts';
import { mg1, mmc, traffic } from '../../../simulator/models/theory.ts';
import { expectInside, replicate } from './replications.ts';

const TICKS = 1_000_000;
const memoryless = (mean: number) => (stream: Stream) => exponential(stream, mean);
/** Two exponentials with balanced means (Tijms 1994). */
const hyper = (mean: number, cv2: number) => {
	const p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
	return (stream: Stream) => {
		const first = stream.next() < p;
		return exponential(stream, mean / (2 * (first ? p : 1 - p)));
	};
};

/** Three stations with feedback: jackson_open3. */
const EXTERNAL = [1, 0, 0.5];
const ROUTING = [
	[0, 0.6, 0.2],
	[0.1, 0, 0.7],
	[0, 0.1, 0]
];
const MU = [1.5, 0.9, 1];
const SERVERS = [1, 2, 3];

function jackson(): Omit<NetworkSpec, 'seed' | 'customers' | 'warmUp'> {
	const enter = new Categorical([0, 1, 2], EXTERNAL);
	const next = ROUTING.map((row) => new Categorical([0, 1, 2, -1], [...row, 1 - row.reduce((sum, p) => sum + p, 0)]));
	return {
		stations: MU.map((mu, at) => ({ servers: SERVERS[at]!, service: memoryless(1 / mu) })),
		lambda: 1.5,
		enter: (stream) => enter.draw(stream),
		route: (from, stream) => next[from]!.draw(stream),
		ticks: TICKS
	};
}

describe('networks of stations agree with theory', () => {
	test('an open Jackson network: the wait over all visits and each station for itself', () => {
		const figures = replicate(21, (seed) => {
			const { meanWait, stations } = runNetwork({ ...jackson(), customers: 20_000, warmUp: 2_000, seed });
			const each = stations.flatMap(({ meanQueue, utilisation }, at) => [
				[`queue ${at}`, meanQueue],
				[`utilisation ${at}`, utilisation]
			]);
			return { meanWait, ...(Object.fromEntries(each) as Record<string, number>) };
		}) as Record<string, ReturnType<typeof replicate>[string]>;
		const flows = traffic(EXTERNAL, ROUTING);
		const lines = flows.map((flow, at) => mmc(SERVERS[at]!, flow, MU[at]!));
		const waited = lines.reduce((sum, { queue }) => sum + queue, 0) / 1.5;
		// W 3.311668836269289 of jackson_open3 less the services of all visits.
		const served = flows.reduce((sum, flow, at) => sum + flow / 1.5 / MU[at]!, 0);
		expect(waited + served).toBeCloseTo(3.311668836269289, 9);
		expectInside(figures['meanWait']!, waited, 0.1);
		lines.forEach(({ queue }, at) => {
			expectInside(figures[`queue ${at}`]!, queue, 0.1);
			expectInside(figures[`utilisation ${at}`]!, flows[at]! / MU[at]! / SERVERS[at]!);
		});
	});

	test.each([
		['mg1_gamma', 0.5, (stream: Stream) => gamma(stream, 0.5, 2.5), 1.25, 3, 22],
		['mg1_lognormal', 1 / 150, (stream: Stream) => lognormal(stream, 90, 1.5), 90, 3.25, 23],
		['mg1_h2', 0.7, hyper(1, 4), 1, 5, 24]
	])('%s: any law of service, only its first two moments count', (_, lambda, service, first, square, seed) => {
		const stations = [{ servers: 1, service }];
		const { meanWait } = replicate(seed, (each) => {
			const run = runNetwork({ stations, lambda, customers: 20_000, warmUp: 2_000, ticks: TICKS, seed: each });
			return { meanWait: run.meanWait };
		});
		expectInside(meanWait, mg1(lambda, first, first ** 2 * square), 0.1);
	});
});

describe('Little’s law is exact on runs that start and end empty', () => {
	const rush = { ticks: TICKS, customers: 4_000, warmUp: 0, seed: 5 };
	const one = (servers: number, service: (stream: Stream) => number) => [{ servers, service }];
	test.each<[string, NetworkSpec]>([
		['M/M/1', { ...rush, lambda: 0.9, stations: one(1, memoryless(1)) }],
		['M/M/1 beyond load 1', { ...rush, lambda: 1.3, stations: one(1, memoryless(1)) }],
		['M/M/5', { ...rush, lambda: 4.5, stations: one(5, memoryless(1)) }],
		['M/D/1', { ...rush, lambda: 0.9, stations: one(1, () => 1) }],
		['M/G/1', { ...rush, lambda: 0.7, stations: one(1, hyper(1, 4)) }],
		['M/M/5+M', { ...rush, lambda: 6, stations: [{ ...one(5, memoryless(1))[0]!, patience: memoryless(2) }] }],
		['tandem', { ...rush, lambda: 1.8, stations: [...one(2, memoryless(1)), ...one(2, memoryless(1))] }],
		['Jackson', { ...rush, ...jackson() }]
	])('%s: waits and services of every station', (_, spec) => {
		const { stations } = runNetwork(spec);
		expect(stations).toHaveLength(spec.stations.length);
		for (const { queueArea, waited, busyArea, served } of stations) {
			expect(waited).toBeGreaterThan(0);
			expect(queueArea / waited).toBeCloseTo(1, 12);
			expect(busyArea / served).toBeCloseTo(1, 12);
		}
	});

	test('little_sample_path: three figures by hand', () => {
		const env = new Environment();
		const desk = new Resource(env, 5);
		let area = 0;
		const stays = [
			[0, 3],
			[1, 5],
			[2, 6],
			[4, 8],
			[7, 10]
		] as const;
		for (const [from, to] of stays) env.call(from, () => desk.seize(() => env.call(to - from, () => desk.free())));
		for (let now = 1; env.peek() < Infinity; now++) {
			env.run(now);
			area += desk.count;
		}
		expect(env.now).toBe(11);
		expect([area / 10, stays.length / 10, area / stays.length]).toEqual([1.8, 0.5, 3.6]);
	});
});

test('processes and callbacks with the same draws give the same waits to the last digit', () => {
	const [servers, lambda, mu, customers, seed] = [2, 1.7, 1, 5_000, 9];
	const env = new Environment();
	const desk = new Resource(env, servers);
	const arrivals = deriveStream(seed, 'network', 'arrivals');
	const services = deriveStream(seed, 'station 0', 'services');
	let waited = 0;
	function* customer(): Generator<SimEvent, void, unknown> {
		const at = env.now;
		const length = Math.round(exponential(services, 1 / mu) * TICKS);
		const request = desk.request();
		yield request as SimEvent;
		waited += env.now - at;
		yield env.timeout(length);
		desk.release(request);
	}
	function* source(): Generator<SimEvent, void, unknown> {
		for (let i = 0; i < customers; i++) {
			yield env.timeout(Math.round(exponential(arrivals, TICKS / lambda)));
			env.process(customer());
		}
	}
	env.process(source());
	env.run();
	const stations = [{ servers, service: memoryless(1 / mu) }];
	const { meanWait } = runNetwork({ stations, lambda, customers, warmUp: 0, ticks: TICKS, seed });
	expect(waited / customers / TICKS).toBe(meanWait);
});
