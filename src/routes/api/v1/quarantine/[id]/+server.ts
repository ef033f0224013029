import type { RequestHandler } from './$types';
import { HotcardError } from '#lib/domain/error.ts';
import { answerProblem } from '#lib/server/http/problems.ts';
import { tooLarge } from '#lib/server/ingest/answers.ts';
import { readBounded, toResponse } from '#lib/server/ingest/body.ts';

async function answering(work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		return answerProblem(error);
	}
}

/** The number of a row; what is none names no row. */
function numbered(id: string): number {
	if (/^\d{1,15}$/.test(id)) return Number(id);
	throw new HotcardError('not-found', `there is no quarantined event ${id.slice(0, 40)}`);
}

/** Sends the repaired event (the body, one CloudEvent as JSON) through the door again. */
export const POST: RequestHandler = ({ request, params, locals }) =>
	answering(async () => {
		const { app, actor } = locals;
		const body = await readBounded(request, app.ingest.limits.bytes);
		if (body === undefined) return toResponse(tooLarge(app.ingest.limits.bytes), app.ingest.limits);
		const answer = await app.ingest.resubmit(numbered(params.id), new TextDecoder().decode(body), actor);
		return toResponse(answer, app.ingest.limits);
	});

/** Puts a refused event aside for good. */
export const DELETE: RequestHandler = ({ params, locals }) =>
	answering(async () => {
		await locals.app.ingest.dismiss(numbered(params.id), locals.actor);
		return new Response(null, { status: 204 });
	});
