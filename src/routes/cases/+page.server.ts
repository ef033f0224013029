import type { PageServerLoad } from './$types';
import { readQuery, WINDOW } from './query.ts';

/** The first rows of the list that the link asks for; the browser asks for further ones itself. */
export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const query = readQuery(url.searchParams, lane, shell.view.laneNow, shell.view.speed);
	return { query, cases: await locals.app.views.read('cases', { ...query, offset: 0, limit: WINDOW }, locals.actor) };
};
