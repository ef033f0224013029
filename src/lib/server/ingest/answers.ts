import type { IngestAnswer, Rejection } from '../application.ts';

type Status = IngestAnswer['status'];

/** A request of which nothing was taken, with the reason (RFC 9457). */
export function refused(
	status: Exclude<Status, 202 | 207>,
	code: string,
	title: string,
	detail: string,
	more: { rejected?: Rejection[]; retryAfterSeconds?: number } = {}
): IngestAnswer {
	const problem = { type: `urn:hotcard:problem:${code}`, title, detail };
	const answer: IngestAnswer = { status, accepted: 0, duplicates: 0, rejected: more.rejected ?? [], problem };
	return more.retryAfterSeconds === undefined ? answer : { ...answer, retryAfterSeconds: more.retryAfterSeconds };
}

/** 202 when every event is in the log, 207 as soon as one was rejected, even if it was the only one. */
export function taken(accepted: number, duplicates: number, rejected: Rejection[]): IngestAnswer {
	return { status: rejected.length === 0 ? 202 : 207, accepted, duplicates, rejected };
}
