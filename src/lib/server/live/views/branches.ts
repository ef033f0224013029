import { catalog, type Row } from '../../../../../analytics/catalog.ts';
import { DAY, MINUTE } from '../../../domain/time.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { BranchCellView, HeatMeasure, HeatmapView } from '../../../protocol/views.ts';
import type { ViewContext } from './context.ts';
import { quantilesFrom, shareOf } from './shares.ts';

const HOURS = 168;
const WINDOW = 28 * DAY;
/** Handling longer than this is overtime where the policy has no figure of its own. */
const HANDLING_TARGET = 8 * MINUTE;

const TARGETS: Record<HeatMeasure, number | null> = {
	wait: null,
	handling: HANDLING_TARGET,
	overtime: 0.15,
	volume: null
};

const rangeOf = (context: ViewContext, params: Params<'branches'>): { from: number; to: number } => {
	// A range without an end moves on by whole minutes, or nothing could be told from its last answer.
	const to = params.to ?? Math.ceil(context.now / MINUTE) * MINUTE;
	return { from: params.from ?? to - WINDOW, to };
};

type Cell = Row<'heatmap'>;

function valueOf(measure: HeatMeasure, cell: Cell): { value: number | null; count: number } {
	switch (measure) {
		case 'wait':
			return { value: cell.wait_p90, count: cell.wait_n };
		case 'handling':
			return { value: cell.handling_p90, count: cell.handling_n };
		case 'overtime':
			return {
				value: cell.handling_n === 0 ? null : cell.overtime / cell.handling_n,
				count: cell.handling_n
			};
		default:
			return { value: cell.volume, count: cell.volume };
	}
}

interface Place {
	id: string;
	name: string;
	city: string;
	province: string;
}

/** The lane's branches by province, city and id. */
function placesOf(context: ViewContext, province: string | undefined): Place[] {
	const places: Place[] = [];
	for (const [id, branch] of context.fold.state.branches) {
		if (province !== undefined && branch.province !== province) continue;
		places.push({ id, name: branch.name ?? id, city: branch.city ?? '', province: branch.province ?? '' });
	}
	const key = (place: Place): string => `${place.province}\n${place.city}\n${place.id}`;
	return places.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

async function cellsOf(
	context: ViewContext,
	params: Params<'branches'>,
	places: readonly Place[]
): Promise<{
	cells: Cell[];
	from: number;
	to: number;
}> {
	const { lane, store } = context;
	const range = rangeOf(context, params);
	if (params.from === undefined && params.to === undefined && params.province === undefined) {
		const cells = await catalog.run(store, 'heatmap_summary', { lane });
		const [first] = cells;
		if (first) return { cells, from: first.range_from, to: first.range_to };
	}
	const branches = params.province === undefined ? [] : places.map((place) => place.id);
	const cells = await catalog.run(store, 'heatmap', { lane, ...range, target_ms: HANDLING_TARGET, branches });
	return { cells, ...range };
}

/** The heatmap of branch × hour of the week. */
export async function branchesView(context: ViewContext, params: Params<'branches'>): Promise<HeatmapView> {
	const measure = params.measure ?? 'wait';
	const places = placesOf(context, params.province);
	const { cells, from, to } = await cellsOf(context, params, places);
	const rowOf = new Map(places.map((place, index) => [place.id, index]));
	const values = new Array<number | null>(places.length * HOURS).fill(null);
	const counts = new Array<number>(places.length * HOURS).fill(0);
	for (const cell of cells) {
		const row = rowOf.get(cell.branch_id);
		if (row === undefined) continue;
		const { value, count } = valueOf(measure, cell);
		values[row * HOURS + cell.hour_of_week] = value;
		counts[row * HOURS + cell.hour_of_week] = count;
	}
	const target = TARGETS[measure];
	return { measure, range: { from, to }, computedAt: context.now, target, branches: places, values, counts };
}

/** One branch at one hour of the week, with its day and its usual waits. */
export async function branchCellView(context: ViewContext, params: Params<'branchCell'>): Promise<BranchCellView> {
	const { lane, store } = context;
	const { branchId, hourOfWeek } = params;
	const asked = { lane, ...rangeOf(context, params), branch: branchId };
	const target_ms = HANDLING_TARGET;
	const [[cell], [usual], day] = await Promise.all([
		catalog.run(store, 'branch_cell', { ...asked, target_ms, hour_of_week: hourOfWeek }),
		catalog.run(store, 'branch_cell', { ...asked, target_ms }),
		catalog.run(store, 'branch_day', { ...asked, weekday: Math.floor(hourOfWeek / 24) })
	]);
	return {
		branchId,
		hourOfWeek,
		wait: cell ? quantilesFrom(cell.wait_n, cell.wait_p50, cell.wait_p90) : null,
		handling: cell ? quantilesFrom(cell.handling_n, cell.handling_p50, cell.handling_p90) : null,
		overtime: cell ? shareOf(cell.overtime, cell.handling_n) : null,
		volume: cell?.volume ?? 0,
		day: day.map((row) => ({ hour: row.hour, arrivals: row.arrivals, waitP90: row.wait_p90 })),
		cell: cell?.ecdf ? [...cell.ecdf] : null,
		usual: usual?.ecdf ? [...usual.ecdf] : null
	};
}
