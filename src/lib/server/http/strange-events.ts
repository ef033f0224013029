import type { IncomingMessage } from 'node:http';
import { NO_KEY, refused } from '../ingest/answers.ts';
import { carriesKey } from '../ingest/body.ts';
import { strangeBody } from '../ingest/modes.ts';
import { type ProblemBody, problemOf } from './words.ts';

const PATH = '/api/v1/events';

/**
 * The answer to events that are sent in a form which is not read here, undefined for all other requests. Given before the
 * pages see the request: they would take a form of another site for an attack on a person (403) and look no further.
 */
export function strangeEvents(
	{ method, headers }: IncomingMessage,
	path: string,
	key: string | undefined
): { status: number; problem: ProblemBody } | undefined {
	if (method !== 'POST' || path !== PATH) return undefined;
	const strange = strangeBody(headers['content-type'] ?? '', headers['content-encoding']);
	if (strange === undefined) return undefined;
	if (!carriesKey(headers.authorization ?? null, key))
		return { status: 401, problem: problemOf('unauthorised', NO_KEY) };
	const { status, problem } = refused(415, 'media-type', strange);
	return problem && { status, problem };
}
