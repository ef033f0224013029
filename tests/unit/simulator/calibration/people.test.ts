import { describe, expect, test } from 'vitest';
import { calibrate } from '../../../../simulator/calibration/calibrate.ts';
import { caseLogOf } from '../../../../simulator/calibration/case-log.ts';
import type { ProcessProfile } from '../../../../simulator/process/profile.ts';
import { runProcess, type SimulatedCase } from '../../../../simulator/process/run.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';
import { MECHANICS, WORK, workshopLog } from './workshop.ts';

const OPTIONS = { name: 'shop', zone: 'UTC', days: { holidays: [], workdays: [] }, holdout: 0.2, seed: 3 };
const OFFICE = [8, 9, 10, 11, 12, 13, 14, 15];
const fitted = (...args: Parameters<typeof workshopLog>) => calibrate(caseLogOf(workshopLog(...args).rows), OPTIONS);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const FROM = Date.UTC(2026, 5, 1);
const simulated = (profile: ProcessProfile, weeks = 12): SimulatedCase[] =>
	runProcess(profile, { from: FROM, to: FROM + weeks * 7 * DAY, seed: 1, until: FROM + (weeks + 52) * 7 * DAY });
const cycle = (profile: ProcessProfile): number =>
	mean(simulated(profile).map(({ steps }) => (steps.at(-1)!.at - steps[0]!.at) / HOUR));
const repairs = (cases: readonly SimulatedCase[]) =>
	cases.flatMap(({ steps }) => steps.filter(({ activity }) => activity === 'repair'));
const slower = (profile: ProcessProfile, factor: number): ProcessProfile => ({
	...profile,
	people: profile.people.map((person) => ({ ...person, speed: person.speed * factor }))
});
const without = (profile: ProcessProfile, name: string): ProcessProfile => ({
	...profile,
	people: profile.people.filter((person) => person.name !== name)
});
const halfDays = (profile: ProcessProfile): ProcessProfile => ({
	...profile,
	people: profile.people.map((person) => ({
		...person,
		shifts: Object.fromEntries(Object.entries(person.shifts).map(([day, hours]) => [day, hours.slice(0, 4)]))
	}))
});

describe('a workshop whose log tells beginnings', () => {
	const options = { starts: true };
	const { profile, fidelity } = fitted(options);
	const repair = profile.work.find(({ activity }) => activity === 'repair');

	test('has queue and work apart, and says so', () => {
		expect(repair).toMatchObject({ by: 'service', clock: 'wall', others: 0 });
		expect(profile.durations.some(({ to }) => to === 'repair')).toBe(false);
	});

	test('has its shifts back, to the hour', () => {
		for (const { shifts } of profile.people) {
			for (const day of ['mon', 'tue', 'wed', 'thu', 'fri'] as const) expect(shifts[day], day).toEqual(OFFICE);
			expect(shifts.sat).toBeUndefined();
		}
		expect(profile.hours.open.mon).toEqual(OFFICE);
	});

	test('has its speeds back, and that everybody does one thing at a time', () => {
		const speed = (name: string) => profile.people.find((person) => person.name === name)!.speed;
		expect(profile.people.map(({ atOnce }) => atOnce)).toEqual([1, 1, 1]);
		// ln of a gamma of shape 2 deviates by 0.8: 600 repairs each give a standard error of 0.033, a ratio's is 0.046.
		expect(Math.abs(Math.log(speed('ann') / speed('bob') / (MECHANICS.ann / MECHANICS.bob)))).toBeLessThan(0.15);
		expect(Math.abs(Math.log(speed('cem') / speed('bob') / (MECHANICS.cem / MECHANICS.bob)))).toBeLessThan(0.15);
	});

	test('has the law of its work back', () => {
		if (repair?.by !== 'service') throw new Error('repair is no service');
		expect(repair.law.family).toBe('gamma');
		const law = repair.law as { shape: number; scale: number };
		const bob = profile.people.find(({ name }) => name === 'bob')!.speed;
		expect(Math.abs(law.shape / WORK.shape - 1)).toBeLessThan(0.12);
		expect(Math.abs((law.shape * law.scale) / bob / (WORK.shape * WORK.scale) - 1)).toBeLessThan(0.1);
		expect(repair.delay.instant).toBeGreaterThan(0.98);
	});

	test('has its waits before the repair back', () => {
		const real = workshopLog(options).waits;
		const cases = simulated(profile, 16);
		const waits = cases.map(({ steps }) => (steps[1]!.started! - steps[0]!.at) / HOUR);
		expect(mean(real)).toBeGreaterThan(0.1);
		expect(Math.abs(mean(waits) / mean(real) - 1)).toBeLessThan(0.25);
		expect(fidelity!.queues!.verdict).toEqual({ betterThanBefore: true, withinHalves: true });
	});

	test('works one thing at a time, and begins on shift alone', () => {
		const done = repairs(simulated(profile)).sort((a, b) => a.started! - b.started!);
		const free = new Map<string, number>();
		for (const { at, started, resource } of done) {
			expect(started).toBeGreaterThanOrEqual(free.get(resource!) ?? 0);
			free.set(resource!, at);
			expect(OFFICE).toContain(new Date(started!).getUTCHours());
			expect(new Date(started!).getUTCDay() % 6).not.toBe(0);
		}
	});

	test('takes longer with slower people, fewer people and shorter shifts', () => {
		const usual = cycle(profile);
		expect(cycle(slower(profile, 0.5))).toBeGreaterThan(2 * usual);
		expect(cycle(without(profile, 'ann'))).toBeGreaterThan(1.3 * usual);
		expect(cycle(halfDays(profile))).toBeGreaterThan(2 * usual);
		expect(cycle(slower(profile, 2))).toBeLessThan(0.8 * usual);
	});

	test('does nothing where nobody is left', () => {
		expect(repairs(simulated({ ...profile, people: [] }))).toEqual([]);
	});
});

describe('work that rests at night', () => {
	test('runs on the clock of whoever does it', () => {
		const { profile } = fitted({ starts: true, rests: true });
		expect(profile.work.find(({ activity }) => activity === 'repair')).toMatchObject({ clock: 'working' });
		for (const { shifts } of profile.people) expect(shifts.wed).toEqual(OFFICE);
		const done = repairs(simulated(profile));
		const evening = done.filter(({ at }) => new Date(at - 1).getUTCHours() >= 17).length;
		expect(evening / done.length).toBeLessThan(0.02);
	});
});

describe('a person with several things in hand', () => {
	test('is fitted as one', () => {
		// Each of three pairs of hands is a person of two.
		const { rows } = workshopLog({ starts: true, rate: 8, people: { a1: 1, a2: 1, b1: 1, b2: 1, c1: 1, c2: 1 } });
		const pairs = rows.map((row) => ({ ...row, resource: row.resource?.slice(0, 1) }));
		const { profile } = calibrate(caseLogOf(pairs), OPTIONS);
		expect(profile.people.map(({ atOnce }) => atOnce)).toEqual([2, 2, 2]);
	});
});

describe('a workshop whose log has ends alone', () => {
	const { profile, fidelity } = fitted({ starts: false });

	test('has one wait for queue and work, and says so', () => {
		const team = profile.work.find(({ activity }) => activity === 'repair');
		expect(team).toMatchObject({ by: 'waiting', others: 0 });
		expect(profile.durations.some(({ from, to }) => from === 'bring' && to === 'repair')).toBe(true);
	});

	test('is as near to the real one as halves of that are to each other', () => {
		expect(fidelity!.cycleTime.verdict.withinHalves).toBe(true);
		expect(fidelity!.queues).toBeUndefined();
	});

	test('has its shifts back, although who is at work at 16:00 finishes', () => {
		for (const { shifts } of profile.people) expect(shifts.thu).toEqual(OFFICE);
	});

	test('knows the faster from the slower', () => {
		const speed = (name: string) => profile.people.find((person) => person.name === name)!.speed;
		expect(speed('ann')).toBeGreaterThan(speed('bob'));
		expect(speed('bob')).toBeGreaterThan(speed('cem'));
	});

	test('takes longer with slower people, fewer people and shorter shifts', () => {
		const usual = cycle(profile);
		expect(cycle(slower(profile, 0.5))).toBeGreaterThan(1.5 * usual);
		expect(cycle(without(profile, 'ann'))).toBeGreaterThan(1.3 * usual);
		expect(cycle(halfDays(profile))).toBeGreaterThan(1.5 * usual);
		expect(cycle(slower(profile, 2))).toBeLessThan(0.9 * usual);
	});

	test('does nothing where nobody is left', () => {
		expect(repairs(simulated({ ...profile, people: [] }))).toEqual([]);
	});
});
