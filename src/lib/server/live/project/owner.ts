import { caseKey } from '../../../../../analytics/project/case-key.ts';

/** One of several workers that share a log; each event belongs to exactly one of them. */
export interface Part {
	index: number;
	of: number;
}

const KEY = '"caseId":"';
const VISIT = '"com.hotcard.visit.';

/** Which part an event belongs to: that of its case, by a hash of the id; events of no case take turns by their offset. */
export const ownerOf = (caseId: string | undefined, offset: number, of: number): number =>
	(caseId === undefined ? offset : caseKey(caseId) >>> 8) % of;

/**
 * The case id in an event's line, found without parsing it: what stands behind the first `"caseId":"`. A guess that the
 * one who parses the line must check, for the id may be escaped, spaced or nested in another field.
 */
export function guessCaseId(text: string, from: number, to: number): string | undefined {
	const key = text.indexOf(KEY, from);
	if (key < 0 || key >= to) return undefined;
	const start = key + KEY.length;
	return text.slice(start, text.indexOf('"', start));
}

/** Whether a line looks like an event of a branch visit. */
export const looksLikeVisit = (line: string): boolean => line.includes(VISIT);

/** Tells the lines of a text that look like visits, asked from the first to the last: the text is searched once, not once a line. */
export function visitFinder(text: string): (from: number, to: number) => boolean {
	let next = text.indexOf(VISIT);
	return (from, to) => {
		if (next >= 0 && next < from) next = text.indexOf(VISIT, from);
		return next >= 0 && next < to;
	};
}
