import { catalog, type Row } from './catalog.ts';
import type { Packed } from './packed.ts';
import type { Store } from './store.ts';
import type { Millis } from '#lib/domain/time.ts';

/** Branch × hour of the week with the columns of the question `heatmap`, sorted by branch. */
export type HeatCells = Packed<Row<'heatmap'>>;

export interface HeatSummary {
	cells: HeatCells;
	/** The range that it was computed for. */
	from: Millis;
	to: Millis;
}

/** A lane's last summary, read once after each rebuild; null before the first. */
export function heatSummary(store: Store, lane: string): Promise<HeatSummary | null> {
	return store.remember(`heatmap/${lane}`, async () => {
		const { rows, columns } = await catalog.packed(store, 'heatmap_summary', { lane });
		const { range_from, range_to, target_ms: _, ...cells } = columns;
		if (rows === 0) return null;
		return { cells: { rows, columns: cells }, from: Number(range_from[0]), to: Number(range_to[0]) };
	});
}
