import { catalog, type Params, type Row } from './catalog.ts';
import type { Packed } from './packed.ts';
import type { Store } from './store.ts';
import type { Millis } from '#lib/domain/time.ts';

/** Branch × hour of the week with the columns of the question `heatmap`, sorted by branch, and where the rows of each branch lie. */
export type HeatCells = Packed<Row<'heatmap'>> & { readonly spans: ReadonlyMap<string, Span> };

export interface Span {
	readonly from: number;
	readonly to: number;
}

function withSpans({ rows, columns }: Packed<Row<'heatmap'>>): HeatCells {
	const { names, codes } = columns.branch_id;
	const spans = new Map<string, Span>();
	for (let from = 0, to = 1; from < rows; from = to, to += 1) {
		while (to < rows && codes[to] === codes[from]) to += 1;
		spans.set(names[codes[from]!]!, { from, to });
	}
	return { rows, columns, spans };
}

/** The cells straight from the visits. */
export async function heatCells(store: Store, params: Params<'heatmap'>): Promise<HeatCells> {
	return withSpans(await catalog.packed(store, 'heatmap', params));
}

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
		return { cells: withSpans({ rows, columns: cells }), from: Number(range_from[0]), to: Number(range_to[0]) };
	});
}
