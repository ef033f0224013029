import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arrival, arrivals, END, model, type Model, story } from './random-model.ts';

const MODELS = 10_000;
const cut = fc.nat({ max: END });

/** The same past with another future. */
const altered = (coming: readonly Arrival[], other: readonly Arrival[], at: number): Arrival[] => [
	...coming.filter((arrival) => arrival.at <= at),
	...other.filter((arrival) => arrival.at > at)
];

describe('no decision depends on an arrival that is still to come', () => {
	test('of 10,000 random models each tells the same story up to a tick whatever comes after it', () => {
		const seen = { decisions: 0, waits: 0, otherFuture: 0 };
		fc.assert(
			fc.property(model, arrivals, arrivals, cut, (world, coming, other, at) => {
				const changed = altered(coming, other, at);
				const told = story(world, coming, at).join('\n');
				if (told.includes('begins')) seen.decisions++;
				if (/\+[1-9]/.test(told)) seen.waits++;
				if (JSON.stringify(changed) !== JSON.stringify(coming)) seen.otherFuture++;
				expect(story(world, changed, at).join('\n')).toBe(told);
			}),
			{ numRuns: MODELS }
		);
		// What was tried had something to show: decisions before the tick, queues, and a future that was different.
		expect(seen.decisions).toBeGreaterThan(MODELS / 2);
		expect(seen.waits).toBeGreaterThan(MODELS / 10);
		expect(seen.otherFuture).toBeGreaterThan(MODELS / 2);
	});

	test('the check finds a model that cheats, and the smallest of its kind', () => {
		/** Tells beside its story when the next arrival comes. */
		const cheat = (world: Model, coming: readonly Arrival[], at: number): string[] => [
			...story(world, coming, at),
			String(coming.find((arrival) => arrival.at > at)?.at)
		];
		const found = fc.check(
			fc.property(model, arrivals, arrivals, cut, (world, coming, other, at) => {
				expect(cheat(world, altered(coming, other, at), at)).toEqual(cheat(world, coming, at));
			}),
			{ numRuns: 100 }
		);
		expect(found.failed).toBe(true);
		const [, coming, other] = found.counterexample!;
		expect(coming.length + other.length).toBe(1);
	});

	test('what happens later does differ when other customers come', () => {
		const world: Model = {
			...{ seed: 1, resources: [{ capacity: 1, urgent: false }], level: 0, ahead: true },
			scripts: [[{ do: 'use', resource: 0, priority: 0, length: 9 }]]
		};
		const coming = [0, 1, 20].map((at) => ({ at, script: 0 }));
		const other = [{ at: 21, script: 0 }];
		expect(story(world, altered(coming, other, 10), 10)).toEqual(story(world, coming, 10));
		expect(story(world, altered(coming, other, 10), END)).not.toEqual(story(world, coming, END));
	});
});
