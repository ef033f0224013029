import type { Millis } from '../../src/lib/domain/time.ts';
import { BEGIN } from '../process/routing.ts';
import { type CaseLog, startOf } from './case-log.ts';
import { lowerBound, quantileSorted } from './quantile.ts';

/** One choice of a case: after the activities so far came the next one, or the case's end. */
export interface Decision {
	/** Which case, for folds that keep cases whole. */
	caseNo: number;
	past: readonly (string | null)[];
	/** undefined: the case ended. */
	next: string | undefined;
	/** When the case began. */
	began: Millis;
	/** When the last activity happened; the beginning where there was none. */
	at: Millis;
	/** When the next one did, and when it was begun where the log says so. */
	until: Millis;
	started: Millis | undefined;
	resource: string | undefined;
}

/** How many past activities a decision keeps. */
export const MEMORY = 6;

/**
 * The decisions since a moment, as if each had been watched for the whole horizon. What was seen stands for what was not:
 * an answer after a wait w counts 1 / G(w) times, where G is the share of decisions that were watched for longer than w
 * (inverse probability of censoring, Robins and Rotnitzky 1992), and a case has ended where nothing came within the
 * horizon. So the latest decisions teach as well, and none is taken for ended because the log ended first.
 */
export function decisionsOf(log: CaseLog, since: Millis, horizon = horizonOf(log, since)): Decision[] {
	const seen: Decision[] = [];
	const watched: number[] = [];
	log.cases.forEach((one, caseNo) => {
		const { steps } = one;
		const began = startOf(one);
		const past: (string | null)[] = [BEGIN];
		for (let i = 0; i <= steps.length; i++) {
			const at = steps[i - 1]?.at ?? began;
			const step = steps[i];
			// Recent decisions of old cases count as well: what has changed since changed for them, too.
			if (at >= since) {
				watched.push(log.to - at);
				const { activity: next, at: until = at, started, resource } = step ?? {};
				if (next !== undefined || log.to - at >= horizon)
					seen.push({ caseNo, past: past.slice(-MEMORY), next, began, at, until, started, resource });
			}
			if (step !== undefined) past.push(step.activity);
		}
	});
	return weighed(seen, Float64Array.from(watched).sort(), horizon);
}

/** Each as often as its weight, by systematic rounding; an answer later than the horizon stands for those pending then. */
function weighed(seen: readonly Decision[], watched: Float64Array, horizon: Millis): Decision[] {
	let sum = 0;
	return seen.flatMap((one) => {
		const wait = one.next === undefined ? horizon : Math.min(horizon, one.until - one.at);
		const longer = watched.length - lowerBound(watched, wait);
		const before = Math.floor(sum);
		sum += watched.length / Math.max(1, longer);
		return new Array<Decision>(Math.floor(sum) - before).fill(one);
	});
}

/** How long to wait before an unanswered step counts as the last: 99.5 % of all waits were shorter. At least half the decisions were watched for it. */
export function horizonOf(log: CaseLog, since: Millis): Millis {
	const waits: number[] = [];
	const moments: number[] = [];
	for (const one of log.cases) {
		one.steps.forEach(({ at }, i) => {
			if (i > 0) waits.push(at - one.steps[i - 1]!.at);
			if (at >= since) moments.push(at);
		});
	}
	if (waits.length === 0 || moments.length === 0) return 0;
	const middle = quantileSorted(Float64Array.from(moments).sort(), 0.5);
	return Math.min(quantileSorted(Float64Array.from(waits).sort(), 0.995), Math.max(0, log.to - middle));
}
