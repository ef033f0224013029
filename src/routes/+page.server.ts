import { rangeParams, readRange } from '#lib/components/range.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const range = readRange(url.searchParams.get('from'), url.searchParams.get('to'), shell.view.laneNow);
	const branch = url.searchParams.get('branch');
	const params = { lane, ...rangeParams(range), ...(branch === null ? {} : { branch }) };
	return { params, overview: await locals.app.views.read('overview', params, locals.actor) };
};
