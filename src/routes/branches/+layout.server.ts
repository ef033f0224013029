import { SORTS } from '#lib/components/branches/grid.ts';
import { heatParams } from '#lib/components/branches/params.ts';
import type { LayoutServerLoad } from './$types';

/** Rows of the map at most: a whole bank of thousands of branches would be tens of megabytes. */
const ROWS = 500;

export const load: LayoutServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const query = url.searchParams;
	const sort = SORTS.find((known) => known === query.get('sort')) ?? 'city';
	const params = { ...heatParams(query, lane, shell.view.laneNow), sort, limit: ROWS };
	return { params, branches: await locals.app.views.read('branches', params, locals.actor) };
};
