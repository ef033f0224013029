import type { RequestHandler } from './$types';
import { isLane } from '#lib/domain/lane.ts';
import { problemOf, problemResponse } from '#lib/server/http/words.ts';
import { NO_KEY, tooLarge } from '#lib/server/ingest/answers.ts';
import { carriesKey, readBounded, toResponse } from '#lib/server/ingest/body.ts';

/** Takes CloudEvents (structured, batch, binary) and NDJSON; `?lane=` names the lane, else it is `live`. */
export const POST: RequestHandler = async ({ request, url, locals }) => {
	const { ingest, config } = locals.app;
	if (!carriesKey(request.headers.get('authorization'), config.ingestKey))
		return problemResponse(401, problemOf('unauthorised', NO_KEY), { 'www-authenticate': 'Bearer' });
	const lane = url.searchParams.get('lane') ?? 'live';
	if (!isLane(lane))
		return problemResponse(400, problemOf('lane', { detail: `there is no lane ${lane.slice(0, 60)}` }));
	const body = await readBounded(request, ingest.limits.bytes);
	if (body === undefined) return toResponse(tooLarge(ingest.limits.bytes), ingest.limits);
	const headers = Object.fromEntries(request.headers);
	const contentType = headers['content-type'] ?? '';
	return toResponse(await ingest.accept({ lane, contentType, headers, body, origin: 'http' }), ingest.limits);
};
