import { describe, expect, test } from 'vitest';
import { Environment, wait } from '../../../../simulator/kernel/environment.ts';
import { SimulationError } from '../../../../simulator/kernel/error.ts';
import { type SimEvent, URGENT } from '../../../../simulator/kernel/event.ts';

type Body<R = void> = Generator<SimEvent, R, unknown>;

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

function caught(action: () => void): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return undefined;
}
