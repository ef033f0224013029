import type { PageServerLoad } from './$types';
import { readQuery } from './query.ts';

/** The newest events, or those before an offset. */
export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const { lane } = await parent();
	const query = readQuery(url.searchParams, lane);
	return { query, log: await locals.app.views.read('log', query, locals.actor) };
};
