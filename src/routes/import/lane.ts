import type { Uploaded } from './types.ts';

const LONGEST_ID = 40;

/** Columns that only an export of this product has, as a table and as XES or OCEL. */
const OWN = [['case', 'activity', 'time', 'stage', 'lifecycle'], ['hotcard:stage'], ['hotcard:branch']];

/** Whether a file seems to hold the bank's own events: CloudEvents, or what `hotcard export` writes. */
function isOwn({ preview }: Uploaded): boolean {
	const names = new Set(preview.columns.map((column) => column.name));
	const events =
		preview.rows.length > 0 && preview.rows.every((row) => row['event']?.includes('"com.hotcard.') ?? false);
	return events || OWN.some((columns) => columns.every((name) => names.has(name)));
}

/**
 * The lane to propose for a file opened while looking at `lane`. Only the bank's own events may come into the production
 * lane, and none into the demo: every other file gets a what-if lane named after it. A drill or a what-if that is being
 * looked at is meant.
 */
export function proposedLane(uploaded: Uploaded, lane: string): string {
	if (lane !== 'live' && lane !== 'demo') return lane;
	if (lane === 'live' && isOwn(uploaded)) return lane;
	const id = (uploaded.name.split('.')[0] ?? '').replaceAll(/[^A-Za-z0-9_-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
	return `whatif:${id.slice(0, LONGEST_ID) || 'import'}`;
}
