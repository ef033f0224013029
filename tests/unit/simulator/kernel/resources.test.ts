import { describe, expect, test } from 'vitest';
import { Environment, wait } from '../../../../simulator/kernel/environment.ts';
import type { SimEvent } from '../../../../simulator/kernel/event.ts';
import { PriorityResource, Resource } from '../../../../simulator/kernel/resource.ts';
import { Container, Store } from '../../../../simulator/kernel/store.ts';

type Body<R = void> = Generator<SimEvent, R, unknown>;

function* use(env: Environment, resource: Resource, name: string, length: number, log: string[], priority = 0): Body {
	const request = resource.request(priority);
	yield request as SimEvent;
	log.push(`${name} at ${env.now}`);
	yield env.timeout(length);
	resource.release(request);
}

describe('a resource', () => {
	test('serves as many at once as it has units, first come first served', () => {
		const env = new Environment();
		const desk = new Resource(env, 2, 'desk');
		const log: string[] = [];
		for (const name of ['a', 'b', 'c', 'd']) env.process(use(env, desk, name, 10, log), name);
		env.run();
		expect(log).toEqual(['a at 0', 'b at 0', 'c at 10', 'd at 10']);
		expect([desk.count, desk.waiting]).toEqual([0, 0]);
	});

	test('passes over a request that was withdrawn', () => {
		const env = new Environment();
		const desk = new Resource(env, 1);
		const log: string[] = [];
		env.process(use(env, desk, 'a', 10, log));
		function* impatient(): Body<string> {
			const request = desk.request();
			yield env.anyOf([request as SimEvent, env.timeout(3)]);
			if (request.state !== 'waiting') return 'served';
			desk.release(request);
			return `left at ${env.now}`;
		}
		const leaver = env.process(impatient());
		env.process(use(env, desk, 'c', 5, log));
		env.run();
		expect(leaver.value).toBe('left at 3');
		expect(log).toEqual(['a at 0', 'c at 10']);
	});

	test('with priorities serves the lowest number first and equals in their order', () => {
		const env = new Environment();
		const desk = new PriorityResource(env, 1);
		const log: string[] = [];
		env.process(use(env, desk, 'now', 10, log, 5));
		env.process(use(env, desk, 'plain 1', 10, log, 1));
		env.process(use(env, desk, 'plain 2', 10, log, 1));
		env.process(use(env, desk, 'vip', 10, log, 0));
		env.run();
		expect(log).toEqual(['now at 0', 'vip at 10', 'plain 1 at 20', 'plain 2 at 30']);
	});

	test('refuses the release of what is not held, with its name and the time', () => {
		const env = new Environment(7);
		const desk = new Resource(env, 1, 'desk');
		const request = desk.request();
		desk.release(request);
		expect(() => desk.release(request)).toThrow(
			'a unit of desk that is not held was released: the request is released (environment at 7, next release)'
		);
		expect(() => desk.free()).toThrow('a unit of desk that is not held was released (environment at 7, next free)');
		expect(() => new Resource(env, 1, 'other').release(request)).toThrow('a unit of desk was released to other');
	});

	test.each([
		[0, 'the capacity 0 is not above 0'],
		[-1, 'the capacity -1 is not above 0'],
		[NaN, 'the capacity NaN is not above 0'],
		[1.5, 'the capacity 1.5 is not a whole number']
	])('refuses the capacity %s', (capacity, message) => {
		expect(() => new Resource(new Environment(), capacity)).toThrow(message);
	});

	test('is given back at the end of a block with `using`, also by an interrupt and by who gives up waiting', () => {
		const env = new Environment();
		const desk = new Resource(env, 1);
		function* holder(): Body {
			using request = desk.request();
			yield request;
			yield env.timeout(10);
		}
		function* impatient(): Body {
			using request = desk.request();
			yield env.anyOf([request, env.timeout(2)]);
		}
		const first = env.process(holder());
		first.listen((event) => (event.defused = true));
		env.process(impatient());
		env.run(1);
		expect([desk.count, desk.waiting]).toEqual([1, 1]);
		env.run(3);
		expect([desk.count, desk.waiting]).toEqual([1, 0]);
		first.interrupt();
		env.run();
		expect([desk.count, desk.waiting]).toEqual([0, 0]);
	});

	test('serves a long line in order while others leave it', () => {
		const env = new Environment();
		const desk = new Resource(env, 1);
		const served: number[] = [];
		desk.seize(() => env.call(1, () => desk.free()));
		for (let i = 0; i < 1_000; i++) {
			const request = desk.request();
			request.listen(() => {
				served.push(i);
				env.call(1, () => desk.release(request));
			});
			if (i % 3 === 0) desk.release(request);
		}
		env.run();
		expect(served).toEqual(Array.from({ length: 1_000 }, (_, i) => i).filter((i) => i % 3 !== 0));
		expect([desk.count, desk.waiting]).toEqual([0, 0]);
	});

	test('callbacks and requests share one line', () => {
		const env = new Environment();
		const desk = new Resource(env, 1);
		const log: string[] = [];
		desk.seize(() => env.call(4, () => desk.free()));
		env.process(use(env, desk, 'process', 1, log));
		env.run(1);
		desk.seize(() => {
			log.push(`callback at ${env.now}`);
			desk.free();
		});
		env.run();
		expect(log).toEqual(['process at 4', 'callback at 5']);
	});

	test('tells its observer of every change, before the one who gained goes on', () => {
		const env = new Environment();
		const desk = new Resource(env, 1);
		const seen: string[] = [];
		desk.observer = ({ count, waiting }) => seen.push(`${env.now}: ${count} + ${waiting}`);
		desk.seize(() => env.call(4, () => desk.free()));
		const impatient = desk.request();
		desk.seize(() => {
			seen.push('granted');
			desk.free();
		});
		env.call(2, () => desk.release(impatient));
		env.run();
		expect(seen).toEqual(['0: 1 + 0', '0: 1 + 1', '0: 1 + 2', '2: 1 + 1', '4: 1 + 0', 'granted', '4: 0 + 0']);
	});
});

describe('a container', () => {
	test('makes takers wait for enough and putters for room', () => {
		const env = new Environment();
		const tank = new Container(env, 10, 2, 'tank');
		const log: string[] = [];
		tank.get(5).listen(() => log.push(`taken at ${env.now}`));
		env.call(3, () => tank.put(8).listen(() => log.push(`put at ${env.now}`)));
		env.call(4, () => tank.put(9).listen(() => log.push(`big put at ${env.now}`)));
		env.call(6, () => tank.get(5));
		env.run();
		expect(log).toEqual(['put at 3', 'taken at 3', 'big put at 6']);
		expect(tank.level).toBe(9);
	});

	test('lets the next pass when the first has withdrawn', () => {
		const env = new Environment();
		const tank = new Container(env, 10, 2, 'tank');
		const big = tank.get(9);
		const small = tank.get(1);
		env.call(1, () => {
			big.cancel();
			tank.put(1);
		});
		env.run();
		expect([big.triggered, small.processed, tank.level]).toEqual([false, true, 2]);
	});

	test('refuses amounts that can never fit', () => {
		const tank = new Container(new Environment(), 10);
		expect(() => tank.put(11)).toThrow('at most 10');
		expect(() => tank.get(0)).toThrow('the amount 0 is not above 0');
	});
});

describe('a store', () => {
	test('hands things out in order, or the first one that is wanted', () => {
		const env = new Environment();
		const shelf = new Store<string>(env);
		function* taker(): Body<string[]> {
			const blue = yield* wait(shelf.get((item) => item.startsWith('blue')));
			const any = yield* wait(shelf.get());
			return [blue, any];
		}
		const process = env.process(taker());
		for (const item of ['red 1', 'blue 1', 'blue 2']) shelf.put(item);
		expect(env.run(process)).toEqual(['blue 1', 'red 1']);
		expect(shelf.items).toEqual(['blue 2']);
	});

	test('gives nothing to who has stopped waiting', () => {
		const env = new Environment();
		const shelf = new Store<string>(env);
		function* impatient(): Body<string> {
			const get = shelf.get();
			yield env.anyOf([get, env.timeout(3)]);
			if (get.triggered) return get.value;
			get.cancel();
			return 'left';
		}
		const process = env.process(impatient());
		env.call(5, () => shelf.put('late'));
		expect(env.run(process)).toBe('left');
		env.run();
		expect(shelf.items).toEqual(['late']);
	});

	test('hands items over at once when it holds one and three wait on each side', () => {
		const env = new Environment();
		const shelf = new Store<number>(env, 1);
		const got: number[] = [];
		for (const item of [1, 2, 3, 4]) shelf.put(item);
		for (let i = 0; i < 4; i++) shelf.get().listen((get) => got.push(get.value as number));
		env.run();
		expect(got).toEqual([1, 2, 3, 4]);
		expect(shelf.items).toEqual([]);
	});

	test('that is full makes putters wait', () => {
		const env = new Environment();
		const shelf = new Store<number>(env, 1);
		shelf.put(1);
		const second = shelf.put(2);
		env.run();
		expect(second.triggered).toBe(false);
		shelf.get();
		env.run();
		expect(second.processed).toBe(true);
	});
});
