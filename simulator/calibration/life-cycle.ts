import type { LoggedStep } from './case-log.ts';

export interface LoggedMoment extends LoggedStep {
	/** `start` and `complete` as of XES, in the words that logs use; undefined where the log has one moment of each step. */
	lifecycle?: string | undefined;
}

const STARTS = new Set(['start', 'started', 'begin', '开始']);
const ENDS = new Set(['complete', 'completed', 'end', '完成', '结束']);

const markOf = ({ lifecycle }: LoggedMoment): 'start' | 'end' | undefined => {
	const word = lifecycle?.toLowerCase() ?? '';
	return STARTS.has(word) ? 'start' : ENDS.has(word) ? 'end' : undefined;
};

/** Whether a log tells beginnings: then what is neither a start nor an end, such as `suspend`, is no step. */
export const tellsStarts = (moments: readonly LoggedMoment[]): boolean =>
	moments.some((one) => markOf(one) === 'start') && moments.some((one) => markOf(one) === 'end');

/**
 * Steps of a case, one an end, from its moments in order of time. An end takes the earliest start of its activity that is
 * open, of the same person where there is one; a start without an end is no step yet.
 */
export function pairedSteps(moments: readonly LoggedMoment[]): LoggedStep[] {
	const open: LoggedMoment[] = [];
	const steps: LoggedStep[] = [];
	for (const moment of moments) {
		const { at, activity, resource, lifecycle } = moment;
		const mark = markOf(moment);
		if (mark === 'start') open.push(moment);
		if (mark !== 'end' && lifecycle !== undefined) continue;
		const same = open.filter((one) => one.activity === activity);
		const start = same.find((one) => one.resource === resource) ?? same[0];
		if (start === undefined) steps.push({ at, activity, resource });
		else {
			open.splice(open.indexOf(start), 1);
			steps.push({ at, activity, resource: resource ?? start.resource, started: start.at });
		}
	}
	return steps;
}
