import { HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays, localDays } from '../process/local-days.ts';
import type { ProcessProfile } from '../process/profile.ts';
import { runProcess } from '../process/run.ts';
import { deriveStream, type Stream } from '../random/stream.ts';
import { begunIn, type CaseLog, endOf, eventsOf, type LoggedCase, type LoggedStep, startOf } from './case-log.ts';
import { tallyMap } from './tally.ts';
import { earthMovers, nominalDistance } from './distances.ts';
import { dailyCounts, firstWholeDay } from './daily-counts.ts';

/** A distance of simulated from real, with yardsticks in the same unit. */
export interface Measure {
	/** Mean of the runs. */
	emd: number;
	/** Least and most of the runs. */
	range: [number, number];
	/** Distance of two halves of the real period, in the mean of many halvings: below it nothing can be told. */
	baseline: number;
	/** Distance of the real period before, as long, seen as long: what repeating it would have done. */
	previous: number;
	n: number;
	unit: string;
	/** What that comes to. */
	verdict: {
		/** Nearer than the period before; undefined where nothing lies before. */
		betterThanBefore: boolean | undefined;
		/** No further off than two halves of the real period are from each other. */
		withinHalves: boolean;
	};
}

export interface Fidelity {
	from: Millis;
	to: Millis;
	/** Nothing later was seen, of real and simulated cases alike. */
	seenUntil: Millis;
	runs: number;
	cases: { real: number; simulated: number };
	cycleTime: Measure;
	arrivals: Measure & { perHour: Measure; timeOfDay: Measure };
	stages: Measure;
	waits: Measure;
	/** From the end of one activity to the beginning of the next, where the log tells beginnings. */
	queues?: Measure;
	/** Activities whose share of events is furthest off, in percentage points. */
	furthest: { activity: string; real: number; simulated: number }[];
}

const RUNS = 5;
const HALVINGS = 20;
const FOUR_WEEKS = 28;

/** Cases begun within a period of watching. */
interface Period {
	cases: readonly LoggedCase[];
	from: Millis;
	to: Millis;
}

/**
 * Simulates [from, log.arrivalsTo) anew and compares with what the log has of it. Simulated cases are cut off where the
 * log ends, as the real ones are, so that both are open at the end alike.
 */
export function fidelityOf(log: CaseLog, from: Millis, profile: ProcessProfile, seed: number): Fidelity {
	const days = localDays(profile.zone, profile.days);
	const to = log.arrivalsTo;
	const real: Period = { cases: begunIn(log, from, to), from, to };
	const runs = Array.from({ length: RUNS }, (_, run): Period => {
		const cases = runProcess(profile, { from, to, seed: seed + run, until: log.to });
		return { cases, from, to };
	});
	const back = to - from;
	const earlier: Period = {
		cases: seenBefore(begunIn(log, from - back, from), log.to - back),
		from: from - back,
		to: from
	};
	const halving = deriveStream(seed, 'fidelity', 'halves');
	const halves = Array.from({ length: HALVINGS }, () => halve(real, halving));

	type Distance = (a: Period, b: Period) => number;
	const measure = (unit: string, n: number, distance: Distance, baseline = ofHalves(distance)): Measure => {
		const distances = runs.map((run) => distance(run, real));
		const range: [number, number] = [Math.min(...distances), Math.max(...distances)];
		const [emd, previous] = [mean(distances), distance(earlier, real)];
		const betterThanBefore = Number.isNaN(previous) ? undefined : emd < previous;
		return { emd, range, baseline, previous, n, unit, verdict: { betterThanBefore, withinHalves: emd <= baseline } };
	};
	const ofHalves = (distance: Distance): number => mean(halves.map(([a, b]) => distance(a, b)));
	const line = (values: (period: Period) => number[]) => (a: Period, b: Period) => earthMovers(values(a), values(b));
	const daily = (period: Period) => dailyCounts(period.cases.map(startOf), days, period.from, period.to);
	const hourly = (period: Period) => hourlyCounts(period, days);
	// Half of the cases would be half the counts: there the yardstick is every other week (day, of a short period) against the rest.
	const ofTurns = (counts: number[], perDay: number): number => {
		const turn = counts.length / perDay >= FOUR_WEEKS ? weekOf : (day: number) => day;
		const even = (_: number, i: number) => turn(firstWholeDay(days, from) + Math.floor(i / perDay)) % 2 === 0;
		return earthMovers(
			counts.filter(even),
			counts.filter((value, i) => !even(value, i))
		);
	};
	const [perDay, perHour] = [daily(real), hourly(real)];
	const n = real.cases.length;
	return {
		from,
		to,
		seenUntil: log.to,
		runs: RUNS,
		cases: { real: n, simulated: mean(runs.map(({ cases }) => cases.length)) },
		cycleTime: measure('hours', n, line(cycleTimes)),
		arrivals: {
			...measure('cases a day', perDay.length, line(daily), ofTurns(perDay, 1)),
			perHour: measure('cases an hour', perHour.length, line(hourly), ofTurns(perHour, 24)),
			timeOfDay: measure(
				'hours',
				n,
				line(({ cases }) => cases.map((one) => timeOfDay(days.toLocal(startOf(one)))))
			)
		},
		stages: measure('share of events', eventsOf(real.cases), (a, b) => nominalDistance(activities(a), activities(b))),
		waits: measure('hours', eventsOf(real.cases) - n, waitDistance(waited)),
		...(real.cases.some(({ steps }) => steps.some(({ started }) => started !== undefined))
			? { queues: measure('hours', queuesOf(real), waitDistance(queued)) }
			: {}),
		furthest: furthestOf(real, runs)
	};
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const cycleTimes = ({ cases }: Period): number[] => cases.map((one) => (endOf(one) - startOf(one)) / HOUR);
const timeOfDay = (local: Millis): number => (local - dayOf(local) * 24 * HOUR) / HOUR;
const activities = ({ cases }: Period): Map<string, number> =>
	tallyMap(cases.flatMap(({ steps }) => steps.map(({ activity }) => activity)));

function seenBefore(cases: readonly LoggedCase[], moment: Millis): LoggedCase[] {
	return cases.map((one) => ({ ...one, steps: one.steps.filter(({ at }) => at < moment) }));
}

function halve(period: Period, stream: Stream): [Period, Period] {
	const halves: [LoggedCase[], LoggedCase[]] = [[], []];
	for (const one of period.cases) halves[stream.next() < 0.5 ? 0 : 1].push(one);
	return [
		{ ...period, cases: halves[0] },
		{ ...period, cases: halves[1] }
	];
}

const weekOf = (day: number): number => Math.floor((day + 3) / 7);

/** Cases that began in each hour of the whole local days of a period. */
function hourlyCounts({ cases, from, to }: Period, days: LocalDays): number[] {
	const first = firstWholeDay(days, from);
	const counts = new Array<number>(Math.max(0, dayOf(days.toLocal(to)) - first) * 24).fill(0);
	for (const one of cases) {
		const local = days.toLocal(startOf(one));
		const index = (dayOf(local) - first) * 24 + hourOf(local);
		if (counts[index] !== undefined) counts[index]!++;
	}
	return counts;
}

type Between = (before: LoggedStep, step: LoggedStep) => Millis | undefined;
const waited: Between = (before, { at }) => at - before.at;
const queued: Between = (before, { started }) => (started === undefined ? undefined : Math.max(0, started - before.at));
const queuesOf = (period: Period): number =>
	timesByActivity(period, queued)
		.values()
		.reduce((sum, { length }) => sum + length, 0);

/** Times before each activity, its distance weighed by how often the second period has it. */
const waitDistance = (between: Between) => (a: Period, b: Period) => {
	const [left, right] = [timesByActivity(a, between), timesByActivity(b, between)];
	let sum = 0;
	let n = 0;
	for (const [activity, waits] of right) {
		const others = left.get(activity);
		if (others === undefined) continue;
		sum += waits.length * earthMovers(others, waits);
		n += waits.length;
	}
	return sum / n;
};

function timesByActivity({ cases }: Period, between: Between): Map<string, number[]> {
	const times = new Map<string, number[]>();
	for (const { steps } of cases) {
		for (let i = 1; i < steps.length; i++) {
			const time = between(steps[i - 1]!, steps[i]!);
			if (time === undefined) continue;
			const { activity } = steps[i]!;
			const list = times.get(activity) ?? [];
			if (list.length === 0) times.set(activity, list);
			list.push(time / HOUR);
		}
	}
	return times;
}

function furthestOf(real: Period, runs: readonly Period[]): Fidelity['furthest'] {
	const there = activities(real);
	const here = activities({ ...real, cases: runs.flatMap(({ cases }) => cases) });
	const total = (counts: Map<string, number>) => counts.values().reduce((sum, n) => sum + n, 0);
	const [n, m] = [total(there), total(here)];
	const percent = (part: number | undefined, whole: number) => Number(((100 * (part ?? 0)) / whole).toFixed(2));
	return [...new Set([...there.keys(), ...here.keys()])]
		.map((activity) => ({
			activity,
			real: percent(there.get(activity), n),
			simulated: percent(here.get(activity), m)
		}))
		.sort((a, b) => Math.abs(b.real - b.simulated) - Math.abs(a.real - a.simulated))
		.slice(0, 5);
}
