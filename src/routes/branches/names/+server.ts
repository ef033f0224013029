import { json } from '@sveltejs/kit';
import { isLane } from '#lib/domain/lane.ts';
import { found } from '#lib/components/branches/find.ts';
import type { RequestHandler } from './$types';

/** The lane's branches that a text names, the best first, a handful at most: for the command palette. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const named = url.searchParams.get('lane');
	const lane = named !== null && isLane(named) ? named : locals.app.defaultLane();
	const { view } = await locals.app.views.read('places', { lane }, locals.actor);
	return json(found(view.branches, url.searchParams.get('text') ?? ''));
};
