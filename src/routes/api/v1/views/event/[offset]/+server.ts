import { HotcardError } from '#lib/domain/error.ts';
import { answering } from '#lib/server/http/problems.ts';
import type { RequestHandler } from './$types';

/** One event of the log as it is stored, with what identifies a person masked for readers who may not see it. */
export const GET: RequestHandler = ({ params, locals }) =>
	answering(async () => {
		const offset = /^\d{1,15}$/.test(params.offset) ? Number(params.offset) : undefined;
		const found = offset === undefined ? undefined : await locals.app.event?.(offset, locals.actor);
		if (found === undefined) throw new HotcardError('not-found', `the log has no event ${params.offset}`);
		return found;
	});
