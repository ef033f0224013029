import type { RequestHandler } from './$types';
import { isLane } from '#lib/domain/lane.ts';
import { refused } from '#lib/server/ingest/answers.ts';
import { carriesKey, problemResponse, readBounded, toResponse } from '#lib/server/ingest/body.ts';

/** Takes CloudEvents (structured, batch, binary) and NDJSON; `?lane=` names the lane, else it is `live`. */
export const POST: RequestHandler = async ({ request, url, locals }) => {
	const { ingest, config } = locals.app;
	if (!carriesKey(request.headers.get('authorization'), config.ingestKey))
		return problemResponse(401, 'unauthorised', 'key missing', 'send the ingest key as Authorization: Bearer <key>');
	const lane = url.searchParams.get('lane') ?? 'live';
	if (!isLane(lane))
		return problemResponse(400, 'lane', 'unknown lane', 'expected live, demo, drill:<id> or whatif:<id>');
	const body = await readBounded(request, ingest.limits.bytes);
	if (body === undefined) {
		const detail = `a request takes ${ingest.limits.bytes} bytes at most`;
		return toResponse(refused(413, 'too-large', 'body too large', detail), ingest.limits);
	}
	const headers = Object.fromEntries(request.headers);
	const contentType = headers['content-type'] ?? '';
	return toResponse(await ingest.accept({ lane, contentType, headers, body, origin: 'http' }), ingest.limits);
};
