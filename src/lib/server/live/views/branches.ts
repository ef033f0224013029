import { catalog } from '../../../../../analytics/catalog.ts';
import { heatmap } from '../../../../../analytics/heatmap/heatmap.ts';
import { MINUTE } from '../../../domain/time.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { BranchCellView, HeatMeasure, HeatmapView, Place } from '../../../protocol/views.ts';
import { handlingTarget } from '../handling-target.ts';
import { HEAT_WINDOW } from '../heat-keeper.ts';
import { chosen, laidOut, placeOf, placesOf } from './heat-rows.ts';
import type { HeatSummary, ViewContext } from './context.ts';
import { quantilesFrom, shareOf } from './shares.ts';

/** Share of overtime that is shown as too much where the policy names none. */
const OVERTIME_SHARE = 0.15;
function targetOf(context: ViewContext, measure: HeatMeasure): number | null {
	const { policy } = context.targets;
	switch (measure) {
		case 'handling':
			return handlingTarget(policy).everywhere;
		case 'overtime':
			return policy.figures?.['overtime_alert']?.value ?? OVERTIME_SHARE;
		default:
			return null;
	}
}

const rangeOf = (context: ViewContext, params: Params<'branches'>): { from: number; to: number } => {
	// A range without an end moves on by whole minutes, or nothing could be told from its last answer.
	const to = params.to ?? Math.ceil(context.now / MINUTE) * MINUTE;
	return { from: params.from ?? to - HEAT_WINDOW, to };
};

async function cellsOf(
	context: ViewContext,
	params: Params<'branches'>,
	places: readonly Place[]
): Promise<HeatSummary> {
	const { lane, store, targets, heat } = context;
	if (params.from === undefined && params.to === undefined && heat) return heat;
	const range = rangeOf(context, params);
	const { everywhere: target, branches: ownTargets } = handlingTarget(targets.policy);
	const branches = places.map((place) => place.id);
	return { cells: await heatmap(store, { lane, ...range, target, ownTargets, branches }), ...range, peaks: new Map() };
}

/** The heatmap of branch × hour of the week. */
export async function branchesView(context: ViewContext, params: Params<'branches'>): Promise<HeatmapView> {
	const measure = params.measure ?? 'wait';
	const { places, provinces } = placesOf(context, params);
	const heat = await cellsOf(context, params, places);
	const { cells, from, to } = heat;
	const branches = chosen(places, heat, measure, params);
	return {
		measure,
		range: { from, to },
		computedAt: context.now,
		target: targetOf(context, measure),
		branches,
		total: places.length,
		provinces,
		...laidOut(cells, measure, branches)
	};
}

/** One branch at one hour of the week, with its day and its usual waits. */
export async function branchCellView(context: ViewContext, params: Params<'branchCell'>): Promise<BranchCellView> {
	const { lane, store } = context;
	const { branchId, hourOfWeek } = params;
	const asked = { lane, ...rangeOf(context, params), branch: branchId };
	const target = handlingTarget(context.targets.policy);
	const target_ms = target.branches.get(branchId) ?? target.everywhere;
	const [[cell], [usual], day] = await Promise.all([
		catalog.run(store, 'branch_cell', { ...asked, target_ms, hour_of_week: hourOfWeek }),
		catalog.run(store, 'branch_cell', { ...asked, target_ms }),
		catalog.run(store, 'branch_day', { ...asked, weekday: Math.floor(hourOfWeek / 24) })
	]);
	return {
		branchId,
		branch: placeOf(context, branchId),
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
