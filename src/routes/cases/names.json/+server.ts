import { json } from '@sveltejs/kit';
import { namedCases } from '#lib/server/http/named-cases.ts';
import { isLane } from '#lib/domain/lane.ts';
import type { RequestHandler } from './$types';

/** The lane's cases that a text names, the one of that very number first, a handful at most: for the command palette. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const named = url.searchParams.get('lane');
	const lane = named !== null && isLane(named) ? named : locals.app.defaultLane();
	return json(await namedCases(locals.app.views, lane, url.searchParams.get('text') ?? '', locals.actor));
};
