import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { Line } from '../../../../simulator/kernel/line.ts';
import { PriorityResource, Resource } from '../../../../simulator/kernel/resource.ts';
import { Container, Store } from '../../../../simulator/kernel/store.ts';

describe('who withdraws', () => {
	test('from the front of a container lets the getters behind have what is there', () => {
		const env = new Environment();
		const tank = new Container(env, 100, 20, 'tank');
		const big = tank.get(50);
		const [small, smaller] = [tank.get(10), tank.get(5)];
		expect(small.triggered).toBe(false);
		big.cancel();
		expect([small.triggered, smaller.triggered, tank.level]).toEqual([true, true, 5]);
		env.run();
		expect(big.processed).toBe(false);
	});

	test('from the front of a container lets the putters behind fill it, and by that getters be served', () => {
		const tank = new Container(new Environment(), 100, 90, 'tank');
		const [big, small] = [tank.put(50), tank.put(10)];
		const get = tank.get(95);
		big.cancel();
		expect([small.triggered, get.triggered, tank.level]).toEqual([true, true, 5]);
	});

	test('from a store leaves everyone else in order', () => {
		const env = new Environment();
		const shelf = new Store<string>(env, 1, 'shelf');
		shelf.put('a');
		const [second, third] = [shelf.put('b'), shelf.put('c')];
		const picky = shelf.get((item) => item === 'z');
		second.cancel();
		picky.cancel();
		expect(() => picky.cancel()).toThrow('what is done or withdrawn cannot be withdrawn');
		shelf.get();
		expect([third.triggered, shelf.items]).toEqual([true, ['c']]);
	});

	test('may be triggered by hand: then it waits no more', () => {
		const shelf = new Store<string>(new Environment(), 1, 'shelf');
		const get = shelf.get();
		get.succeed('a gift');
		shelf.put('tea');
		expect([get.value, shelf.items]).toEqual(['a gift', ['tea']]);
	});
});

/** What of it is still in memory. */
async function alive(things: readonly WeakRef<object>[]): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	// A target stays alive until the job that made its reference has ended.
	await new Promise(setImmediate);
	collect();
	return things.filter((each) => each.deref() !== undefined).length;
}

describe('a line', () => {
	test('holds only those who stand in it, however many have left, from whichever end', () => {
		const line = new Line<{ line: unknown }>();
		const people = Array.from({ length: 1_000 }, () => ({ line: null as unknown }));
		for (const one of people) line.add(one);
		for (const [index, one] of people.toReversed().entries()) if (index % 10 > 0) line.remove(one);
		expect([line.size, line.all.length]).toEqual([100, 100]);
		expect(line.first()).toBe(people[9]);
		expect(people[8]?.line).toBe(null);
	});

	test('lets go of requests that were withdrawn before anyone was served', async () => {
		const desk = new Resource(new Environment(), 1, 'desk');
		const holder = desk.request();
		const gone: WeakRef<object>[] = [];
		const stays = desk.request();
		for (let i = 0; i < 200_000; i++) {
			const request = desk.request();
			if (i % 1_000 === 0) gone.push(new WeakRef(request));
			desk.release(request);
		}
		expect(desk.waiting).toBe(1);
		expect(await alive(gone)).toBeLessThan(2);
		desk.release(holder);
		expect(stays.state).toBe('held');
	});

	test('keeps those who stay among many who leave, in the order of priority', () => {
		const env = new Environment();
		const desk = new PriorityResource(env, 1, 'desk');
		const first = desk.request();
		const requests = Array.from({ length: 5_000 }, (_, i) => desk.request(i % 7));
		for (const [i, request] of requests.entries()) if (i % 50 > 0) desk.release(request);
		expect(desk.waiting).toBe(100);
		const served: number[] = [];
		for (const [i, request] of requests.entries())
			request.listen(() => {
				served.push(i);
				desk.release(request);
			});
		desk.release(first);
		env.run();
		const stayed = [...requests.keys()].filter((i) => i % 50 === 0);
		expect(served).toEqual(stayed.toSorted((a, b) => (a % 7) - (b % 7) || a - b));
	});
});
