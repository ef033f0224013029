import { HotcardError } from '../../src/lib/domain/error.ts';
import { DAY, type Millis } from '../../src/lib/domain/time.ts';
import { dayOf, type LocalDays, localDays } from '../process/local-days.ts';
import { workersOf } from '../process/people.ts';
import type { ProcessProfile } from '../process/profile.ts';
import { workingClock } from '../process/working-clock.ts';
import { beginnings, begunIn, type CaseLog, eventsOf, knownAt } from './case-log.ts';
import { type Decision, decisionsOf } from './decisions.ts';
import { type Fidelity, fidelityOf } from './fidelity.ts';
import { fitArrivals } from './fit-arrivals.ts';
import { fitDurations } from './fit-durations.ts';
import { fitHours } from './fit-hours.ts';
import { fitPeople } from './fit-people.ts';
import { fitRouting } from './fit-routing.ts';
import { fitServices, fitTeams } from './fit-work.ts';
import { handsOf } from './hands.ts';
import { tally } from './tally.ts';
import { lastChanges, type Since } from './last-change.ts';

export interface CalibrateOptions {
	name: string;
	zone: string;
	days: ProcessProfile['days'];
	/** Share of the arrivals' time kept back for the comparison; 0 compares nothing. */
	holdout: number;
	seed: number;
}

export interface Calibration {
	/** Fitted to the whole log. */
	profile: ProcessProfile;
	/** From when on the log was used. */
	since: Since;
	/** Of a profile fitted to the part before the held-out one; undefined where none was held out. */
	fidelity: Fidelity | undefined;
}

/** What a calibration needs at least, before the held-out part begins and in it. */
export const LEAST = { cases: 100, days: 7, steps: 200, heldOut: 30 };

/**
 * Fits a process profile to a log, and tells how near a profile fitted to its first part comes to its last part. Throws
 * `calibration-too-little` with what is needed and what there is.
 */
export function calibrate(log: CaseLog, options: CalibrateOptions): Calibration {
	const days = localDays(options.zone, options.days);
	if (options.holdout === 0) {
		demand(log, log.from, log.arrivalsTo);
		const since = lastChanges(log, days);
		return { profile: fitProfile(log, since, days, options), since, fidelity: undefined };
	}
	const cut = Math.round(log.arrivalsTo - options.holdout * (log.arrivalsTo - log.from));
	const past = knownAt(log, cut);
	demand(past, log.from, cut, options.holdout);
	const heldOut = begunIn(log, cut, log.arrivalsTo).length;
	if (heldOut < LEAST.heldOut)
		throw tooLittle(`${heldOut} cases in the held-out part`, `at least ${LEAST.heldOut}`, 'Raise --holdout, or 0.');
	const trained = fitProfile(past, lastChanges(past, days), days, options);
	const fidelity = fidelityOf(log, cut, trained, options.seed);
	const since = lastChanges(log, days);
	return { profile: fitProfile(log, since, days, options), since, fidelity };
}

function demand(log: CaseLog, from: Millis, to: Millis, holdout = 0): void {
	const span = Math.max(0, (to - from) / DAY);
	const steps = eventsOf(log.cases) - log.cases.length;
	if (log.cases.length >= LEAST.cases && span >= LEAST.days && steps >= LEAST.steps) return;
	const where = holdout > 0 ? ` before the held-out ${Math.round(100 * holdout)} %` : '';
	throw tooLittle(
		`${log.cases.length} cases over ${span.toFixed(1)} days with ${steps} steps after their first${where}`,
		`at least ${LEAST.cases} cases over ${LEAST.days} days with ${LEAST.steps} such steps`,
		'Import a longer log, or let the lane run on; a smaller --holdout leaves more to fit to.'
	);
}

function tooLittle(found: string, needed: string, remedy: string): HotcardError {
	return new HotcardError('calibration-too-little', `the log has ${found}; a calibration needs ${needed}`, {
		remedy,
		zh: {
			message: `日志数据不足以校准：现有 ${found}；至少需要 ${needed}`,
			remedy: '请导入更长的日志，或减小 --holdout。'
		}
	});
}

function fitProfile(log: CaseLog, since: Since, days: LocalDays, options: CalibrateOptions): ProcessProfile {
	const { name, zone } = options;
	const { arrivals: arrivalsFrom, steps: stepsFrom } = since;
	const decisions = decisionsOf(log, stepsFrom);
	if (decisions.length < LEAST.steps)
		throw tooLittle(
			`${decisions.length} steps that were watched long enough`,
			`at least ${LEAST.steps}`,
			'Import more.'
		);
	const hours = fitHours(workTimes(log, stepsFrom), days, {
		firstDay: dayOf(days.toLocal(stepsFrom)),
		lastDay: dayOf(days.toLocal(log.to))
	});
	const clock = workingClock(hours, days);
	const hands = handsOf(log, decisions, stepsFrom);
	const seen = fitPeople(decisions, hands, days);
	const services = fitServices(decisions, hands, workersOf(seen, hours, days), clock);
	const people = seen.map((person) => {
		const { speed, n: speedN } = services.speeds.get(person.name) ?? { speed: person.speed, n: person.speedN };
		return { ...person, speed, speedN, fittedSpeed: speed };
	});
	const speeds = new Map(people.map(({ name, speed }) => [name, speed]));
	const waited = decisions.filter(({ next }) => next === undefined || !hands.served.has(next));
	const recent = begunIn(log, stepsFrom, log.to);
	return {
		apiVersion: 'hotcard/v1',
		kind: 'process',
		name,
		fitted: {
			from: days.write(log.from),
			to: days.write(log.to - 1),
			cases: log.cases.length,
			events: eventsOf(log.cases),
			arrivalsSince: days.write(Math.ceil(arrivalsFrom)),
			stepsSince: days.write(Math.ceil(stepsFrom)),
			watchedFor: watchedFor(decisions, log)
		},
		zone,
		days: options.days,
		arrivals: fitArrivals(beginnings(log), days, { begin: log.from, from: arrivalsFrom, to: log.arrivalsTo }),
		hours,
		routing: fitRouting(decisions),
		durations: fitDurations(waited, clock, (name) => speeds.get(name ?? '') ?? 1),
		work: [...services.work, ...fitTeams(decisions, hands, people)],
		people,
		mix: {
			branch: tally(recent.map(({ branch }) => branch)),
			channel: tally(recent.map(({ channel }) => channel)),
			tier: tally(recent.map(({ tier }) => tier))
		}
	};
}

/** When work was taken up, or ended where no more is known. What begins a case may happen at any hour, and tells least. */
function workTimes(log: CaseLog, since: Millis): Millis[] {
	const times = (from: number) =>
		log.cases
			// What ends on the hour was done in the hour before.
			.flatMap(({ steps }) => steps.slice(from).map(({ at, started }) => started ?? at - 1))
			.filter((at) => at >= since);
	const later = times(1);
	return later.length >= LEAST.steps ? later : times(0);
}

/** Days that every used decision was watched for at least. */
function watchedFor(decisions: readonly Decision[], log: CaseLog): string {
	const latest = decisions.reduce((last, { at }) => Math.max(last, at), -Infinity);
	return `${((log.to - latest) / DAY).toFixed(2)} d`;
}
