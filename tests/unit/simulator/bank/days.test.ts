import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Days } from '../../../../simulator/bank/days.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';
import { runBank } from './run-bank.ts';

const profile = toBe();
const days = new Days(profile);
const on = (date: string) => days.at(Date.parse(`${date}T12:00:00+08:00`));

function eachDay(ranges: readonly string[]): string[] {
	return ranges.flatMap((range) => {
		const from = Date.parse(range.slice(0, 10));
		const to = Date.parse(range.slice(-10));
		return Array.from({ length: (to - from) / DAY + 1 }, (_, index) =>
			new Date(from + index * DAY).toISOString().slice(0, 10)
		);
	});
}

describe('the bank’s year', () => {
	test('has the days off that the shipped calendar has', () => {
		const calendar = parse(readFileSync('scenarios/calendars/cn.yaml', 'utf8')) as {
			years: Record<string, { holidays: Record<string, string> }>;
		};
		const announced = eachDay(Object.keys(calendar.years['2026']?.holidays ?? {}));
		const ours = eachDay(profile.arrivals.holidays.map(({ from, to }) => `${from}..${to}`));
		expect(ours.sort()).toEqual(announced.sort());
	});

	test('is busier on Mondays, pension days and at month ends', () => {
		const { weekdays, pensionDay, monthEnd } = profile.arrivals;
		expect(on('2026-11-09').factor).toBe(weekdays[0]);
		expect(on('2026-11-15').factor).toBeCloseTo((weekdays[6] as number) * pensionDay, 12);
		expect(on('2026-11-30').factor).toBeCloseTo((weekdays[0] as number) * monthEnd, 12);
		expect(on('2026-11-11')).toEqual({ factor: weekdays[2], holiday: null, open: true, peak: false });
		expect(on('2026-11-30').peak).toBe(true);
	});

	test('closes the branches at Spring Festival, when reports go on by phone', () => {
		expect(on('2026-02-16')).toMatchObject({ holiday: 'spring_festival', open: false, peak: false });
		const { named, start } = runBank({ profile, from: '2026-02-14', days: 7, branches: 12 });
		const dayOf = (at: number): number => Math.floor((at - start) / DAY);
		const visits = new Set(named('visit.called').map(({ at }) => dayOf(at)));
		expect([...visits].filter((day) => day >= 1 && day <= 4)).toEqual([]);
		expect(visits).toContain(5);
		const reports = named('case.reported').filter(({ at }) => dayOf(at) === 2);
		expect(reports.length).toBeGreaterThan(20);
		expect(reports.filter(({ data }) => data.channel === 'counter')).toEqual([]);
	});

	test('makes the risk check wary of reports away from home', () => {
		const { named } = runBank({ profile, from: '2026-09-29', days: 6, branches: 40 });
		const away = new Set(named('case.reported').flatMap(({ data, caseId }) => (data.awayFromHome ? [caseId] : [])));
		const from = Date.parse('2026-10-01T00:00:00+08:00');
		const thresholds = { before: new Set<unknown>(), home: new Set<unknown>(), away: new Set<unknown>() };
		for (const { at, caseId, data } of named('case.risk_assessed')) {
			const group = at < from ? 'before' : away.has(caseId) ? 'away' : 'home';
			thresholds[group].add(data.threshold);
			expect(data.reasons.includes('holiday')).toBe(group === 'away');
		}
		const { pass } = profile.risk.thresholds;
		expect([...thresholds.before]).toEqual([pass]);
		expect([...thresholds.home]).toEqual([pass]);
		expect([...thresholds.away]).toEqual([Math.round((pass - profile.risk.holidayAway) * 1e3) / 1e3]);
	});

	test('lets nobody come outside opening hours', () => {
		const { named } = runBank({ profile, from: '2026-11-09', days: 2, branches: 10 });
		for (const { at } of named('visit.ticket_taken')) {
			const hour = ((at + 8 * HOUR) % DAY) / HOUR;
			expect(hour).toBeGreaterThanOrEqual(profile.visits.opens - 0.01);
			expect(hour).toBeLessThan(profile.visits.closes + 0.2);
		}
	});
});
