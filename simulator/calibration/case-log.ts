import { quantileSorted } from './quantile.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { type LoggedMoment, pairedSteps, tellsStarts } from './life-cycle.ts';

export interface LoggedStep {
	/** When it ended, or the one moment that the log has of it. */
	at: Millis;
	activity: string;
	resource: string | undefined;
	/** When it began, where the log says so. */
	started?: Millis;
}

export interface LoggedCase {
	id: string;
	branch: string | undefined;
	channel: string | undefined;
	tier: string | undefined;
	/** In order of time. */
	steps: LoggedStep[];
}

/** One event of a lane, in the order of the log. */
export interface LogRow extends LoggedMoment {
	caseId: string;
	branch: string | undefined;
	channel: string | undefined;
	tier: string | undefined;
}

/** Cases with the time during which they were watched. */
export interface CaseLog {
	/** In order of their beginning. */
	cases: LoggedCase[];
	/** First beginning, and the moment after which nothing was seen. */
	from: Millis;
	to: Millis;
	/** New cases were recorded until here: a log of finished cases lacks those that began late. */
	arrivalsTo: Millis;
	/** Events left out because their case has a time far off all others, such as 1970. */
	oddTimes: number;
}

export const startOf = ({ steps }: LoggedCase): Millis => steps[0]!.started ?? steps[0]!.at;
export const endOf = ({ steps }: LoggedCase): Millis => steps.at(-1)!.at;

/** Cases of rows: times that tie keep the order of the log; an event as far off as all others span takes its case out. */
export function caseLogOf(rows: Iterable<LogRow>): CaseLog {
	const byId = new Map<string, LoggedCase & { moments: LoggedMoment[] }>();
	for (const { caseId, branch, channel, tier, at, activity, resource, lifecycle } of rows) {
		let found = byId.get(caseId);
		if (found === undefined) byId.set(caseId, (found = { id: caseId, branch, channel, tier, steps: [], moments: [] }));
		found.branch ??= branch;
		found.channel ??= channel;
		found.tier ??= tier;
		found.moments.push({ at, activity, resource, lifecycle });
	}
	const paired = byId.values().some(({ moments }) => tellsStarts(moments));
	const all = [...byId.values()].flatMap(({ moments, ...one }): LoggedCase[] => {
		moments.sort((a, b) => a.at - b.at);
		const steps = paired
			? pairedSteps(moments)
			: moments.map(({ at, activity, resource }) => ({ at, activity, resource }));
		return steps.length === 0 ? [] : [{ ...one, steps }];
	});
	const times = Float64Array.from(all.flatMap(({ steps }) => steps.map(({ at }) => at))).sort();
	const low = quantileSorted(times, 0.005);
	const high = quantileSorted(times, 0.995);
	const span = high - low;
	const cases = all.filter((one) => startOf(one) >= low - span && endOf(one) <= high + span);
	cases.sort((a, b) => startOf(a) - startOf(b));
	const kept = cases.reduce((sum, { steps }) => sum + steps.length, 0);
	const to = cases.reduce((latest, one) => Math.max(latest, endOf(one)), -Infinity);
	const last = cases.at(-1);
	return {
		cases,
		from: cases[0] === undefined ? 0 : startOf(cases[0]),
		to: last === undefined ? 0 : to + 1,
		arrivalsTo: last === undefined ? 0 : startOf(last) + 1,
		oddTimes: times.length - kept
	};
}

/** The log as it was at a moment: later steps, and cases that began later, are not known yet. */
export function knownAt(log: CaseLog, moment: Millis): CaseLog {
	const cases = log.cases
		.filter((one) => startOf(one) < moment)
		.map((one) => ({ ...one, steps: one.steps.filter(({ at }) => at < moment) }))
		.filter(({ steps }) => steps.length > 0);
	return { ...log, cases, to: Math.min(log.to, moment), arrivalsTo: Math.min(log.arrivalsTo, moment) };
}

/** The cases that began in [from, to), seen until the end of the log. */
export function begunIn(log: CaseLog, from: Millis, to: Millis): LoggedCase[] {
	return log.cases.filter((one) => startOf(one) >= from && startOf(one) < to);
}

export const eventsOf = (cases: readonly LoggedCase[]): number =>
	cases.reduce((sum, { steps }) => sum + steps.length, 0);

export const beginnings = ({ cases }: CaseLog): Millis[] => cases.map(startOf);
