import type { PageServerLoad } from './$types';
import { readQuery } from './query.ts';

/** A page of refused events, newest first. */
export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const { lane } = await parent();
	const query = readQuery(url.searchParams, lane);
	return { query, quarantine: await locals.app.views.read('quarantine', query, locals.actor) };
};
