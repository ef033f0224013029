import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCalendar } from '../../../src/lib/domain/sla/working-calendar.ts';
import { DAY, MINUTE } from '../../../src/lib/domain/time.ts';

const text = readFileSync('scenarios/calendars/cn.yaml', 'utf8');
const cn = readCalendar(text, 'cn.yaml');
const split = readCalendar(
	text.replace("mon: ['09:00-17:00']", "mon: ['13:30-18:00', '09:00-12:00']").replace(/zone: .*/, 'zone: 480'),
	'split.yaml'
);
const FIRST = Date.UTC(2023, 11, 20);
const LAST = Date.UTC(2027, 0, 20);

/** Days off and make-up days, by hand from the file's text: the brute force shares no code with the calendar. */
function marked(section: 'holidays' | 'workdays'): Set<string> {
	const days = new Set<string>();
	let inside = false;
	for (const line of text.split('\n')) {
		if (/^ {4}\w/.test(line)) inside = line.trim() === `${section}:`;
		const [, from, to] = /^ {6}'(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?'/.exec(line) ?? [];
		if (!inside || from === undefined) continue;
		for (let day = Date.parse(from); day <= Date.parse(to ?? from); day += DAY)
			days.add(new Date(day).toISOString().slice(0, 10));
	}
	return days;
}

const holidays = marked('holidays');
const workdays = marked('workdays');

/** Working minutes before each minute of the range, counted one minute at a time. */
function count(hours: (weekday: number) => readonly (readonly [number, number])[]): Int32Array {
	const minutes = (LAST - FIRST) / MINUTE;
	const before = new Int32Array(minutes + 1);
	let open: readonly (readonly [number, number])[] = [];
	for (let i = 0; i < minutes; i++) {
		const local = FIRST + i * MINUTE + 480 * MINUTE;
		const ofDay = (local % DAY) / MINUTE;
		if (i === 0 || ofDay === 0) {
			const date = new Date(local).toISOString().slice(0, 10);
			const listed = Number(date.slice(0, 4)) >= 2024 && Number(date.slice(0, 4)) <= 2026;
			const off = listed
				? holidays.has(date)
				: ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].includes(date.slice(5));
			open = workdays.has(date) ? [[540, 1020]] : off ? [] : hours(new Date(local).getUTCDay());
		}
		before[i + 1] = before[i]! + (open.some(([from, to]) => ofDay >= from && ofDay < to) ? 1 : 0);
	}
	return before;
}

const NINE_TO_FIVE = [[540, 1020]] as const;
const week = (weekday: number) => (weekday === 0 || weekday === 6 ? [] : NINE_TO_FIVE);
const splitWeek = (weekday: number) =>
	weekday === 1
		? ([
				[540, 720],
				[810, 1080]
			] as const)
		: week(weekday);

const minute = fc.integer({ min: 0, max: (LAST - FIRST) / MINUTE - 1 });
const at = (index: number) => FIRST + index * MINUTE;

describe.each([
	['one shift', cn, count(week)],
	['two shifts and a fixed offset', split, count(splitWeek)]
] as const)('working time of %s', (_, calendar, before) => {
	test('equals a count minute by minute on 50,000 random intervals', () => {
		fc.assert(
			fc.property(minute, minute, (a, b) => {
				const [from, to] = a < b ? [a, b] : [b, a];
				const counted = (before[to]! - before[from]!) * MINUTE;
				if (calendar.between(at(from), at(to)) !== counted) throw new Error(`${from} to ${to}: counted ${counted}`);
			}),
			{ numRuns: 50_000 }
		);
	});

	test('is added so that it is over at the first moment by which it has passed', () => {
		fc.assert(
			fc.property(minute, fc.integer({ min: 1, max: 400 * 480 }), (index, minutes) => {
				const due = calendar.add(at(index), minutes * MINUTE);
				if (due >= LAST) return;
				expect(calendar.between(at(index), due)).toBe(minutes * MINUTE);
				expect(calendar.between(at(index), due - 1)).toBe(minutes * MINUTE - 1);
			}),
			{ numRuns: 5_000 }
		);
	});

	test('is additive and never negative, to the millisecond', () => {
		const moment = fc.integer({ min: FIRST, max: LAST });
		fc.assert(
			fc.property(moment, moment, moment, (x, y, z) => {
				const [a, b, c] = [x, y, z].sort((left, right) => left - right) as [number, number, number];
				expect(calendar.between(a, b) + calendar.between(b, c)).toBe(calendar.between(a, c));
				expect(calendar.between(b, a)).toBe(0);
			}),
			{ numRuns: 2_000 }
		);
	});
});
