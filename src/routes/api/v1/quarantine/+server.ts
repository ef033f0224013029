import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { isLane } from '#lib/domain/lane.ts';
import { problemOf, problemResponse } from '#lib/server/http/words.ts';

/** Refused events of a lane, newest first: `?lane=&code=&status=&offset=&limit=`. */
export const GET: RequestHandler = async ({ url, locals }) => {
	const { app, actor } = locals;
	const lane = url.searchParams.get('lane') ?? app.defaultLane();
	if (!isLane(lane))
		return problemResponse(400, problemOf('lane', { detail: `there is no lane ${lane.slice(0, 60)}` }));
	const text = (name: string) => {
		const value = url.searchParams.get(name);
		return value === null ? {} : { [name]: value };
	};
	const number = (name: string) => {
		const value = Number(url.searchParams.get(name) ?? Number.NaN);
		return Number.isInteger(value) && value >= 0 ? { [name]: value } : {};
	};
	const params = { lane, ...text('code'), ...text('status'), ...number('offset'), ...number('limit') };
	const snapshot = await app.views.read('quarantine', params, actor);
	return json(snapshot.view);
};
