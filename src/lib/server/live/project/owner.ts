import { caseKey } from '../../../../../analytics/project/case-key.ts';

/** One of several workers that share a log; each event belongs to exactly one of them. */
export interface Part {
	index: number;
	of: number;
}

const KEY = '"caseId":"';
const RARE = 'Id":"';
const VISIT = '"com.hotcard.visit.';

/** Which part an event belongs to: that of its case, by a hash of the id; events of no case take turns by their offset. */
export const ownerOf = (caseId: string | undefined, offset: number, of: number): number =>
	(caseId === undefined ? offset : caseKey(caseId) >>> 8) % of;

/**
 * The case id in an event's line, found without parsing it: what stands behind the first `"caseId":"`. A guess that the
 * one who parses the line must check, for the id may be escaped, spaced or nested in another field.
 */
export function guessCaseId(text: string, from: number, to: number): string | undefined {
	// Looked for by its rarest signs: the engine finds a short text that begins with a rare letter several times as fast.
	for (let at = text.indexOf(RARE, from); at >= 0 && at < to; at = text.indexOf(RARE, at + 1)) {
		const key = at - (KEY.length - RARE.length);
		if (key < from || !text.startsWith(KEY, key)) continue;
		const start = key + KEY.length;
		return text.slice(start, text.indexOf('"', start));
	}
	return undefined;
}

/** Tells the lines of a text that look like visits, asked from the first to the last: the text is searched once, not once a line. */
export function visitFinder(text: string): (from: number, to: number) => boolean {
	let next = text.indexOf(VISIT);
	return (from, to) => {
		if (next >= 0 && next < from) next = text.indexOf(VISIT, from);
		return next >= 0 && next < to;
	};
}
