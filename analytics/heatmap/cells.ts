import type { Millis } from '#lib/domain/time.ts';
import { ints, type Packed, reals } from '../packed.ts';

export const HOURS_OF_WEEK = 168;
/** Fewer values than this have their greatest as 0.9 quantile. */
const FEW = 10;

/** Visits: `cell` is the hour of the week × the number of branches + the place of the branch; durations in ms, NaN where unknown. */
export type Visits = Packed<{ cell: number; wait: number | null; handling: number | null }>;

/**
 * Branch × hour of the week, a row for each that had a visit. Hour 0 is Monday 00:00; durations in ms, NaN where none is
 * known; quantiles are exact.
 */
export interface HeatCells {
	/** Places of the branches. */
	readonly places: ReadonlyMap<string, number>;
	/** The row of hour × branches + place, -1 where nobody came. */
	readonly rowOf: Int32Array;
	readonly volume: Int32Array;
	readonly waitN: Int32Array;
	readonly waitP90: Float64Array;
	readonly handlingN: Int32Array;
	readonly handlingP90: Float64Array;
	readonly overtime: Int32Array;
}

/**
 * Sorts visits by cell: wait and handling of each, one after the other. Afterwards the visits of a cell end at
 * `ends[cell]`, where those of the next begin. Visits come nearly in the order of time and cells are numbered hour by
 * hour, so neighbours in memory are needed one after the other.
 */
function byCell({ cell, wait, handling }: Visits['columns'], cells: number) {
	const ends = ints(cells);
	for (let row = 0; row < cell.length; row++) ends[cell[row]!]! += 1;
	let rows = 0;
	let most = 0;
	for (let at = 0, before = 0; at < cells; at++) {
		const here = ends[at]!;
		if (here > 0) rows += 1;
		if (here > most) most = here;
		ends[at] = before;
		before += here;
	}
	const durations = reals(cell.length * 2);
	for (let row = 0; row < cell.length; row++) {
		const at = ends[cell[row]!]!++ * 2;
		durations[at] = wait[row]!;
		durations[at + 1] = handling[row]!;
	}
	return { ends, durations, rows, most };
}

/** The discrete 0.9 quantile of the known ones among every second value, as DuckDB and PostgreSQL count it. */
function ninthTenth(durations: Float64Array, from: number, to: number, n: number, scratch: Float64Array): number {
	let end = 0;
	for (let at = from; at < to; at += 2) {
		const value = durations[at]!;
		if (!Number.isNaN(value)) scratch[end++] = value;
	}
	return scratch.subarray(0, n).sort()[Math.ceil((n * 9) / 10) - 1]!;
}

/** Counts visits by cell; `targetOf` tells the handling time (ms) of a branch above which a visit is overtime. */
export function countCells(
	visits: Visits,
	branches: readonly string[],
	targetOf: (branch: string) => Millis
): HeatCells {
	const places = new Map(branches.map((branch, place) => [branch, place]));
	const targets = Float64Array.from(branches, targetOf);
	const cells = branches.length * HOURS_OF_WEEK;
	const { ends: rowOf, durations, rows, most } = byCell(visits.columns, cells);
	const scratch = new Float64Array(most);
	const [volume, overtime] = [ints(rows), ints(rows)];
	const [waitN, handlingN] = [ints(rows), ints(rows)];
	const [waitP90, handlingP90] = [reals(rows), reals(rows)];
	for (let cell = 0, place = 0, from = 0, row = 0; cell < cells; cell++, place++) {
		if (place === branches.length) place = 0;
		const to = rowOf[cell]! * 2;
		if (to === from) {
			rowOf[cell] = -1;
			continue;
		}
		const target = targets[place]!;
		let waited = 0;
		let handled = 0;
		let late = 0;
		let longestWait = NaN;
		let longestHandling = NaN;
		for (let at = from; at < to; at += 2) {
			const wait = durations[at]!;
			const handling = durations[at + 1]!;
			if (!Number.isNaN(wait)) {
				waited += 1;
				if (!(wait <= longestWait)) longestWait = wait;
			}
			if (!Number.isNaN(handling)) {
				handled += 1;
				if (!(handling <= longestHandling)) longestHandling = handling;
				if (handling > target) late += 1;
			}
		}
		volume[row] = (to - from) / 2;
		waitN[row] = waited;
		handlingN[row] = handled;
		overtime[row] = late;
		waitP90[row] = waited < FEW ? longestWait : ninthTenth(durations, from, to, waited, scratch);
		handlingP90[row] = handled < FEW ? longestHandling : ninthTenth(durations, from + 1, to, handled, scratch);
		from = to;
		rowOf[cell] = row++;
	}
	return { places, rowOf, volume, waitN, waitP90, handlingN, handlingP90, overtime };
}

/** The row of a branch at an hour of the week, -1 where nobody came or the branch is not among the cells. */
export function rowAt({ places, rowOf }: HeatCells, branch: string, hour: number): number {
	const place = places.get(branch);
	return place === undefined ? -1 : rowOf[hour * places.size + place]!;
}
