import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { Activity } from '../../../../simulator/kernel/process.ts';
import { Resource } from '../../../../simulator/kernel/resource.ts';
import { Machine } from '../../../../simulator/patterns/machine.ts';
import { exponential } from '../../../../simulator/random/continuous.ts';
import { deriveStream, type Stream } from '../../../../simulator/random/stream.ts';
import { acrossReplications } from '../../../../simulator/statistics/interval.ts';
import { Tally } from '../../../../simulator/statistics/tally.ts';

const from =
	(...values: number[]) =>
	() =>
		values.shift() ?? 1e9;

/** Notes when each of several works ends. */
function working(machine: Machine, env: Environment, ...works: number[]): number[] {
	const ends: number[] = [];
	function* job(): Activity {
		for (const ticks of works) {
			yield* machine.work(ticks);
			ends.push(env.now);
		}
	}
	env.process(job(), 'job');
	return ends;
}

describe('a machine that ages in use', () => {
	test('fails after so much work, however long it rests, and goes on where it stopped', () => {
		const env = new Environment();
		const machine = new Machine(env, { life: from(30, 50), repair: from(7, 3), ages: 'in use' });
		const ends: number[] = [];
		function* job(): Activity {
			yield* machine.work(20);
			yield env.timeout(1_000);
			yield* machine.work(100);
			ends.push(env.now);
		}
		env.process(job());
		env.run(1_032);
		expect(machine.up).toBe(false);
		env.run();
		expect(ends).toEqual([20 + 1_000 + 100 + 7 + 3]);
		expect(machine).toMatchObject({ failures: 2, downtime: 10, up: true });
	});

	test('gives the wait of vector mg1_breakdowns', () => {
		const waits = Array.from({ length: 20 }, (_, replication) => breakdownQueue(replication));
		const { mean, halfWidth } = acrossReplications(waits, 0.99);
		expect(Math.abs(mean - 1.4555555555555555)).toBeLessThan(halfWidth);
		expect(halfWidth).toBeLessThan(0.2);
	});
});

/** M/M/1 at λ = 0.5 with breakdowns at 0.1 of working time, repairs of mean 1; mean wait in services. */
function breakdownQueue(replication: number): number {
	const TICKS = 10_000;
	const env = new Environment();
	const stream = (purpose: string): Stream => deriveStream(31, 'queue', purpose, replication);
	const [gaps, services, lives, repairs] = [stream('gaps'), stream('services'), stream('lives'), stream('repairs')];
	const machine = new Machine(env, {
		life: () => exponential(lives, 10 * TICKS),
		repair: () => exponential(repairs, TICKS),
		ages: 'in use'
	});
	const desk = new Resource(env, 1, 'desk');
	const waits = new Tally();
	function* customer(service: number): Activity {
		const request = desk.request();
		yield request;
		if (env.now > 200 * TICKS) waits.record((env.now - request.madeAt) / TICKS);
		yield* machine.work(service);
		desk.release(request);
	}
	const arrive = (): void => {
		env.call(Math.round(exponential(gaps, 2 * TICKS)), arrive);
		env.process(customer(Math.round(exponential(services, TICKS))), 'customer');
	};
	arrive();
	env.run(6_000 * TICKS);
	return waits.mean;
}

describe('a machine that ages always', () => {
	test('fails by the calendar, interrupts work and lets it go on after the repair', () => {
		const env = new Environment();
		const machine = new Machine(env, { life: from(10, 25), repair: from(5, 4), ages: 'always' });
		const ends = working(machine, env, 12, 8, 15);
		env.run(1_000);
		// Down from 10 to 15 and from 40 to 44.
		expect(ends).toEqual([17, 25, 40]);
		expect(machine).toMatchObject({ failures: 2, downtime: 9 });
	});

	test('does not begin work while it is down', () => {
		const env = new Environment();
		const machine = new Machine(env, { life: from(1), repair: from(50), ages: 'always' });
		const ends: number[] = [];
		function* later(): Activity {
			yield env.timeout(20);
			yield* machine.work(5);
			ends.push(env.now);
		}
		env.process(later());
		env.run(1_000);
		expect(ends).toEqual([56]);
	});

	test('is up as large a share of time as its life has in a cycle', () => {
		const shares = Array.from({ length: 20 }, (_, replication) => {
			const env = new Environment();
			const lives = deriveStream(1, 'machine', 'life', replication);
			const repairs = deriveStream(1, 'machine', 'repair', replication);
			const machine = new Machine(env, {
				life: () => exponential(lives, 9_000),
				repair: () => exponential(repairs, 1_000),
				ages: 'always'
			});
			env.run(5_000_000);
			return 1 - machine.downtime / env.now;
		});
		const { mean, halfWidth } = acrossReplications(shares, 0.99);
		expect(Math.abs(mean - 0.9)).toBeLessThan(halfWidth);
	});
});

test('machines that share a crew wait for it', () => {
	const env = new Environment();
	const crew = new Resource(env, 1, 'crew');
	const machines = ['a', 'b'].map(
		(name) => new Machine(env, { life: from(10), repair: from(100), ages: 'always', crew }, name)
	);
	env.run(1_000);
	expect(machines.map(({ downtime }) => downtime)).toEqual([100, 200]);
	expect(crew.count).toBe(0);
});
