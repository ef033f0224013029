import type { Lane } from '#lib/domain/lane.ts';
import type { Params } from '#lib/protocol/topics.ts';
import { rangeParams, readRange } from '../range.ts';

/** What the link asks of the overview. */
export function overviewParams(query: URLSearchParams, lane: Lane, laneNow: number, speed = 1): Params<'overview'> {
	const range = readRange(query.get('from'), query.get('to'), laneNow, speed);
	const branch = query.get('branch')?.slice(0, 80);
	return { lane, ...rangeParams(range), ...(branch ? { branch } : {}) };
}
