import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { Interrupt } from '../../../../simulator/kernel/error.ts';
import { type Place, SimulationError } from '../../../../simulator/kernel/error.ts';
import type { SimEvent } from '../../../../simulator/kernel/event.ts';
import type { Activity } from '../../../../simulator/kernel/process.ts';
import { PriorityResource, Resource } from '../../../../simulator/kernel/resource.ts';
import { Container, Store } from '../../../../simulator/kernel/store.ts';

/** Runs one wrong act of a clerk who has slept for 3 ticks, and answers the error. */
function wrong(act: (env: Environment) => unknown): SimulationError {
	const env = new Environment(100);
	function* clerk(): Activity {
		yield env.timeout(3);
		const next = act(env);
		if (next !== undefined) yield next as SimEvent;
	}
	env.process(clerk(), 'clerk 3');
	try {
		env.run();
	} catch (error) {
		if (error instanceof SimulationError) return error;
		throw error;
	}
	throw new Error('it was allowed');
}

const place = (next: string): Place => ({ entity: 'clerk 3', time: 103, previous: 'timeout of 3', next });
const desk = (env: Environment): Resource => new Resource(env, 1, 'desk');
const GIVEN = { cups: 5 };

describe('misuse is told with the entity, the time, and the activities before and next', () => {
	test.each<[string, (env: Environment) => unknown, string, string]>([
		['a negative delay', (env) => env.timeout(-1), 'the delay -1 is negative', 'timeout of -1'],
		['a fraction of a tick', (env) => env.timeout(0.5), 'the delay 0.5 is not a whole', 'timeout of 0.5'],
		['a delay without an end', (env) => env.timeout(Infinity), 'the delay Infinity is not', 'timeout of Infinity'],
		['a callback in the past', (env) => env.call(-2, () => undefined), 'the delay -2 is negative', 'callback'],
		['a priority that is none', (env) => env.call(1, () => undefined, 32), 'priority 32 is not a whole', 'callback'],
		['a fraction as priority', (env) => env.timeout(1, 0, 0.5), 'priority 0.5 is not a whole', 'timeout of 1'],
		['yielding a number', () => 5, 'yielded 5, which is not an event', 'wait for 5'],
		['yielding null', () => null, 'yielded null, which is not an event', 'wait for null'],
		['yielding an object', () => GIVEN, 'yielded an object, which is not an event', 'wait for an object'],
		[
			'yielding an event of another world',
			() => new Environment().event('letter'),
			'yielded letter, of another environment',
			'wait for letter'
		],
		[
			'a condition on an event of another world',
			(env) => env.anyOf([env.event(), new Environment().event()]),
			'a condition needs events of its own environment',
			'any of'
		],
		[
			'releasing twice',
			(env) => {
				const counter = desk(env);
				const request = counter.request();
				counter.release(request);
				counter.release(request);
			},
			'a unit of desk that is not held was released: the request is released',
			'release'
		],
		[
			'freeing what a request holds',
			(env) => {
				const counter = desk(env);
				counter.request();
				counter.free();
			},
			'a unit of desk that is not held was released',
			'free'
		],
		[
			'releasing nothing',
			(env) => desk(env).release(undefined as never),
			'what was released is not a request',
			'release'
		],
		['releasing an object', (env) => desk(env).release({} as never), 'what was released is not a request', 'release'],
		['a priority that is no number', (env) => desk(env).request(NaN), 'the priority NaN is not', 'request of desk'],
		[
			'a priority in words',
			(env) => new PriorityResource(env, 1, 'desk').request('high' as never),
			'the priority high is not a number',
			'request of desk'
		],
		[
			'a delay past the last tick',
			(env) => env.timeout(2 ** 53 - 1),
			'the delay 9007199254740991 leads past the last tick',
			'timeout of 9007199254740991'
		],
		[
			'a generator that is a process already',
			(env) => {
				const body = (function* (): Activity {
					yield env.timeout(1);
				})();
				env.process(body, 'one');
				env.process(body, 'two');
			},
			'call the generator function, anew for each',
			'start of two'
		],
		['freeing what is free', (env) => desk(env).free(), 'a unit of desk that is not held was released', 'free'],
		[
			'releasing to another',
			(env) => new Resource(env, 1, 'door').release(desk(env).request()),
			'a unit of desk was released to door',
			'release'
		],
		[
			'interrupting oneself',
			(env) => env.running?.interrupt(),
			'process clerk 3 interrupted itself',
			'interrupt of clerk 3'
		],
		['no capacity', (env) => new Resource(env, 0, 'desk'), 'the capacity 0 is not above 0', 'desk'],
		['half a unit', (env) => new Resource(env, 1.5, 'desk'), 'the capacity 1.5 is not a whole number', 'desk'],
		['a store for nothing', (env) => new Store(env, 0), 'the capacity 0 is not above 0', 'store'],
		['a container for nothing', (env) => new Container(env, -1), 'the capacity -1 is not above 0', 'container'],
		['a level above the rim', (env) => new Container(env, 5, 6), 'the level 6 does not fit 5', 'container'],
		[
			'getting more than there can be',
			(env) => new Container(env, 5, 5, 'tank').get(6),
			'the amount 6 is not above 0 and at most 5',
			'get tank'
		],
		[
			'putting more than fits',
			(env) => new Container(env, 5, 0, 'tank').put(6),
			'the amount 6 is not above 0 and at most 5',
			'put tank'
		],
		[
			'withdrawing what was done',
			(env) => new Store<number>(env, 2, 'shelf').put(1).cancel(),
			'what is done or withdrawn cannot be withdrawn',
			'put shelf'
		],
		['triggering twice', (env) => env.event('bell').succeed().succeed(), 'an event was triggered twice', 'bell'],
		['triggering a timeout', (env) => env.timeout(5).succeed(), 'an event was triggered twice', 'timeout of 5'],
		[
			'reading too early',
			(env) => env.event('bell').value,
			'the value of what has not been triggered was read',
			'bell'
		],
		[
			'a function instead of a generator',
			(env) => env.process((() => undefined) as never, 'boy'),
			'a process needs a generator: call the generator function',
			'start of boy'
		],
		['running into the past', (env) => env.run(50), '50 lies in the past', 'run'],
		['running to between ticks', (env) => env.run(110.5), '110.5 is not a whole number of ticks', 'run']
	])('%s', (_, act, message, next) => {
		const error = wrong(act);
		expect(error.message).toContain(message);
		expect(error.place).toEqual(place(next));
		expect(error.message).toContain(`(clerk 3 at 103, after timeout of 3, next ${next})`);
	});

	test('what is wrong outside of processes has no activity before', () => {
		const env = new Environment(7);
		expect(() => env.timeout(-1)).toThrow('the delay -1 is negative (environment at 7, next timeout of -1)');
		expect(() => env.step()).toThrow('nothing is left to do (environment at 7, next step)');
		expect(() => new Environment(0.5)).toThrow('0.5 is not a whole number of ticks (environment at 0.5, next start)');
	});

	test('an error in a callback is placed, named after the function if that has a name, and keeps its cause', () => {
		const env = new Environment();
		const cause = new Error('dropped it');
		function serve(): void {
			throw cause;
		}
		const seen: unknown[] = [];
		const run = (): void => {
			try {
				env.run();
			} catch (error) {
				seen.push((error as Error).message, (error as Error).cause);
			}
		};
		env.call(4, serve);
		run();
		desk(env).seize(() => env.call(1, () => serve()));
		run();
		env.event('bell').succeed().listen(serve);
		run();
		env.event('letter').fail(cause);
		run();
		expect(seen).toEqual([
			'dropped it (environment at 4, next callback serve)',
			cause,
			'dropped it (environment at 5, next callback)',
			cause,
			'dropped it (environment at 5, next bell)',
			cause,
			'dropped it (environment at 5, next letter)',
			cause
		]);
	});

	test('an error in a granted callback is placed with whoever gave the unit', () => {
		const env = new Environment();
		const counter = desk(env);
		counter.seize(() => undefined);
		counter.seize(() => {
			throw new Error('dropped it');
		});
		function* clerk(): Activity {
			yield env.timeout(6);
			counter.free();
		}
		env.process(clerk(), 'clerk 3');
		expect(() => env.run()).toThrow('dropped it (clerk 3 at 6, after timeout of 6, next not reached)');
	});

	test('the clock reaches the last tick, 2^53 - 1, and no further', () => {
		const env = new Environment();
		const last = Number.MAX_SAFE_INTEGER;
		env.call(last, () => undefined);
		env.run();
		expect(env.now).toBe(last);
		expect(() => env.timeout(1)).toThrow('the delay 1 leads past the last tick (environment at 9007199254740991');
		env.timeout(0);
		env.run();
		expect(() => env.run(2 ** 53)).toThrow('is not a whole number of ticks');
	});

	test('a unit that a request holds is not freed, and one that was seized is not released', () => {
		const env = new Environment();
		const counter = new Resource(env, 2, 'counter');
		const request = counter.request();
		counter.seize(() => undefined);
		const waiting = counter.request();
		counter.free();
		expect([counter.count, request.state, waiting.state]).toEqual([2, 'held', 'held']);
		expect(() => counter.free()).toThrow('a unit of counter that is not held was released');
		counter.release(request);
		counter.release(waiting);
		expect(() => counter.free()).toThrow('a unit of counter that is not held was released');
		expect(counter.count).toBe(0);
	});

	test('endless priorities are numbers: the first of all and the last of all', () => {
		const env = new Environment();
		const counter = new PriorityResource(env, 1);
		counter.request();
		const [last, first] = [counter.request(Infinity), counter.request(-Infinity)];
		expect([last.priority, first.priority]).toEqual([Infinity, -Infinity]);
	});

	test('in its first step a process has only started', () => {
		const env = new Environment();
		function* hasty(): Activity {
			yield env.timeout(-1);
		}
		env.process(hasty(), 'hasty');
		expect(() => env.run()).toThrow('(hasty at 0, after start, next timeout of -1)');
	});

	test('a refused trigger leaves the event as it was', () => {
		const env = new Environment();
		const bell = env.event<number>('bell');
		expect(() => bell.succeed(1, 99)).toThrow('priority 99');
		expect(bell.triggered).toBe(false);
		bell.succeed(2);
		env.run();
		expect(bell.value).toBe(2);
	});

	test('an interrupt nobody caught keeps its place and its cause, and is not taken for an own one', () => {
		const env = new Environment();
		function* child(): Activity {
			yield env.timeout(9);
		}
		const victim = env.process(child(), 'child');
		function* parent(): Activity<unknown> {
			try {
				yield victim;
			} catch (error) {
				return error;
			}
			return undefined;
		}
		const watching = env.process(parent(), 'parent');
		env.call(4, () => victim.interrupt('fire'));
		const error = env.run(watching) as SimulationError;
		expect(error.place).toEqual({ entity: 'child', time: 4, previous: 'timeout of 9', next: 'not reached' });
		expect(error.message).toContain('interrupted: fire');
		expect((error.cause as Interrupt).cause).toBe('fire');
	});
});
