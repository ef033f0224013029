import type { Lane } from '#lib/domain/lane.ts';
import { LONGEST_LIST } from '#lib/protocol/case-list.ts';
import type { CasesParams } from '#lib/protocol/views.ts';
import { readRange } from '#lib/components/range.ts';

export const STATUSES = ['open', 'breached', 'at_risk', 'closed', 'all'] as const;
export const SORTS = ['due', 'opened', 'stage', 'case', 'events'] as const;
/** Filters that hold one word each. */
export const WORDS = ['stage', 'channel', 'branch', 'tier', 'clock', 'owner', 'text'] as const;
/** Rows that one question asks for; the window moves in steps of a third of it. */
export const WINDOW = 150;

/** What a link to the list asks for. Unknown values are as good as absent. Reads key by key, so that other keys do not matter. */
export function readQuery(search: URLSearchParams, lane: Lane, laneNow: number, speed = 1): CasesParams {
	const params: CasesParams = { lane };
	const status = STATUSES.find((known) => known === search.get('status'));
	if (status !== undefined) params.status = status;
	const sort = SORTS.find((known) => known === search.get('sort'));
	if (sort !== undefined) params.sort = sort;
	if (search.get('descending') === '1') params.descending = true;
	for (const word of WORDS) {
		const value = search.get(word)?.slice(0, 80);
		if (value) params[word] = value;
	}
	const named = search.get('cases')?.slice(0, LONGEST_LIST);
	if (named) params.cases = named;
	const range = readRange(search.get('from'), search.get('to'), laneNow, speed);
	if (range !== null) {
		params.from = range.from;
		if (!range.live) params.to = range.to;
	}
	return params;
}

/** Which list a link to it means, to be carried to a case and back. Lane and time travel by themselves. */
export function listOf(search: URLSearchParams): string {
	const keys = ['status', 'sort', 'descending', 'cases', ...WORDS];
	const kept = keys.flatMap((key) => search.getAll(key).map((value) => [key, value]));
	return new URLSearchParams(kept).toString();
}

/** The rows to ask for when those from `first` on are in sight. */
export function windowAt(first: number): number {
	const step = WINDOW / 3;
	return Math.max(0, Math.floor(first / step) * step - step);
}
