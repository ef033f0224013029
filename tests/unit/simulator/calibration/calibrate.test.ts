import { describe, expect, test } from 'vitest';
import type { HotcardError } from '../../../../src/lib/domain/error.ts';
import { calibrate } from '../../../../simulator/calibration/calibrate.ts';
import { type CaseLog, caseLogOf, type LogRow } from '../../../../simulator/calibration/case-log.ts';
import { decisionsOf, horizonOf } from '../../../../simulator/calibration/decisions.ts';
import { lastChanges } from '../../../../simulator/calibration/last-change.ts';
import { localDays } from '../../../../simulator/process/local-days.ts';
import type { ProcessProfile } from '../../../../simulator/process/profile.ts';
import { readProcessProfile } from '../../../../simulator/process/profile.ts';
import { simulateProcess } from '../../../../simulator/process/simulate.ts';
import { processProfileText } from '../../../../simulator/process/write-profile.ts';
import { DESK } from '../process/profiles.ts';

const DAY = 86_400_000;
const OPTIONS = { name: 'desk', zone: DESK.zone, days: DESK.days, holdout: 0.2, seed: 3 };
const days = localDays(DESK.zone, DESK.days);

function rowsOf(profile: ProcessProfile, from: string, length: number, seed = 5): LogRow[] {
	return [...simulateProcess(profile, { from, days: length, seed })].flat().map(({ time, data }) => ({
		caseId: data.caseId,
		activity: data.activity,
		at: Date.parse(time),
		resource: data.resource,
		branch: data.branchId,
		channel: data.channel,
		tier: data.tier
	}));
}
const row = (caseId: string, at: number, activity = 'a'): LogRow => ({
	...{ caseId, at, activity },
	...{ resource: undefined, branch: undefined, channel: undefined, tier: undefined }
});
const logOf = (...args: Parameters<typeof rowsOf>): CaseLog => caseLogOf(rowsOf(...args));

describe('a calibration on a simulated log', () => {
	const log = logOf(DESK, '2026-01-01', 180);
	const { profile, fidelity, since } = calibrate(log, OPTIONS);
	const lawOf = (from: string, to: string) => profile.durations.find((one) => one.from === from && one.to === to)!;

	test('finds the arrivals: their level, their weekdays, their hours and their wildness', () => {
		const { week, dispersion, special } = profile.arrivals;
		// About 124 weekdays of 12 cases with variance 12 + 0.2 × 144: a weekday's mean has a standard error of about 1.3.
		for (const weekday of ['mon', 'tue', 'wed', 'thu', 'fri'] as const)
			expect(Math.abs(week[weekday].reduce((sum, rate) => sum + rate, 0) - 12)).toBeLessThan(4 * 1.3);
		expect(week.sun.every((rate) => rate === 0)).toBe(true);
		expect(week.mon[8]).toBe(0);
		expect(dispersion).toBeGreaterThan(0.08);
		expect(dispersion).toBeLessThan(0.35);
		expect(special.holiday.factor).toBe(1);
		expect(special.monthEnd.factor).toBeGreaterThan(1.3);
		expect(profile.arrivals.goodness).toMatchObject({ family: 'poisson-gamma' });
	});

	test('finds the ways, and that two activities back decide', () => {
		const { order, contexts } = profile.routing;
		expect(order).toBeGreaterThanOrEqual(2);
		const look = contexts.find(({ after }) => after.join() === 'look')!;
		const twice = contexts.find(({ after }) => after.join() === 'look,look')!;
		expect(Object.keys(twice.next)).toEqual(['no']);
		expect(twice.end).toBe(0);
		const first = contexts.find(({ after }) => after.join() === 'ask,look') ?? look;
		const n = Object.values(first.next).reduce((sum, count) => sum + count, 0);
		const p = first.next['yes']! / n;
		expect(Math.abs(p - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / n));
	});

	test('finds the laws, the clock they run on, and what takes no time', () => {
		const look = lawOf('ask', 'look');
		expect(look).toMatchObject({ clock: 'working', law: { family: 'lognormal' } });
		expect(Math.abs(look.instant - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / look.n));
		expect(lawOf('look', 'yes')).toMatchObject({ clock: 'working', law: { family: 'gamma' } });
		expect(lawOf('look', 'look')).toMatchObject({ clock: 'wall', law: { family: 'exponential' } });
	});

	test('finds the hours and the people', () => {
		expect(profile.hours.open.wed).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
		expect(profile.hours.open.sun).toEqual([]);
		expect(profile.hours.closedPace).toBeLessThan(0.1);
		expect(profile.people.map(({ name }) => name).sort()).toEqual(['ann', 'bob']);
		expect(profile.mix.branch['b1']! / profile.mix.branch['b2']!).toBeGreaterThan(2);
	});

	test('comes as near to the time it has not seen as halves of that time are to each other', () => {
		const { cycleTime, stages, arrivals, cases } = fidelity!;
		for (const one of [cycleTime, stages, arrivals, arrivals.timeOfDay])
			expect(one.emd, one.unit).toBeLessThan(2.5 * one.baseline);
		expect(cycleTime.n).toBe(cases.real);
		expect(cases.real).toBeGreaterThan(200);
		expect(since.steps).toBe(log.from);
	});

	test('says of each measure whether it is worth more than the period before, and than chance', () => {
		const { cycleTime, arrivals, stages, waits } = fidelity!;
		for (const { emd, previous, baseline, verdict } of [cycleTime, arrivals, arrivals.perHour, stages, waits])
			expect(verdict).toEqual({ betterThanBefore: emd < previous, withinHalves: emd <= baseline });
	});

	test('is the same for the same seed, and reads back from its file', () => {
		const again = calibrate(log, OPTIONS);
		expect(processProfileText(again.profile)).toBe(processProfileText(profile));
		expect(again.fidelity).toEqual(fidelity);
		expect(readProcessProfile(processProfileText(profile), 'x.yaml')).toEqual(JSON.parse(JSON.stringify(profile)));
	});
});

describe('a rule about the whole case', () => {
	test('is met by waits that know the age of their case', () => {
		// Whenever the work is done, after one to twenty days, the case is closed on its thirtieth day.
		const rows = Array.from({ length: 1_200 }, (_, i) => {
			const at = Date.UTC(2026, 0, 5) + i * 4 * 3_600_000;
			const done = (1 + (i % 20)) * DAY + (i % 7) * 60_000;
			return [
				row(`c${i}`, at, 'open'),
				row(`c${i}`, at + done, 'done'),
				row(`c${i}`, at + 30 * DAY + (i % 11) * 1_000, 'closed')
			];
		}).flat();
		const { fidelity } = calibrate(caseLogOf(rows), { ...OPTIONS, zone: 'Asia/Shanghai' });
		// Independent waits would be about 19 / 3 days off; leaves of the age halve that three times.
		expect(fidelity!.cycleTime.emd).toBeLessThan(24 * 1.5);
	});
});

describe('too little', () => {
	const refusal = (log: CaseLog): HotcardError => {
		try {
			calibrate(log, OPTIONS);
		} catch (error) {
			return error as HotcardError;
		}
		throw new Error('it was not refused');
	};

	test('is refused with what is needed and what there is', () => {
		const { code, message } = refusal(logOf(DESK, '2026-01-05', 12));
		expect(code).toBe('calibration-too-little');
		expect(message).toMatch(/the log has \d+ cases over \d+\.\d days .* needs at least 100 cases over 7 days/);
	});

	test('counts what was held out as well', () => {
		const late = { ...DESK, arrivals: { ...DESK.arrivals, dispersion: 0 } };
		const rows = rowsOf(late, '2026-01-05', 60).concat(row('last', Date.UTC(2026, 3, 10)));
		expect(refusal(caseLogOf(rows)).message).toMatch(/the log has \d+ cases in the held-out part; .* at least 30/);
	});

	test('is a log without events', () => {
		expect(refusal(caseLogOf([])).message).toContain('0 cases');
	});
});

describe('traps of real logs', () => {
	const normal = Array.from({ length: 400 }, (_, i) => [
		row(`c${i}`, Date.UTC(2026, 0, 1) + i * 3_600_000),
		row(`c${i}`, Date.UTC(2026, 0, 1) + i * 3_600_000 + 60_000, 'b')
	]).flat();

	test('a case called NA is a case, and one of 1970 is left out and counted', () => {
		const log = caseLogOf([
			...normal,
			row('NA', Date.UTC(2026, 0, 3)),
			row('old', 0),
			row('old', Date.UTC(2026, 0, 3))
		]);
		expect(log.cases.map(({ id }) => id)).toContain('NA');
		expect(log.cases.map(({ id }) => id)).not.toContain('old');
		expect(log.oddTimes).toBe(2);
		expect(log.from).toBe(Date.UTC(2026, 0, 1));
	});

	test('times that tie keep the order of the log', () => {
		const log = caseLogOf([...normal, row('t', Date.UTC(2026, 0, 4), 'x'), row('t', Date.UTC(2026, 0, 4), 'w')]);
		expect(log.cases.find(({ id }) => id === 't')?.steps.map(({ activity }) => activity)).toEqual(['x', 'w']);
	});

	test('a case that was open when the log ended is not taken for ended', () => {
		// Every case goes on from a to b after two days; those of the last two days have not yet.
		const rows = Array.from({ length: 300 }, (_, i) => {
			const at = Date.UTC(2026, 0, 1) + i * 3 * 3_600_000;
			const later = at + 2 * DAY;
			return [row(`c${i}`, at), row(`c${i}`, later, 'b')].filter((one) => one.at < Date.UTC(2026, 1, 7));
		}).flat();
		const decisions = decisionsOf(caseLogOf(rows), 0);
		const afterA = decisions.filter(({ past }) => past.at(-1) === 'a');
		expect(afterA.length).toBeGreaterThan(200);
		expect(afterA.every(({ next }) => next === 'b')).toBe(true);
		expect(horizonOf(caseLogOf(rows), 0)).toBe(2 * DAY);
	});

	test('a log whose beginnings pile up at its end keeps half of its decisions', () => {
		const rows = Array.from({ length: 200 }, (_, i) => {
			const at = Date.UTC(2026, 0, 1) + (i < 20 ? i : 20 + i / 200) * DAY;
			return [
				row(`c${i}`, at),
				row(`c${i}`, at + 3_600_000, 'b'),
				row(`c${i}`, at + (i < 20 ? 9 * DAY : 7_200_000), 'c')
			];
		}).flat();
		expect(decisionsOf(caseLogOf(rows), 0).length).toBeGreaterThan(300);
	});
});

describe('what has changed', () => {
	test('is forgotten from before the change on', () => {
		const tripled = Object.entries(DESK.arrivals.week).map(([day, rates]) => [day, rates.map((rate) => 3 * rate)]);
		const quick = DESK.durations.map((one) =>
			one.to === 'look' ? { ...one, law: { family: 'lognormal' as const, mu: 5, sigma: 1 } } : one
		);
		const week = Object.fromEntries(tripled) as typeof DESK.arrivals.week;
		const busier = { ...DESK, arrivals: { ...DESK.arrivals, week }, durations: quick };
		const rows = [
			...rowsOf(DESK, '2026-01-01', 100).map((one) => ({ ...one, caseId: `a${one.caseId}` })),
			...rowsOf(busier, '2026-04-11', 80).map((one) => ({ ...one, caseId: `b${one.caseId}` }))
		];
		const since = lastChanges(caseLogOf(rows), days);
		const change = Date.parse('2026-04-11T00:00:00+02:00');
		expect(Math.abs(since.arrivals - change)).toBeLessThan(12 * DAY);
		expect(Math.abs(since.steps - change)).toBeLessThan(12 * DAY);
	});

	test('is nothing in a steady log', () => {
		const steady = { ...DESK, arrivals: { ...DESK.arrivals, dispersion: 0 } };
		const log = logOf(steady, '2026-01-01', 180, 8);
		expect(lastChanges(log, days)).toEqual({ arrivals: log.from, steps: log.from });
	});
});

describe('how wild arrivals are', () => {
	const index = (dispersion: number): number => {
		const log = logOf({ ...DESK, arrivals: { ...DESK.arrivals, dispersion } }, '2026-01-01', 300);
		const { arrivals } = calibrate(log, { ...OPTIONS, holdout: 0 }).profile;
		return arrivals.goodness!['varianceToMean'] as number;
	};

	test('is told beyond hours and weekdays: about 1 for a Poisson process with weekends', () => {
		// 214 weekdays: the index of a Poisson process deviates by about √(2 / 214) = 0.1.
		expect(Math.abs(index(0) - 1)).toBeLessThan(0.3);
		// 1 + 0.2 × 12.
		expect(index(0.2)).toBeGreaterThan(2);
	});
});

describe('the level of arrivals', () => {
	const paced = (factor: number): ProcessProfile => ({
		...DESK,
		arrivals: {
			...DESK.arrivals,
			dispersion: 0,
			week: Object.fromEntries(
				Object.entries(DESK.arrivals.week).map(([day, rates]) => [day, rates.map((rate) => factor * rate)])
			) as ProcessProfile['arrivals']['week']
		}
	});
	const monday = (log: CaseLog): number =>
		calibrate(log, { ...OPTIONS, holdout: 0 }).profile.arrivals.week.mon.reduce((sum, rate) => sum + rate, 0);

	test('is that of the end where it drifts, before any change is sure', () => {
		const rows = Array.from({ length: 24 }, (_, week) => {
			const from = new Date(Date.UTC(2026, 0, 5) + week * 7 * DAY).toISOString().slice(0, 10);
			return rowsOf(paced(1 + week / 40), from, 7, week).map((one) => ({ ...one, caseId: `${week}-${one.caseId}` }));
		}).flat();
		// From 12 to 19 cases a day, 15.5 in the mean.
		expect(monday(caseLogOf(rows))).toBeGreaterThan(16.5);
	});

	test('is the mean where it is steady', () => {
		expect(Math.abs(monday(logOf(paced(1), '2026-01-05', 168)) - 12)).toBeLessThan(1.5);
	});
});

describe('a log that ends in the middle of things', () => {
	test('teaches its slow answers as often as they come', () => {
		// Every other case is answered after an hour, the rest after thirty days; the log covers seventy.
		const end = Date.UTC(2026, 0, 1) + 70 * DAY;
		const rows = Array.from({ length: 700 }, (_, i) => {
			const at = Date.UTC(2026, 0, 1) + i * (DAY / 10);
			return [row(`c${i}`, at), row(`c${i}`, at + (i % 2 === 0 ? DAY / 24 : 30 * DAY), 'b')];
		})
			.flat()
			.filter(({ at }) => at < end);
		const answers = decisionsOf(caseLogOf(rows), 0).filter(({ past }) => past.at(-1) === 'a');
		const slow = answers.filter(({ at, until }) => until - at > DAY).length;
		expect(Math.abs(slow / answers.length - 0.5)).toBeLessThan(0.03);
		expect(answers.length).toBeGreaterThan(650);
		expect(answers.every(({ next }) => next === 'b')).toBe(true);
	});
});
