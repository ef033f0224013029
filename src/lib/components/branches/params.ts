import { rangeParams, readRange } from '#lib/components/range.ts';
import type { Lane } from '#lib/domain/lane.ts';
import type { Params } from '#lib/protocol/topics.ts';
import type { HeatMeasure, HeatmapView } from '#lib/protocol/views.ts';
import { MEASURES, SORTS } from './grid.ts';

/** What the link asks of the heatmap. Reads its own keys only, so that choosing a cell does not ask for the map again. */
export function heatParams(
	query: URLSearchParams,
	lane: Lane,
	laneNow: number,
	speed = 1
): Params<'branches'> & { measure: HeatMeasure } {
	const range = readRange(query.get('from'), query.get('to'), laneNow, speed);
	const measure = MEASURES.find((known) => known === query.get('measure')) ?? 'wait';
	const province = query.get('province');
	return { lane, measure, ...rangeParams(range), ...(province === null ? {} : { province }) };
}

/** What the link asks of one cell: whatever the map beside it shows, its figures are the same. */
export function cellParams(
	cell: { branchId: string; hourOfWeek: number },
	...[query, lane, laneNow, speed]: Parameters<typeof heatParams>
): Params<'branchCell'> {
	const range = readRange(query.get('from'), query.get('to'), laneNow, speed);
	return { lane, ...rangeParams(range), ...cell };
}

/** Rows of the map at most: a whole bank of thousands of branches would be tens of megabytes. */
const ROWS = 500;

/** What the link asks of the whole map. */
export function mapParams(...[query, lane, laneNow, speed]: Parameters<typeof heatParams>) {
	const sort = SORTS.find((known) => known === query.get('sort')) ?? 'city';
	return { ...heatParams(query, lane, laneNow, speed), sort, limit: ROWS };
}

/** The heatmap before anything could be asked: no branch, no value. */
export function unwritten({ measure }: { measure: HeatMeasure }): HeatmapView {
	const range = { from: 0, to: 0 };
	return { measure, range, computedAt: 0, target: null, branches: [], provinces: [], values: [], counts: [] };
}

const WEEK = 168;

/** The hour of the week that the link names, 0–167; null where it names none. */
export function namedHour(query: URLSearchParams): number | null {
	const text = query.get('hour');
	const hour = Number(text);
	return text !== null && text !== '' && Number.isInteger(hour) && hour >= 0 && hour < WEEK ? hour : null;
}

/** The hour in which a row's value is highest: what one wants to see of it first. */
export function highestHour(values: readonly (number | null)[], row: number): number {
	const week = values.slice(row * WEEK, (row + 1) * WEEK).map((value) => value ?? -1);
	return Math.max(0, week.indexOf(Math.max(...week)));
}
