import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '#lib/domain/time.ts';
import { diff, merge, NULL_TEXT } from '#lib/protocol/patch.ts';
import { ClosedIds } from '#lib/server/live/closed-ids.ts';
import { cutBatch, decodeBatch } from '#lib/server/live/decode.ts';
import { laneClock } from '#lib/server/live/lane-clock.ts';
import { addSketch, emptySketch, observe, quantile } from '#lib/server/live/sketch.ts';
import { dayStart, hourOfWeek } from '#lib/server/live/slots.ts';
import { shareOf } from '#lib/server/live/views/shares.ts';
import type { LogBatch } from '#lib/server/log/port.ts';

const batchOf = (...lines: string[]): LogBatch => ({
	first: 10,
	count: lines.length,
	lane: 'live',
	recordedAt: 5,
	lines: new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
});

describe('sketches', () => {
	test('quantiles are within 2 % of the exact ones over eleven orders of magnitude', () => {
		for (const p of [0.01, 0.5, 0.9, 0.99, 1]) {
			const sketch = emptySketch();
			const values = Array.from({ length: 1_000 }, (_, i) => Math.exp(i / 40));
			for (const value of values) observe(sketch, value);
			const exact = values[Math.ceil(p * values.length) - 1] as number;
			expect(Math.abs((quantile(sketch, p) as number) / exact - 1)).toBeLessThanOrEqual(0.0201);
		}
	});

	test('two sketches add up to the sketch of all their values', () => {
		const [left, right, whole] = [emptySketch(), emptySketch(), emptySketch()];
		for (let i = 1; i < 500; i += 1) {
			observe(i % 3 === 0 ? left : right, i * i);
			observe(whole, i * i);
		}
		addSketch(left, right);
		for (const p of [0.1, 0.5, 0.9]) expect(quantile(left, p)).toBe(quantile(whole, p));
		expect(left.n).toBe(499);
	});

	test('no observation is unknown, and nothing at all is zero', () => {
		const sketch = emptySketch();
		expect(quantile(sketch, 0.5)).toBeNull();
		observe(sketch, 0);
		expect(quantile(sketch, 0.5)).toBe(0);
	});
});

describe('closed ids', () => {
	test('every id that was added is found, and no other of 20,000, also after a save', () => {
		const ids = new ClosedIds();
		for (let i = 0; i < 20_000; i += 1) ids.add(`case-${i}`);
		const again = new ClosedIds(ids.table());
		expect(again.size).toBe(20_000);
		const numbers = Array.from({ length: 20_000 }, (_, i) => i);
		expect(numbers.filter((i) => !again.has(`case-${i}`))).toEqual([]);
		expect(numbers.filter((i) => again.has(`other-${i}`))).toEqual([]);
	});
});

describe('where the events of a closed case lie', () => {
	test('bounds grow with every event that comes late, and outlast a save', () => {
		const ids = new ClosedIds();
		for (let i = 0; i < 5_000; i += 1) ids.add(`case-${i}`, i * 10, i * 10 + 9);
		ids.add('case-7', 90_000, 90_000);
		const again = new ClosedIds(ids.table());
		for (const known of [ids, again]) {
			expect(known.size).toBe(5_000);
			expect(known.boundsOf('case-6')).toEqual({ first: 60, last: 69 });
			expect(known.boundsOf('case-7')).toEqual({ first: 70, last: 90_000 });
			expect(known.boundsOf('other')).toBeUndefined();
		}
	});

	test('they are anywhere where nobody told, or where the offset is too large to keep', () => {
		const anywhere = { first: 0, last: Number.MAX_SAFE_INTEGER };
		const ids = new ClosedIds();
		ids.add('one');
		const { first = -1, last = -1 } = ids.boundsOf('one') ?? {};
		expect({ first, last }).toEqual(anywhere);
		ids.add('far', 2 ** 33, 2 ** 33 + 5);
		expect(ids.boundsOf('far')).toEqual({ first: 2 ** 32 - 1, last: Number.MAX_SAFE_INTEGER });
	});
});

describe('batches', () => {
	test('lines become events with their offsets', () => {
		const events = decodeBatch(batchOf('{"type":"一"}', '{"type":"b"}'));
		expect(events.map(({ offset, lane, event }) => [offset, lane, event.type])).toEqual([
			[10, 'live', '一'],
			[11, 'live', 'b']
		]);
	});

	test('a cut batch starts at the offset asked for', () => {
		const batch = batchOf('{"type":"一"}', '{"type":"b"}', '{"type":"c"}');
		const rest = cutBatch(batch, 11);
		expect(rest && decodeBatch(rest).map(({ offset, event }) => [offset, event.type])).toEqual([
			[11, 'b'],
			[12, 'c']
		]);
		expect(cutBatch(batch, 13)).toBeUndefined();
		expect(cutBatch(batch, 4)).toBe(batch);
	});

	test('a line that is no JSON names its offset', () => {
		expect(() => decodeBatch(batchOf('{"id":"a"}', '{"id":'))).toThrow(
			expect.objectContaining({ code: 'log-corrupt', place: { entity: 'offset 11' } })
		);
	});
});

describe('time', () => {
	test('days and hours of the week are those of the bank', () => {
		const monday = Date.parse('2026-11-16T00:00:00+08:00');
		expect(dayStart(monday + 5 * HOUR)).toBe(monday);
		expect(dayStart(monday - 1)).toBe(monday - DAY);
		expect(hourOfWeek(monday)).toBe(0);
		expect(hourOfWeek(monday - 1)).toBe(167);
		expect(hourOfWeek(monday + 2 * DAY + 13.5 * HOUR)).toBe(61);
	});

	test('a lane runs as fast as it was told, and live is always the wall clock', () => {
		let wall = 1_000;
		const clock = { now: () => wall, after: () => () => undefined };
		const time = { wallAt: 1_000, laneAt: 50_000, speed: 60 };
		wall = 2_000;
		expect(laneClock(clock, 'demo', time).now()).toBe(110_000);
		expect(laneClock(clock, 'live', time).now()).toBe(2_000);
		expect(laneClock(clock, 'demo', { ...time, speed: 0 }).now()).toBe(50_000);
	});
});

test('a share without a sample is unknown, and its interval lies within 0 and 1', () => {
	expect(shareOf(0, 0)).toBeNull();
	expect(shareOf(10, 10)).toMatchObject({ high: 1, met: 10, n: 10 });
	expect(shareOf(8, 10)?.low).toBeCloseTo(0.4902, 4);
	expect(shareOf(8, 10)?.high).toBeCloseTo(0.9433, 4);
});

test('a patch tells a member that became unknown from one that went away', () => {
	const patch = diff({ a: 1, b: 2, kept: { x: 1 } }, { a: null, kept: { x: 1 } });
	expect(patch).toEqual({ a: NULL_TEXT, b: null });
	const before = { a: 1, b: 2, kept: { x: 1 } };
	const after = merge(before, patch) as typeof before;
	expect(after).toEqual({ a: null, kept: { x: 1 } });
	expect(after.kept).toBe(before.kept);
});
