import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { at, Due, OwnTime } from '../../../../simulator/bank/own-time.ts';
import { readProfile } from '../../../../simulator/bank/profile.ts';
import type { World } from '../../../../simulator/bank/world.ts';
import { readFaults } from '../../../../simulator/faults/read-faults.ts';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';

const START = Date.parse('2026-11-20T00:00:00+08:00');
const BRANCHES = 12;

const profiles = ['as-is', 'to-be'].map((name) => {
	const file = `scenarios/profiles/${name}.yaml`;
	return readProfile(readFileSync(file, 'utf8'), file);
});
const everything = 'scenarios/faults/everything.yaml';

/** What a bank tells, without the ids that count it, in an order that is the same for those of one moment. */
function toldBy(seed: number, as: number, ill: boolean, days: number, ahead: boolean): string[] {
	const profile = profiles[as]!;
	const place = {
		start: START,
		branches: createNetwork(seed, BRANCHES, profile),
		sites: profile.sites.names,
		products: profile.stock.products
	};
	const faults = ill ? readFaults(readFileSync(everything, 'utf8'), everything, place) : [];
	const end = START + days * DAY;
	const given = { seed, profile, start: START, branches: BRANCHES, faults };
	const bank = createBank(ahead ? { ...given, undisturbedUntil: end } : given);
	return bank
		.advance(end)
		.map(({ id: _, ...event }) => event.time + JSON.stringify(event))
		.sort();
}

describe('a case that runs ahead of the calendar', () => {
	test('changes nothing of what happens: property over seeds, profiles and faults', () => {
		const run = fc.record({ seed: fc.nat(1e6), as: fc.constantFrom(0, 1), ill: fc.boolean() });
		fc.assert(
			fc.property(run, ({ seed, as, ill }) => {
				expect(toldBy(seed, as, ill, 5, true)).toEqual(toldBy(seed, as, ill, 5, false));
			}),
			{ numRuns: 12 }
		);
	}, 60_000);

	test('tells in the order of time, however the time is sliced', () => {
		const bank = () =>
			createBank({
				seed: 3,
				profile: profiles[1]!,
				start: START,
				branches: BRANCHES,
				undisturbedUntil: START + 3 * DAY
			});
		const whole = bank().advance(START + 3 * DAY);
		const sliced = bank();
		const parts = Array.from({ length: 3 * 50 }, (_, part) => sliced.advance(START + ((part + 1) * DAY) / 50));
		expect(parts.flat()).toEqual(whole);
		const times = whole.map(({ time }) => Date.parse(time));
		expect(times).toEqual(times.toSorted((a, b) => a - b));
	});
});

describe('the clock of one strand', () => {
	const world = (steadyUntil: number) => ({ env: new Environment(100), steadyUntil }) as World;

	test('runs ahead as far as nothing can come between, and meets the calendar where it must', () => {
		const w = world(1_000);
		const seen: number[][] = [];
		const time = new OwnTime(w);
		const note = (): void => void seen.push([time.now, w.env.now]);
		w.env.process(
			(function* () {
				yield* time.pass(50);
				note();
				yield* time.until(400);
				note();
				yield* time.until(300);
				note();
				yield* time.meet();
				note();
				yield* time.pass(600);
				note();
			})()
		);
		w.env.run();
		expect(seen).toEqual([
			[150, 100],
			[400, 100],
			[400, 100],
			[400, 400],
			// At 1,000 something may change, so the calendar has to come along.
			[1_000, 1_000]
		]);
	});

	test('refuses to go back, ahead or not', () => {
		for (const until of [1_000, -Infinity]) expect(() => new OwnTime(world(until)).pass(-1)).toThrow('negative');
	});

	test('does what touches nobody at once where nothing can come between, else at its moment', () => {
		const done = (until: number): number[][] => {
			const w = world(until);
			const seen: number[][] = [];
			at(w, 500, (moment) => seen.push([moment, w.env.now]));
			w.env.run();
			return seen;
		};
		expect([done(1_000), done(500)]).toEqual([[[500, 100]], [[500, 500]]]);
	});

	test('waits for what comes at a moment that is known, is not known yet, or is over', () => {
		const w = world(-Infinity);
		const due = new Due(w, 'parcel');
		const seen: number[] = [];
		const waits = function* () {
			yield* due.wait(new OwnTime(w));
			seen.push(w.env.now);
		};
		w.env.process(waits());
		w.env.call(200, () => due.come(700));
		w.env.call(300, () => void w.env.process(waits()));
		w.env.call(800, () => void w.env.process(waits()));
		w.env.run();
		expect(seen).toEqual([700, 700, 900]);
	});
});
