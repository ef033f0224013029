import type { RequestHandler } from './$types';
import { may } from '#lib/domain/actor.ts';
import { HotcardError } from '#lib/domain/error.ts';
import { refused } from '#lib/server/ingest/answers.ts';
import { problemResponse, readBounded, toResponse } from '#lib/server/ingest/body.ts';

const STATUS: Record<string, number> = { forbidden: 403, 'not-found': 404, 'not-open': 409 };

async function answering(work: () => Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		const status = error instanceof HotcardError ? STATUS[error.code] : undefined;
		if (status === undefined || !(error instanceof HotcardError)) throw error;
		return problemResponse(status, error.code, error.message, error.remedy);
	}
}

const forbidden = () => problemResponse(403, 'forbidden', 'not allowed', 'ask a supervisor, manager or planner');

/** Sends the repaired event (the body, one CloudEvent as JSON) through the door again. */
export const POST: RequestHandler = ({ request, params, locals }) =>
	answering(async () => {
		const { app, actor } = locals;
		if (!may(actor, 'quarantine.resubmit')) return forbidden();
		const body = await readBounded(request, app.ingest.limits.bytes);
		if (body === undefined) return toResponse(refused(413, 'too-large', 'body too large', ''), app.ingest.limits);
		const answer = await app.ingest.resubmit(Number(params.id), new TextDecoder().decode(body), actor);
		return toResponse(answer, app.ingest.limits);
	});

/** Puts a refused event aside for good. */
export const DELETE: RequestHandler = ({ params, locals }) =>
	answering(async () => {
		const { app, actor } = locals;
		if (!may(actor, 'quarantine.resubmit')) return forbidden();
		await app.ingest.dismiss(Number(params.id), actor);
		return new Response(null, { status: 204 });
	});
