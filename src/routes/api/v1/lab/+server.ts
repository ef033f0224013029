import { HotcardError } from '#lib/domain/error.ts';
import { isLane } from '#lib/domain/lane.ts';
import { answering } from '#lib/server/http/problems.ts';
import { parseLabCommand } from '#lib/server/lab/lab-command.ts';
import type { RequestHandler } from './$types';

/** What drives a lane, and how: `?lane=`, else the default lane. */
export const GET: RequestHandler = ({ url, locals }) =>
	answering(async () => {
		const lane = url.searchParams.get('lane') ?? locals.app.defaultLane();
		if (!isLane(lane)) throw new HotcardError('lane', `there is no lane ${lane.slice(0, 60)}`);
		return locals.app.lab.state(lane);
	});

/**
 * Asks something of whatever drives a lane, as the acting person; answers its state then. 403 not allowed, 404 no such lane,
 * 409 not driven or not now, 422 not understood.
 */
export const POST: RequestHandler = ({ request, locals }) =>
	answering(async () => {
		const body: unknown = await request.json().catch(() => {
			throw new HotcardError('bad-request', 'the body is not JSON');
		});
		return locals.app.lab.run(parseLabCommand(body), locals.actor);
	});
