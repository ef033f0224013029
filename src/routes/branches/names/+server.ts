import { json } from '@sveltejs/kit';
import { isLane } from '#lib/domain/lane.ts';
import type { RequestHandler } from './$types';

/** Names of the lane's branches, for the command palette. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const named = url.searchParams.get('lane');
	const lane = named !== null && isLane(named) ? named : locals.app.defaultLane();
	const { view } = await locals.app.views.read('branches', { lane, measure: 'volume' }, locals.actor);
	return json(view.branches.map(({ id, name, city }) => ({ id, name, city })));
};
