import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { localDays } from '../../../../simulator/process/local-days.ts';
import { workingClock } from '../../../../simulator/process/working-clock.ts';

const HOUR = 3_600_000;
const day = [9, 10, 11, 12, 13, 14, 15, 16];
const open = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [], holiday: [] };
const days = localDays('Europe/Rome', { holidays: ['2026-04-06'], workdays: ['2026-04-11'] });
const strict = workingClock({ open, closedPace: 0 }, days);
const soft = workingClock({ open, closedPace: 0.02 }, days);
const at = (text: string) => Date.parse(text);
const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') });

describe('the working clock', () => {
	test('stands outside of its hours: what begins at night waits for the morning', () => {
		expect(strict.add(at('2026-03-02T22:00:00+01:00'), HOUR)).toBe(at('2026-03-03T10:00:00+01:00'));
		expect(strict.between(at('2026-03-06T16:00:00+01:00'), at('2026-03-09T10:00:00+01:00'))).toBe(2 * HOUR);
	});

	test('knows holidays, and weekends that are worked', () => {
		expect(strict.between(at('2026-04-06T00:00:00+02:00'), at('2026-04-07T00:00:00+02:00'))).toBe(0);
		expect(strict.between(at('2026-04-11T00:00:00+02:00'), at('2026-04-12T00:00:00+02:00'))).toBe(8 * HOUR);
	});

	test('follows the zone’s clock into summer', () => {
		expect(strict.add(at('2026-03-27T16:30:00+01:00'), HOUR)).toBe(at('2026-03-30T09:30:00+02:00'));
	});

	test.prop([moment, fc.integer({ min: 1, max: 60 * 24 * HOUR })])('adds what lies between', (from, amount) => {
		for (const clock of [strict, soft]) {
			const until = clock.add(from, amount);
			expect(until).toBeGreaterThanOrEqual(from);
			// A moment is a whole ms: at the slow pace that is little work, at full pace one ms.
			expect(Math.abs(clock.between(from, until) - amount)).toBeLessThanOrEqual(2);
		}
	});

	test('runs as the wall’s where nothing is ever open', () => {
		const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [], holiday: [] };
		const from = at('2026-03-02T22:00:00+01:00');
		expect(workingClock({ open: none, closedPace: 0 }, days).add(from, HOUR)).toBe(from + HOUR);
	});
});
