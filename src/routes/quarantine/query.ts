import type { Lane } from '#lib/domain/lane.ts';
import type { Params } from '#lib/protocol/topics.ts';

export const PAGE = 50;
export const STATUSES = ['open', 'resubmitted', 'dismissed', 'all'] as const;

/** What a link to the quarantine asks for; `all` is no filter at all. */
export function readQuery(search: URLSearchParams, lane: Lane): Params<'quarantine'> {
	const params: Params<'quarantine'> = { lane, limit: PAGE };
	const status = STATUSES.find((known) => known === search.get('status')) ?? 'open';
	if (status !== 'all') params.status = status;
	const code = search.get('code')?.slice(0, 80);
	if (code) params.code = code;
	const offset = search.get('offset');
	if (offset !== null && /^\d{1,9}$/.test(offset)) params.offset = Number(offset);
	return params;
}
