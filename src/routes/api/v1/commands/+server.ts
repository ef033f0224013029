import { HotcardError } from '#lib/domain/error.ts';
import { parseCommand } from '#lib/server/http/command-body.ts';
import { answering } from '#lib/server/http/problems.ts';
import type { RequestHandler } from './$types';

/** Runs one command as the acting person; answers the offsets of its events. 403 not allowed, 409 not now, 422 not understood. */
export const POST: RequestHandler = ({ request, locals }) =>
	answering(async () => {
		const body: unknown = await request.json().catch(() => {
			throw new HotcardError('bad-request', 'the body is not JSON');
		});
		return locals.app.commands.run(parseCommand(body), locals.actor);
	});
