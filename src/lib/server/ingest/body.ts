import { createHash, timingSafeEqual } from 'node:crypto';
import type { IngestAnswer } from '../application.ts';

/**
 * The body of a request, or undefined where it is longer than `limit` bytes. Stops reading there and then: the rest is neither
 * read nor kept, so the connection should be closed after the answer.
 */
export async function readBounded(request: Request, limit: number): Promise<Uint8Array | undefined> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined;
	const reader = request.body?.getReader();
	if (reader === undefined) return new Uint8Array(0);
	const chunks: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
		length += value.length;
		if (length > limit) {
			// Not cancelled: that would tear down the connection before the answer is out.
			reader.releaseLock();
			return undefined;
		}
		chunks.push(value);
	}
}

/** Whether a request carries the ingest key, where one is needed. Takes as long for a wrong key as for the right one. */
export function carriesKey(authorization: string | null, key: string | undefined): boolean {
	if (key === undefined) return true;
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${key}`));
}

/** An answer as HTTP: JSON, or problem+json (RFC 9457) where nothing was taken. */
export function toResponse(answer: IngestAnswer, limits: { events: number }): Response {
	const { status, accepted, duplicates, rejected, problem, retryAfterSeconds } = answer;
	const headers: Record<string, string> = { 'cache-control': 'no-store' };
	if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
	if (status === 429) {
		headers['ratelimit-limit'] = String(limits.events);
		headers['ratelimit-remaining'] = '0';
		headers['ratelimit-reset'] = String(retryAfterSeconds ?? 1);
	}
	if (status === 413) headers['connection'] = 'close';
	if (problem === undefined) return Response.json({ accepted, duplicates, rejected }, { status, headers });
	headers['content-type'] = 'application/problem+json';
	const body = rejected.length === 0 ? { ...problem, status } : { ...problem, status, rejected };
	return new Response(JSON.stringify(body), { status, headers });
}
