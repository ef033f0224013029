import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Environment, wait } from '../../../../simulator/kernel/environment.ts';
import { SimulationError } from '../../../../simulator/kernel/error.ts';
import { LATE, NORMAL, type SimEvent, URGENT } from '../../../../simulator/kernel/event.ts';

type Body<R = void> = Generator<SimEvent, R, unknown>;
type World = Pick<Environment, 'call' | 'run'>;

/** The ordering rule, as plainly as it can be written. */
class PlainWorld implements World {
	#now = 0;
	#entries: { time: number; priority: number; entry: () => void }[] = [];

	call(delay: number, entry: () => void, priority = NORMAL): void {
		this.#entries.push({ time: this.#now + delay, priority, entry });
	}

	run(until: number): void {
		for (;;) {
			const [first] = this.#entries.toSorted((a, b) => a.time - b.time || a.priority - b.priority);
			if (first === undefined || first.time >= until) break;
			this.#entries.splice(this.#entries.indexOf(first), 1);
			this.#now = first.time;
			first.entry();
		}
		this.#now = until;
	}
}

describe('the calendar', () => {
	test('executes by time, then priority, then the order of entering', () => {
		const env = new Environment();
		const seen: string[] = [];
		env.call(5, () => seen.push('late at 5'), LATE);
		env.call(5, () => seen.push('first at 5'), NORMAL);
		env.call(5, () => seen.push('second at 5'), NORMAL);
		env.call(5, () => seen.push('urgent at 5'), URGENT);
		env.call(2, () => seen.push('at 2'));
		env.run();
		expect(seen).toEqual(['at 2', 'urgent at 5', 'first at 5', 'second at 5', 'late at 5']);
		expect(env.now).toBe(5);
	});

	test('leaves entries at the limit for the next run and moves the clock to the limit', () => {
		const env = new Environment();
		const seen: number[] = [];
		for (const at of [1, 2, 3]) env.call(at, () => seen.push(at));
		env.run(2);
		expect([seen, env.now, env.peek()]).toEqual([[1], 2, 2]);
		env.run(10);
		expect([seen, env.now, env.peek()]).toEqual([[1, 2, 3], 10, Infinity]);
	});

	test('goes one entry at a time with step', () => {
		const env = new Environment();
		env.timeout(3);
		env.timeout(7);
		env.step();
		expect(env.now).toBe(3);
		env.step();
		expect(env.now).toBe(7);
		expect(() => env.step()).toThrow('nothing is left to do');
	});

	test.each([
		[-1, 'negative'],
		[0.5, 'not a whole number of ticks'],
		[NaN, 'not a whole number of ticks']
	])('refuses the delay %s', (delay, message) => {
		const env = new Environment();
		expect(() => env.timeout(delay)).toThrow(message);
	});

	test('refuses to run into the past', () => {
		const env = new Environment(100);
		expect(() => env.run(50)).toThrow('50 lies in the past');
	});

	test.prop([
		fc.array(fc.record({ delay: fc.nat({ max: 2 }), priority: fc.nat({ max: 2 }), more: fc.nat({ max: 3 }) }), {
			minLength: 20,
			maxLength: 80
		}),
		fc.array(fc.nat({ max: 40 }), { maxLength: 4 })
	])(
		'is the order of a plain list sorted by (time, priority, sequence), entered when and run how it may',
		(plan, cuts) => {
			const play = (world: World): number[] => {
				const seen: number[] = [];
				let entered = 0;
				const enter = (count: number): void => {
					for (; count > 0 && entered < plan.length; count--) {
						const { delay, priority, more } = plan[entered] as (typeof plan)[number];
						const name = entered++;
						world.call(
							delay,
							() => {
								seen.push(name);
								enter(more);
							},
							priority
						);
					}
				};
				enter(5);
				for (const cut of [...cuts.sort((a, b) => a - b), 1_000]) {
					world.run(cut);
					enter(1);
				}
				world.run(2_000);
				return seen;
			};
			expect(play(new Environment())).toEqual(play(new PlainWorld()));
		}
	);

	test('keeps thousands of entries in order', () => {
		const env = new Environment();
		const seen: number[] = [];
		for (let i = 0; i < 5_000; i++) env.call((i * 7_919) % 10_007, () => seen.push(env.now));
		env.run();
		expect(seen).toHaveLength(5_000);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
	});
});

describe('a trace', () => {
	test('sees every entry with its time, right before it is executed', () => {
		const env = new Environment();
		const seen: string[] = [];
		env.trace = (time, entry) => seen.push(`${time} ${typeof entry === 'function' ? 'callback' : String(entry)}`);
		function* walker(): Body {
			yield env.timeout(2);
			seen.push('arrives');
		}
		env.process(walker(), 'walker');
		env.call(3, () => undefined);
		env.run();
		expect(seen).toEqual(['0 process walker', '2 timeout of 2', 'arrives', '2 process walker', '3 callback']);
		expect(env.processed).toBe(4);
	});
});

describe('a process', () => {
	test('sleeps for its timeouts and returns a value', () => {
		const env = new Environment();
		function* walker(): Body<string> {
			yield env.timeout(3);
			const word = yield* wait(env.timeout(4, 'home'));
			return `${word} at ${env.now}`;
		}
		expect(env.run(env.process(walker()))).toBe('home at 7');
	});

	test('waits for another process and goes on at once with one that has ended', () => {
		const env = new Environment();
		function* child(): Body<number> {
			yield env.timeout(5);
			return 42;
		}
		function* parent(): Body<number[]> {
			const process = env.process(child());
			const first = yield* wait(process);
			yield env.timeout(1);
			const again = yield* wait(process);
			return [first, again, env.now];
		}
		expect(env.run(env.process(parent()))).toEqual([42, 42, 6]);
	});

	test('gets the error of a failed event thrown and may catch it', () => {
		const env = new Environment();
		const event = env.event();
		function* careful(): Body<string> {
			try {
				yield event as SimEvent;
			} catch (error) {
				return (error as Error).message;
			}
			return 'nothing';
		}
		const process = env.process(careful());
		env.call(2, () => event.fail(new Error('broken')));
		expect(env.run(process)).toBe('broken');
	});

	test('waits for a hundred thousand events that have happened without a deep stack', () => {
		const env = new Environment();
		const past = env.timeout(0);
		function* patient(): Body<number> {
			for (let i = 0; i < 100_000; i++) yield past;
			return env.now;
		}
		expect(env.run(env.process(patient()))).toBe(0);
	});

	test('that fails unheard stops the run and says who, when and after what', () => {
		const env = new Environment();
		function* clumsy(): Body {
			yield env.timeout(9);
			throw new Error('dropped it');
		}
		env.process(clumsy(), 'clerk 3');
		const failure = caught(() => env.run());
		expect(failure).toBeInstanceOf(SimulationError);
		expect((failure as SimulationError).place).toEqual({
			entity: 'clerk 3',
			time: 9,
			previous: 'timeout of 9',
			next: 'not reached'
		});
		expect((failure as Error).message).toContain('dropped it');
	});

	test('that yields rubbish is told so', () => {
		const env = new Environment();
		function* confused(): Generator<SimEvent, void, unknown> {
			yield 5 as unknown as SimEvent;
		}
		env.process(confused(), 'confused');
		expect(() => env.run()).toThrow('yielded 5, which is not an event (confused at 0');
	});

	test('needs a generator, not a generator function', () => {
		const env = new Environment();
		function* body(): Body {
			yield env.timeout(1);
		}
		expect(() => env.process(body as unknown as Body)).toThrow('call the generator function');
	});

	test('refuses an event of another world', () => {
		const env = new Environment();
		const other = new Environment();
		function* lost(): Body {
			yield other.timeout(1);
		}
		env.process(lost(), 'lost');
		expect(() => env.run()).toThrow('another environment');
	});
});

describe('an interrupt', () => {
	test('reaches the process at its tick, before anything else that is due', () => {
		const env = new Environment();
		const seen: string[] = [];
		function* sleeper(): Body {
			try {
				yield env.timeout(10);
				seen.push('slept');
			} catch (error) {
				seen.push(`${(error as Error).message} at ${env.now}`);
			}
		}
		const process = env.process(sleeper(), 'sleeper');
		env.call(4, () => process.interrupt('fire'));
		env.run();
		expect(seen).toEqual(['interrupted: fire at 4']);
		expect(env.now).toBe(10);
	});

	test('lets the process take up the same wait again', () => {
		const env = new Environment();
		function* worker(): Body<number> {
			const job = env.timeout(10);
			try {
				yield job;
			} catch {
				yield env.timeout(1);
				yield job;
			}
			return env.now;
		}
		const process = env.process(worker());
		env.call(3, () => process.interrupt());
		expect(env.run(process)).toBe(10);
	});

	test('that comes when another has just ended the process, at the same tick, is forgotten', () => {
		const env = new Environment();
		const seen: string[] = [];
		function* victim(): Body {
			yield env.timeout(5);
			seen.push('ended');
		}
		const process = env.process(victim());
		env.call(5, () => process.interrupt('first'), URGENT);
		env.call(5, () => process.interrupt('second'), URGENT);
		expect(() => env.run()).toThrow('interrupted: first');
		env.run();
		expect([seen, process.alive]).toEqual([[], false]);
	});

	test('takes the process off what it waited for, whoever else waits for that', () => {
		const env = new Environment();
		const bell = env.event('bell');
		const log: string[] = [];
		function* sleeper(name: string): Body {
			try {
				yield bell;
				log.push(`${name} heard the bell`);
			} catch {
				yield env.timeout(10);
				log.push(`${name} slept until ${env.now}`);
			}
		}
		const [, second] = ['a', 'b', 'c'].map((name) => env.process(sleeper(name), name));
		env.call(1, () => second?.interrupt());
		env.call(2, () => bell.succeed());
		env.run();
		expect(log).toEqual(['a heard the bell', 'c heard the bell', 'b slept until 11']);
	});

	test('of a process that has ended is refused', () => {
		const env = new Environment();
		function* short(): Body {
			yield env.timeout(1);
		}
		const process = env.process(short(), 'short');
		env.run();
		expect(() => process.interrupt()).toThrow('after its end');
	});
});

describe('conditions', () => {
	test('any of: the first to happen', () => {
		const env = new Environment();
		const slow = env.timeout(9);
		const quick = env.timeout(2);
		expect(env.run(env.anyOf([slow, quick]) as SimEvent)).toEqual([quick]);
		expect(env.now).toBe(2);
	});

	test('all of: when the last has happened, in the order given', () => {
		const env = new Environment();
		const slow = env.timeout(9);
		const quick = env.timeout(2);
		expect(env.run(env.allOf([slow, quick]) as SimEvent)).toEqual([slow, quick]);
		expect(env.now).toBe(9);
	});

	test('all of nothing is there at once', () => {
		const env = new Environment();
		expect(env.run(env.allOf([]) as SimEvent)).toEqual([]);
		expect(env.now).toBe(0);
	});

	test('any of: fails with the first that fails, and lets go of the others', () => {
		const env = new Environment();
		const good = env.event('good');
		const bad = env.event('bad');
		const either = env.anyOf([good, bad]);
		env.call(1, () => bad.fail(new Error('broken')));
		expect(() => env.run(either)).toThrow('broken');
		env.call(1, () => good.succeed());
		env.run();
		expect(either.ok).toBe(false);
	});

	test('a failure after any of was met is not swallowed', () => {
		const env = new Environment();
		const bad = env.event('bad');
		env.anyOf([env.timeout(1), bad]);
		env.call(2, () => bad.fail(new Error('broken')));
		expect(() => env.run()).toThrow('broken');
	});

	test('an event is triggered once only', () => {
		const env = new Environment();
		const event = env.event();
		event.succeed();
		expect(() => event.succeed()).toThrow('triggered twice');
	});

	test('waiting for what never comes is an error, not a hang', () => {
		const env = new Environment();
		expect(() => env.run(env.event('a letter') as SimEvent)).toThrow('the awaited event never came');
	});
});

function caught(action: () => void): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return undefined;
}
