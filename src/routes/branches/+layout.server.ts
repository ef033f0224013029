import { heatParams } from '#lib/components/branches/params.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const { views } = locals.app;
	const params = heatParams(url.searchParams, lane, shell.view.laneNow);
	const branches = await views.read('branches', params, locals.actor);
	// Under a filter the view holds one province: the others must stay within reach.
	const all =
		params.province === undefined ? branches : await views.read('branches', { lane, measure: 'volume' }, locals.actor);
	return { params, branches, provinces: [...new Set(all.view.branches.map((branch) => branch.province))] };
};
