import { HotcardError } from '../../domain/error.ts';
import { problemOf, problemResponse } from './words.ts';

/** HTTP status of each expected failure that a request may meet; every other one is a conflict with the present state. */
const STATUS: Record<string, number> = {
	'bad-params': 400,
	'bad-request': 400,
	'invalid-command': 422,
	'invalid-fault': 422,
	forbidden: 403,
	'out-of-scope': 403,
	'not-found': 404,
	'unknown-topic': 404,
	'no-lane': 404,
	lane: 400,
	'too-large': 413,
	'log-full': 503,
	'log-readonly': 503,
	'data-locked': 503,
	'data-readonly': 503,
	'log-closed': 503
};

const RETRY_SECONDS = 1;

/** An expected failure as problem+json; anything else is thrown on. */
export function answerProblem(error: unknown): Response {
	if (!(error instanceof HotcardError)) throw error;
	const status = STATUS[error.code] ?? 409;
	const { code, message: detail, remedy, place, zh, suggestion } = error;
	const body = problemOf(code, { detail, detailZh: zh.message, remedy, remedyZh: zh.remedy, suggestion, place });
	// What stops writing passes: the sender may come again.
	return problemResponse(status, body, status === 503 ? { 'retry-after': String(RETRY_SECONDS) } : {});
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
