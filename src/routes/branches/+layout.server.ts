import { SORTS } from '#lib/components/branches/grid.ts';
import { heatParams, unwritten } from '#lib/components/branches/params.ts';
import { isWriting } from '#lib/components/writing.ts';
import type { LayoutServerLoad } from './$types';

/** Rows of the map at most: a whole bank of thousands of branches would be tens of megabytes. */
const ROWS = 500;

export const load: LayoutServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const query = url.searchParams;
	const sort = SORTS.find((known) => known === query.get('sort')) ?? 'city';
	const params = { ...heatParams(query, lane, shell.view.laneNow), sort, limit: ROWS };
	// While a history is written nothing can be asked of it for a while: the page stands at once and is told later.
	if (isWriting(shell.view))
		return { params, branches: { ...shell, topic: 'branches' as const, view: unwritten(params) } };
	return { params, branches: await locals.app.views.read('branches', params, locals.actor) };
};
