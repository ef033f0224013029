import { heatParams } from '#lib/components/branches/params.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const params = heatParams(url.searchParams, lane, shell.view.laneNow);
	return { params, branches: await locals.app.views.read('branches', params, locals.actor) };
};
