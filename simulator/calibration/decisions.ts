import type { Millis } from '../../src/lib/domain/time.ts';
import { BEGIN } from '../process/routing.ts';
import type { CaseLog } from './case-log.ts';
import { quantileSorted } from './quantile.ts';

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
	/** When the next one did. */
	until: Millis;
	resource: string | undefined;
}

/** How many past activities a decision keeps. */
export const MEMORY = 6;

/**
 * The decisions since a moment that were watched for long enough: what happened within the horizon after them was seen, so
 * cases still open at the log's end teach their known part, and none is taken for ended because the log ended first.
 */
export function decisionsOf(log: CaseLog, since: Millis, horizon = horizonOf(log, since)): Decision[] {
	const decisions: Decision[] = [];
	const latest = log.to - horizon;
	log.cases.forEach(({ steps }, caseNo) => {
		const past: (string | null)[] = [BEGIN];
		for (let i = 0; i <= steps.length; i++) {
			const at = steps[i - 1]?.at ?? steps[0]!.at;
			if (at > latest) break;
			const step = steps[i];
			// Recent decisions of old cases count as well: what has changed since changed for them, too.
			if (at >= since) {
				const { activity: next, at: until = at, resource } = step ?? {};
				decisions.push({ caseNo, past: past.slice(-MEMORY), next, began: steps[0]!.at, at, until, resource });
			}
			if (step !== undefined) past.push(step.activity);
		}
	});
	return decisions;
}

/** How long to wait before an unanswered step counts as the last: 99.5 % of all waits were shorter. At most half the decisions are given up for it. */
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
