import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { Interrupt } from '../../../../simulator/kernel/error.ts';
import type { Activity } from '../../../../simulator/kernel/process.ts';
import { PreemptiveResource, Request } from '../../../../simulator/kernel/resource.ts';

interface World {
	env: Environment;
	desk: PreemptiveResource;
	log: string[];
}

function world(capacity = 1): World {
	const env = new Environment();
	return { env, desk: new PreemptiveResource(env, capacity, 'desk'), log: [] };
}

/** Comes at a time, works until all is done, and asks again whenever it is ousted. */
function* worker({ env, desk, log }: World, name: string, at: number, priority: number, length: number): Activity {
	yield env.timeout(at);
	for (let left = length; left > 0;) {
		using request = desk.request(priority);
		try {
			yield request;
			log.push(`${name} begins at ${env.now}`);
			yield env.timeout(left);
			left = 0;
		} catch (error) {
			if (!(error instanceof Interrupt && error.cause instanceof Request)) throw error;
			const { by, since, resource } = error.cause;
			log.push(`${name} ousted at ${env.now} by ${by?.name ?? 'nobody'} from ${resource.name}, had it since ${since}`);
			left -= env.now - since;
		}
	}
	log.push(`${name} done at ${env.now}`);
}

function start(world: World, name: string, at: number, priority: number, length: number): void {
	world.env.process(worker(world, name, at, priority, length), name);
}

describe('a preemptive resource', () => {
	test('ousts the less urgent, who learns by whom, since when and from what, and may ask again', () => {
		const w = world();
		start(w, 'plain', 2, 1, 10);
		start(w, 'vip', 5, 0, 3);
		w.env.run();
		expect(w.log).toEqual([
			'plain begins at 2',
			'plain ousted at 5 by vip from desk, had it since 2',
			'vip begins at 5',
			'vip done at 8',
			'plain begins at 8',
			'plain done at 15'
		]);
		expect([w.desk.count, w.desk.waiting]).toEqual([0, 0]);
	});

	test('never ousts an equal', () => {
		const w = world();
		start(w, 'first', 0, 1, 10);
		start(w, 'second', 1, 1, 1);
		w.env.run();
		expect(w.log).toEqual(['first begins at 0', 'first done at 10', 'second begins at 10', 'second done at 11']);
	});

	test('ousts the least urgent, and of equals the one that came last', () => {
		const w = world(3);
		start(w, 'older', 0, 2, 10);
		start(w, 'newer', 1, 2, 10);
		start(w, 'better', 2, 1, 20);
		start(w, 'vip', 3, 0, 20);
		start(w, 'second vip', 4, 0, 20);
		start(w, 'third vip', 5, 0, 20);
		w.env.run(6);
		expect(w.log.filter((line) => line.includes('ousted'))).toEqual([
			'newer ousted at 3 by vip from desk, had it since 1',
			'older ousted at 4 by second vip from desk, had it since 0',
			'better ousted at 5 by third vip from desk, had it since 2'
		]);
	});

	test('does not oust for a request that asks not to, nor for one that stands behind such a request', () => {
		const { env, desk, log } = world();
		function* holder(): Activity {
			using request = desk.request(5);
			yield request;
			yield env.timeout(10);
			log.push(`holder done at ${env.now}`);
		}
		function* polite(priority: number, preempt: boolean): Activity {
			yield env.timeout(1);
			using request = desk.request(priority, preempt);
			yield request;
			log.push(`${priority} at ${env.now}`);
		}
		env.process(holder());
		env.process(polite(0, false));
		env.process(polite(1, true));
		env.run();
		expect(log).toEqual(['holder done at 10', '0 at 10', '1 at 10']);
	});

	test('leaves those alone that cannot be interrupted: callbacks, requests of no process, processes that ended', () => {
		const { env, desk, log } = world(3);
		desk.seize(() => env.call(50, () => desk.free()));
		const loose = desk.request(9);
		function* forgetful(): Activity {
			yield desk.request(9);
		}
		env.process(forgetful(), 'forgetful');
		env.run(1);
		const urgent = desk.request(0);
		urgent.listen(() => log.push(`urgent at ${env.now}`));
		env.run();
		expect(log).toEqual(['urgent at 50']);
		expect(loose.state).toBe('held');
	});

	test('ousts even the one that got its unit at this very tick and has not gone on', () => {
		const w = world();
		start(w, 'plain', 0, 1, 4);
		start(w, 'vip', 0, 0, 3);
		w.env.run();
		expect(w.log).toEqual([
			'plain ousted at 0 by vip from desk, had it since 0',
			'vip begins at 0',
			'vip done at 3',
			'plain begins at 3',
			'plain done at 7'
		]);
	});

	test('takes the release of a lost request once, and refuses the second', () => {
		const { env, desk } = world();
		function* careful(): Activity {
			const request = desk.request(1);
			try {
				yield request;
				yield env.timeout(10);
			} catch (error) {
				if (!(error instanceof Interrupt)) throw error;
			} finally {
				desk.release(request);
			}
			desk.release(request);
		}
		env.process(careful(), 'careful');
		env.call(3, () => desk.request(0));
		expect(() => env.run()).toThrow(
			'not held was released: the request is released (careful at 3, after timeout of 10'
		);
	});

	test('tells its observer the same count before and after', () => {
		const w = world();
		const counts: string[] = [];
		w.desk.observer = ({ count, waiting }) => counts.push(`${w.env.now}: ${count} + ${waiting}`);
		start(w, 'plain', 0, 1, 4);
		start(w, 'vip', 1, 0, 3);
		w.env.run();
		expect(counts).toEqual(['0: 1 + 0', '1: 1 + 1', '1: 1 + 0', '1: 1 + 1', '4: 1 + 0', '7: 0 + 0']);
	});
});
