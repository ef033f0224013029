import type { Millis } from '../time.ts';
import type { Verb } from './plan.ts';

/**
 * Ends and cancels of clocks that had no run yet: what a start that comes late must know. Three numbers for each rule
 * and verb: which, the first moment, the last. Flat, because every case has some and hardly any ever needs them.
 */
export type EarlyEnds = readonly number[];

export const NO_EARLY: EarlyEnds = [];

const WIDTH = 3;

const keyOf = (rule: number, verb: Verb): number => rule * 2 + (verb === 'end' ? 0 : 1);

function placeOf(early: EarlyEnds, key: number): number {
	for (let i = 0; i < early.length; i += WIDTH) if (early[i] === key) return i;
	return -1;
}

/**
 * Adds a moment. What happens over and over (messages) keeps its first and its last moment only. `own` is the copy that
 * may be written to, once there is one; answers it.
 */
export function rememberEarly(
	early: EarlyEnds,
	own: number[] | null,
	{ rule, verb }: { readonly rule: number; readonly verb: Verb },
	at: Millis
): number[] | null {
	const known = own ?? early;
	const key = keyOf(rule, verb);
	const place = placeOf(known, key);
	if (place >= 0 && at >= known[place + 1]! && at <= known[place + 2]!) return own;
	const copy = own ?? early.slice();
	if (place < 0) copy.push(key, at, at);
	else copy[at < copy[place + 1]! ? place + 1 : place + 2] = at;
	return copy;
}

/** The first known moment after `from`, and the last one; null where there is none. At the same moment the order of the log decides. */
export function earlyAfter(
	early: EarlyEnds,
	rule: number,
	verb: 'end' | 'cancel',
	from: Millis
): { first: Millis; last: Millis } | null {
	const place = early.length === 0 ? -1 : placeOf(early, keyOf(rule, verb));
	if (place < 0) return null;
	const [first, last] = [early[place + 1]!, early[place + 2]!];
	if (last <= from) return null;
	return { first: first > from ? first : last, last };
}
