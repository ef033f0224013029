import { HotcardError } from '#lib/domain/error.ts';
import { isTopic, parseParams } from '#lib/server/hub/params.ts';
import { answering } from '#lib/server/http/problems.ts';
import type { RequestHandler } from './$types';

/** One state of a view as JSON; the query carries its parameters, and the default lane where it names none. */
export const GET: RequestHandler = ({ params, url, locals }) =>
	answering(async () => {
		if (!isTopic(params.topic)) throw new HotcardError('unknown-topic', `there is no view ${params.topic}`);
		const query = { lane: locals.app.defaultLane(), ...Object.fromEntries(url.searchParams) };
		return locals.app.views.read(params.topic, parseParams(params.topic, query), locals.actor);
	});
