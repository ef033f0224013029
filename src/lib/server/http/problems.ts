import { HotcardError } from '../../domain/error.ts';

/** HTTP status of each expected failure that a request may meet; every other one is a conflict with the present state. */
const STATUS: Record<string, number> = {
	'bad-params': 400,
	'bad-request': 400,
	'invalid-command': 422,
	forbidden: 403,
	'out-of-scope': 403,
	'not-found': 404,
	'unknown-topic': 404,
	'no-lane': 404,
	'too-large': 413,
	'log-full': 503,
	'log-readonly': 503,
	'log-closed': 503
};

/** An expected failure as problem+json; anything else is thrown on. */
export function answerProblem(error: unknown): Response {
	if (!(error instanceof HotcardError)) throw error;
	const status = STATUS[error.code] ?? 409;
	const { code, message: detail, remedy, place } = error;
	return new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, detail, remedy, place }), {
		status,
		headers: { 'content-type': 'application/problem+json' }
	});
}

/** Answers what `work` gives as JSON, or its expected failure as a problem. */
export async function answering(work: () => Promise<unknown>): Promise<Response> {
	try {
		const value = await work();
		if (value === undefined) return new Response(null, { status: 204 });
		return Response.json(value);
	} catch (error) {
		return answerProblem(error);
	}
}
