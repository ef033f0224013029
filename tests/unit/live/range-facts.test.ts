import { expect, test } from 'vitest';
import { DAY, END_OF_TIME, HOUR } from '../../../src/lib/domain/time.ts';
import { rangeOf } from '../../../src/lib/server/live/views/range-facts.ts';

const NOW = Date.parse('2026-11-18T12:00:00+08:00');
const slots = (from: number, to: number) => {
	const range = rangeOf(NOW, from, to);
	return (range.to - range.from) / range.slot;
};

test('a range of any length that can be asked for has as many slots as a trend can show, and covers all of it', () => {
	for (const length of [1, HOUR, DAY, 14 * DAY, 15 * DAY, 200 * DAY, 201 * DAY, 4_000 * DAY, END_OF_TIME]) {
		const count = slots(0, length);
		expect([length, Number.isInteger(count), count > 0 && count <= 201]).toEqual([length, true, true]);
		expect(rangeOf(NOW, 0, length).to).toBeGreaterThanOrEqual(length);
	}
});

test('a short range keeps its hours, a month its days', () => {
	expect(rangeOf(NOW, NOW - DAY, NOW).slot).toBe(HOUR);
	expect(rangeOf(NOW, NOW - 30 * DAY, NOW).slot).toBe(DAY);
	expect(rangeOf(NOW, NOW - 300 * DAY, NOW).slot).toBe(7 * DAY);
});
