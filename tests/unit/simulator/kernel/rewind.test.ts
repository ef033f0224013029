import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { Activity } from '../../../../simulator/kernel/process.ts';
import { Resource } from '../../../../simulator/kernel/resource.ts';
import { Rewindable } from '../../../../simulator/kernel/rewind.ts';
import { exponential } from '../../../../simulator/random/continuous.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';

/** A queue with patience whose trace holds all that happened, to the tick. */
class Queue {
	readonly env = new Environment();
	readonly trace: string[] = [];
	readonly #desk = new Resource(this.env, 2, 'desk');
	readonly #chance;
	#customers = 0;

	constructor(seed: number) {
		this.#chance = deriveStream(seed, 'queue', 'all');
		this.env.process(this.#source());
	}

	/** One more customer at this moment: what somebody might do from outside. */
	send(): void {
		this.env.process(this.#customer(this.#customers++));
	}

	*#source(): Activity {
		for (;;) {
			yield this.env.timeout(Math.round(exponential(this.#chance, 10)));
			this.send();
		}
	}

	*#customer(name: number): Activity {
		using request = this.#desk.request();
		yield this.env.anyOf([request, this.env.timeout(Math.round(exponential(this.#chance, 20)))]);
		this.trace.push(`${this.env.now} ${name} ${request.state}`);
		if (request.state !== 'held') return;
		yield this.env.timeout(Math.round(exponential(this.#chance, 18)));
		this.trace.push(`${this.env.now} ${name} done`);
	}
}

type Command = { go: number } | { act: true } | { back: number } | { follow: number } | { step: number };
const commands = fc.array(
	fc.oneof(
		fc.record({ go: fc.nat({ max: 300 }) }),
		fc.record({ act: fc.constant(true as const) }),
		fc.record({ back: fc.nat({ max: 400 }) }),
		fc.record({ follow: fc.nat({ max: 500 }) }),
		fc.record({ step: fc.nat({ max: 20 }) })
	),
	{ minLength: 8, maxLength: 25 }
);

describe('a run that can be taken back', () => {
	test.prop([fc.nat(), commands], { numRuns: 150 })(
		'has the history of a run that was never taken back, whatever was done on the way',
		(seed, todo: Command[]) => {
			const run = new Rewindable(() => new Queue(seed), [50, 200]);
			let acts: { time: number; processed: number }[] = [];
			for (const command of todo) {
				const { env } = run.present;
				if ('go' in command) env.run(env.now + command.go);
				else if ('step' in command) for (let i = 0; i < command.step; i++) env.step();
				else if ('follow' in command) run.follow(command.follow);
				else if ('act' in command) {
					acts.push({ time: env.now, processed: env.processed });
					run.act((queue) => queue.send());
				} else {
					const time = Math.max(0, env.now - command.back);
					run.rewind(time);
					acts = acts.filter((act) => act.time < time);
					expect(run.present.env.now).toBe(time);
				}
			}
			const end = run.present.env.now + 100;
			run.present.env.run(end);

			const plain = new Queue(seed);
			for (const act of acts) {
				while (plain.env.processed < act.processed) plain.env.step();
				plain.env.run(act.time);
				plain.send();
			}
			plain.env.run(end);
			expect(run.present.trace).toEqual(plain.trace);
			expect(run.present.env.processed).toBe(plain.env.processed);
		}
	);

	test('begins at the nearest spare behind, so that going back costs no more than the way from there', () => {
		let made = 0;
		const run = new Rewindable(() => {
			made++;
			return new Queue(7);
		}, [100, 1_000]);
		run.present.env.run(100_000);
		run.follow();
		expect(made).toBe(3);
		const spare = run.rewind(99_900);
		expect([made, spare.env.now]).toEqual([4, 99_900]);
		const before = spare.env.processed;
		const further = run.rewind(99_500);
		expect(further).not.toBe(spare);
		expect(made).toBe(5);
		expect(before - further.env.processed).toBeLessThan(1_000);
	});

	test('follows in small steps when asked to', () => {
		const run = new Rewindable(() => new Queue(7), [100]);
		run.present.env.run(10_000);
		const made = run.rewind(10_000);
		run.follow(50);
		run.follow(9_000);
		run.rewind(9_060);
		expect(run.present).not.toBe(made);
		expect(run.present.env.now).toBe(9_060);
	});

	test('takes back what was done at the very moment one goes back to, and keeps what was done before', () => {
		const run = new Rewindable(() => new Queue(7), []);
		const sent = (): void => run.act(({ trace }) => trace.push('sent'));
		run.present.env.run(100);
		sent();
		run.present.env.run(200);
		sent();
		expect(run.rewind(200).trace.filter((line) => line === 'sent')).toHaveLength(1);
		expect(run.rewind(100).trace.filter((line) => line === 'sent')).toHaveLength(0);
	});

	test('repeats what was done between two entries of one tick between the same two', () => {
		const make = (): { env: Environment; seen: string[] } => {
			const env = new Environment();
			const seen: string[] = [];
			for (const name of ['a', 'b', 'c']) env.call(5, () => seen.push(name));
			return { env, seen };
		};
		const run = new Rewindable(make, []);
		run.present.env.step();
		run.present.env.step();
		run.act(({ seen }) => seen.push('act'));
		run.present.env.run(10);
		expect(run.rewind(8).seen).toEqual(['a', 'b', 'act', 'c']);
	});

	test('cannot go back to what lies ahead', () => {
		const run = new Rewindable(() => new Queue(7), []);
		expect(() => run.rewind(1)).toThrow('1 lies ahead (environment at 0, next rewind)');
	});

	test('goes back to its beginning at most', () => {
		const run = new Rewindable(() => new Queue(7), []);
		run.present.env.run(10);
		expect(run.rewind(-1).env.now).toBe(0);
	});
});
