import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { Activity } from '../../../../simulator/kernel/process.ts';
import { Resource } from '../../../../simulator/kernel/resource.ts';
import { Batcher } from '../../../../simulator/patterns/batcher.ts';
import { atMost, balks, patiently } from '../../../../simulator/patterns/joining.ts';
import { exponential } from '../../../../simulator/random/continuous.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { acrossReplications } from '../../../../simulator/statistics/interval.ts';
import { watch } from '../../../../simulator/statistics/watch.ts';

const TICKS = 10_000;

/** Customers for a time of 4,000 services at one desk; answers the mean number in the system. */
function queue(
	replication: number,
	lambda: number,
	reluctance: (n: number) => number
): { inSystem: number; lost: number } {
	const env = new Environment();
	const desk = new Resource(env, 1, 'desk');
	const stream = (purpose: string) => deriveStream(21, 'queue', purpose, replication);
	const [gaps, services, minds] = [stream('gaps'), stream('services'), stream('minds')];
	const watched = watch(desk);
	let [came, lost] = [0, 0];
	const arrive = (): void => {
		env.call(Math.round(exponential(gaps, TICKS / lambda)), arrive);
		came++;
		const service = Math.round(exponential(services, TICKS));
		if (balks(desk, ({ waiting, count }) => reluctance(waiting + count), minds)) lost++;
		else desk.seize(() => env.call(service, () => desk.free()));
	};
	arrive();
	env.run(4_000 * TICKS);
	return { inSystem: watched.inUse.mean(env.now) + watched.waiting.mean(env.now), lost: lost / came };
}

/** Fifteen replications inside the 99 % interval around theory. */
function holds(values: number[], theory: number): void {
	const { mean, halfWidth } = acrossReplications(values, 0.99);
	expect(Math.abs(mean - theory)).toBeLessThan(halfWidth);
}

describe('balking', () => {
	const runs = Array.from({ length: 15 }, (_, replication) => replication);

	test('at a full room loses what the Erlang formula of M/M/1/K says', () => {
		const [rho, k] = [0.8, 4];
		const theory = ((1 - rho) * rho ** k) / (1 - rho ** (k + 1));
		holds(
			runs.map((run) => queue(run, rho, (n) => (n >= k ? 1 : 0)).lost),
			theory
		);
	});

	test('by discouragement leaves a Poisson number in the system', () => {
		holds(
			runs.map((run) => queue(run, 1.5, (n) => n / (n + 1)).inSystem),
			1.5
		);
	});

	test('can be told how many may wait', () => {
		const env = new Environment();
		const desk = new Resource(env, 1);
		const stream = deriveStream(1, 'a', 'b');
		const joined = [1, 2, 3, 4].filter(() => {
			if (balks(desk, atMost(2), stream)) return false;
			desk.request();
			return true;
		});
		expect(joined).toEqual([1, 2, 3]);
	});
});

describe('reneging', () => {
	function visit(patience: number): { log: string[]; desk: Resource; env: Environment } {
		const env = new Environment();
		const desk = new Resource(env, 1, 'desk');
		const log: string[] = [];
		function* customer(name: string, wait: number): Activity {
			const request = desk.request();
			if (!(yield* patiently(request, wait))) {
				log.push(`${name} left at ${env.now}`);
				return;
			}
			log.push(`${name} served at ${env.now}`);
			yield env.timeout(10);
			desk.release(request);
		}
		env.process(customer('first', 5));
		env.process(customer('second', patience));
		env.process(customer('third', Infinity));
		return { log, desk, env };
	}

	test('withdraws the request of who gives up', () => {
		const { log, desk, env } = visit(9);
		env.run();
		expect(log).toEqual(['first served at 0', 'second left at 9', 'third served at 10']);
		expect([desk.count, desk.waiting]).toEqual([0, 0]);
	});

	test('counts a unit that comes at the last tick', () => {
		const { log, env } = visit(10);
		env.run();
		expect(log.map((line) => line.split(' ')[0])).toEqual(['first', 'second', 'third']);
		expect(log).not.toContain('second served at 20');
	});
});

describe('a batcher', () => {
	function gather(batching: { size?: number; timeout?: number }, times: number[]): [number, string][] {
		const env = new Environment();
		const gone: [number, string][] = [];
		const batcher = new Batcher<number>(env, { ...batching, release: (items) => gone.push([env.now, items.join()]) });
		times.forEach((time, i) => env.call(time, () => batcher.add(i)));
		env.run();
		return gone;
	}

	test('lets go by size', () => {
		expect(gather({ size: 2 }, [0, 3, 4, 9, 10])).toEqual([
			[3, '0,1'],
			[9, '2,3']
		]);
	});

	test('lets go by the time since the first of a batch', () => {
		expect(gather({ timeout: 5 }, [1, 3, 6, 7])).toEqual(
			[
				[6, '0,1,2'],
				[12, '3']
			].map(([t, b]) => [t, b] as [number, string])
		);
	});

	test('lets go by whichever comes first, and an old time-out does not cut a new batch short', () => {
		expect(gather({ size: 2, timeout: 5 }, [0, 1, 2, 20, 21])).toEqual([
			[1, '0,1'],
			[7, '2'],
			[21, '3,4']
		]);
	});

	test('can be emptied by hand', () => {
		const env = new Environment();
		const gone: number[][] = [];
		const batcher = new Batcher<number>(env, { size: 9, release: (items) => gone.push([...items]) });
		batcher.flush();
		batcher.add(1);
		expect(batcher.pending).toBe(1);
		batcher.flush();
		expect([gone, batcher.pending]).toEqual([[[1]], 0]);
	});

	test('refuses a batch that never or always goes', () => {
		const of = (batching: { size?: number; timeout?: number }) => () =>
			new Batcher(new Environment(), { ...batching, release: () => {} });
		expect(of({})).toThrow('a size or a time-out');
		expect(of({ size: 0 })).toThrow('batch size 0');
		expect(of({ timeout: 1.5 })).toThrow('time-out 1.5');
	});
});
