import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';

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
