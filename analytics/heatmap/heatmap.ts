import type { Millis } from '#lib/domain/time.ts';
import { catalog } from '../catalog.ts';
import type { Store } from '../store.ts';
import { countCells, type HeatCells } from './cells.ts';

export interface HeatmapAsked {
	readonly lane: string;
	/** Visits completed from here on, until before there. */
	readonly from: Millis;
	readonly to: Millis;
	/** Handling longer than this is overtime, ms. */
	readonly target: Millis;
	/** The same of branches that have a target of their own. */
	readonly ownTargets?: ReadonlyMap<string, Millis>;
	/** Default: all that had a visit. */
	readonly branches?: readonly string[];
}

/**
 * The heatmap straight from the visits. They come as numbers and are counted here: grouping by a name and an hour, with an
 * exact quantile in each of hundreds of thousands of small groups, is what a database takes longest over.
 */
export async function heatmap(store: Store, asked: HeatmapAsked): Promise<HeatCells> {
	const { lane, from, to, target, ownTargets } = asked;
	const range = { lane, from, to };
	const branches = asked.branches ?? (await catalog.columns(store, 'heatmap_branches', range)).branch_id;
	const visits = await catalog.packed(store, 'heatmap_visits', { ...range, branches });
	return countCells(visits, branches, (branch) => ownTargets?.get(branch) ?? target);
}
