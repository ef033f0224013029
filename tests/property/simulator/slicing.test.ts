import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import { readProfile } from '../../../simulator/bank/profile.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { DAY, HOUR } from '../../../src/lib/domain/time.ts';

const FILE = 'scenarios/profiles/to-be.yaml';
const profile = readProfile(readFileSync(FILE, 'utf8'), FILE);
const START = Date.parse('2026-11-13T15:30:00+08:00');
const LENGTH = 20 * HOUR;

const text = (events: readonly DomainEvent[]): string => JSON.stringify(events);

describe('a bank', () => {
	test('tells the same story however it is sliced', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 31 - 1 }),
				fc.array(fc.integer({ min: 0, max: LENGTH }), { maxLength: 30 }),
				(seed, cuts) => {
					const options = { seed, profile, start: START, branches: 6 };
					const whole = createBank(options).advance(START + LENGTH);
					const sliced = createBank(options);
					const parts = [...cuts.sort((a, b) => a - b), LENGTH].flatMap((cut) => sliced.advance(START + cut));
					expect(text(parts)).toBe(text(whole));
				}
			),
			{ numRuns: 25 }
		);
	});

	test('reports the same losses whatever the couriers do', () => {
		const reports = (seed: number, delivery: typeof profile.delivery): string => {
			const bank = createBank({ seed, profile: { ...profile, delivery }, start: START, branches: 8 });
			const events = bank.advance(START + 2 * DAY);
			return events
				.filter((event) => event.type === 'com.hotcard.case.reported.v1')
				.map((event) => `${event.time} ${event.subject} ${JSON.stringify(event.data)}`)
				.join('\n');
		};
		const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
		const couriers = fc.record({
			sameCity: fc.double({ min: 0.2, max: 0.7, noNaN: true }),
			locker: fc.double({ min: 0, max: 0.2, noNaN: true }),
			mismatch: fc.double({ min: 0, max: 0.5, noNaN: true }),
			keep: fc.integer({ min: HOUR, max: 4 * DAY }),
			same_city: fc.record({
				mean: fc.integer({ min: HOUR, max: 80 * HOUR }),
				cv: fc.double({ min: 0, max: 2, noNaN: true })
			})
		});
		fc.assert(
			fc.property(seeds, couriers, (seed, { same_city, ...others }) => {
				const times = { ...profile.delivery.times, same_city };
				const usual = reports(seed, profile.delivery);
				expect(usual.length).toBeGreaterThan(1_000);
				expect(reports(seed, { ...profile.delivery, ...others, times })).toBe(usual);
			}),
			{ numRuns: 15 }
		);
	});
});
