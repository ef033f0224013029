import { overviewParams } from '#lib/components/overview/params.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const params = overviewParams(url.searchParams, lane, shell.view.laneNow, shell.view.speed);
	return { overview: await locals.app.views.read('overview', params, locals.actor) };
};
