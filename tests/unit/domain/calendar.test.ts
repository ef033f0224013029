import { readFileSync } from 'node:fs';
import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { readCalendar } from '../../../src/lib/domain/sla/working-calendar.ts';
import { DAY, HOUR } from '../../../src/lib/domain/time.ts';

const text = readFileSync('scenarios/calendars/cn.yaml', 'utf8');
const cn = readCalendar(text, 'cn.yaml');
const at = (local: string) => Date.parse(`${local}+08:00`);

describe('the shipped calendar', () => {
	test.each([
		['2026-10-10', true],
		['2026-10-09', true],
		['2026-10-07', false],
		['2026-09-20', true],
		['2026-02-14', true],
		['2026-02-23', false],
		['2026-01-02', false],
		['2026-11-22', false],
		['2025-10-08', false],
		['2024-02-18', true]
	])('%s: working day %s', (day, working) => {
		expect(cn.isWorkingDay(at(`${day}T00:00:00`))).toBe(working);
		expect(cn.isWorkingDay(at(`${day}T23:59:59`))).toBe(working);
	});

	test('agrees with an independent list on every day of 2024 to 2026', () => {
		for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2027, 0, 1); day += DAY) {
			const date = new Date(day).toISOString().slice(0, 10);
			const mine = cn.between(at(`${date}T00:00:00`), at(`${date}T00:00:00`) + DAY);
			expect([date, mine]).toEqual([date, chineseDays.isWorkday(date) ? 8 * HOUR : 0]);
		}
	});

	test('knows its years and marks the others', () => {
		expect(cn.provisional(at('2024-01-01T00:00:00'), at('2026-12-31T23:00:00'))).toBe(false);
		expect(cn.provisional(at('2026-12-31T10:00:00'), at('2027-01-01T00:00:00'))).toBe(true);
		expect(cn.provisional(at('2023-12-31T10:00:00'), at('2024-01-01T00:00:00'))).toBe(true);
		expect(cn.isWorkingDay(at('2027-01-01T10:00:00'))).toBe(false);
		expect(cn.isWorkingDay(at('2027-01-04T10:00:00'))).toBe(true);
	});
});

test('a calendar can refuse years that it does not know', () => {
	const strict = readCalendar(text.replace('missing: provisional', 'missing: error'), 'cn.yaml');
	expect(() => strict.add(at('2026-12-31T16:00:00'), 2 * HOUR)).toThrow('calendar cn has no holidays for 2027');
	expect(strict.add(at('2026-12-31T15:00:00'), 2 * HOUR)).toBe(at('2026-12-31T17:00:00'));
});

test('a zone with summer time has a day of 23 and one of 25 hours', () => {
	const all = "['00:00-24:00']";
	const berlin = readCalendar(
		`id: b\nzone: Europe/Berlin\nhours: { mon: ${all}, tue: ${all}, wed: ${all}, thu: ${all}, fri: ${all}, sat: ${all}, sun: ${all} }\nyears: {}\n`,
		'b.yaml'
	);
	const day = (date: string) => Date.parse(date);
	expect(berlin.between(day('2026-03-29T00:00:00+01:00'), day('2026-03-30T00:00:00+02:00'))).toBe(23 * HOUR);
	expect(berlin.between(day('2026-10-25T00:00:00+02:00'), day('2026-10-26T00:00:00+01:00'))).toBe(25 * HOUR);
	expect(berlin.add(day('2026-12-31T12:00:00+01:00'), 24 * HOUR)).toBe(day('2027-01-01T12:00:00+01:00'));
});

describe('a calendar with a mistake is refused at its place', () => {
	test.each([
		['zone: Asia/Shanghai', 'zone: Asia/Shanghia', 'expected an IANA time zone'],
		["mon: ['09:00-17:00']", "mon: ['9-17']", 'expected hours such as 09:00-17:00'],
		["mon: ['09:00-17:00']", "mon: ['17:00-09:00']", 'expected hours that follow each other'],
		["mon: ['09:00-17:00']", "mon: ['09:00-13:00', '12:00-17:00']", 'expected hours that follow each other'],
		["'2026-05-09': 劳动节", "'2026-5-9': 劳动节", 'expected a day such as 2026-10-01'],
		['missing: provisional', 'missing: ignore', 'expected one of provisional, error'],
		['fixedHolidays:', 'fixedHoliday:', 'did you mean "fixedHolidays"']
	])('%s → %s', (right, wrong, expected) => {
		expect(() => readCalendar(text.replace(right, wrong), 'cn.yaml')).toThrow(expected);
		expect(() => readCalendar(text.replace(right, wrong), 'cn.yaml')).toThrow(/^cn\.yaml:\d+:\d+ \//);
	});
});
