import type { Lane } from '#lib/domain/lane.ts';
import type { Params } from '#lib/protocol/topics.ts';

export const PAGE = 100;

/** What a link to the log asks for. */
export function readQuery(search: URLSearchParams, lane: Lane): Params<'log'> {
	const params: Params<'log'> = { lane, limit: PAGE };
	const before = search.get('before');
	if (before !== null && /^\d{1,15}$/.test(before)) params.before = Number(before);
	const type = search.get('type')?.slice(0, 80);
	if (type) params.type = type;
	const caseId = search.get('case')?.slice(0, 200);
	if (caseId) params.caseId = caseId;
	return params;
}
