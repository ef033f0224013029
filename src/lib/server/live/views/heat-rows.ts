import type { HeatCells } from '../../../../../analytics/heat-summary.ts';
import type { Numbers } from '../../../../../analytics/packed.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { HeatMeasure, HeatmapView, Place } from '../../../protocol/views.ts';
import type { ViewContext } from './context.ts';

const HOURS = 168;
const NOWHERE = { from: 0, to: 0 };

/** As the page sorts names. */
const byName = new Intl.Collator('zh-CN').compare;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The lane's branches, or those that are asked for, by province, city and id; and the provinces of all of them. */
export function placesOf(
	context: ViewContext,
	{ province, branch: only }: Pick<Params<'branches'>, 'province' | 'branch'> = {}
): { places: Place[]; provinces: string[] } {
	const places: Place[] = [];
	const provinces = new Set<string>();
	for (const [id, branch] of context.fold.state.branches) {
		provinces.add(branch.province ?? '');
		if (province !== undefined && branch.province !== province) continue;
		if (only !== undefined && id !== only) continue;
		places.push(place(id, branch));
	}
	places.sort((a, b) => byText(a.province, b.province) || byText(a.city, b.city) || byText(a.id, b.id));
	return { places, provinces: [...provinces].sort() };
}

/** The branch of an id; null where the lane has none. */
export function placeOf(context: ViewContext, id: string): Place | null {
	const branch = context.fold.state.branches.get(id);
	return branch === undefined ? null : place(id, branch);
}

type Told = NonNullable<ReturnType<ViewContext['fold']['state']['branches']['get']>>;

const place = (id: string, { name, city, province }: Told): Place => ({
	id,
	name: name ?? id,
	city: city ?? '',
	province: province ?? ''
});

/** The columns that hold a measure and the number of observations behind it. */
function columnsOf({ columns }: HeatCells, measure: HeatMeasure): { values: Numbers; counts: Numbers } {
	switch (measure) {
		case 'wait':
			return { values: columns.wait_p90, counts: columns.wait_n };
		case 'handling':
			return { values: columns.handling_p90, counts: columns.handling_n };
		case 'overtime':
			return { values: columns.overtime, counts: columns.handling_n };
		default:
			return { values: columns.volume, counts: columns.volume };
	}
}

const valueOf = (measure: HeatMeasure, value: number, count: number): number =>
	measure === 'overtime' ? value / count : value;

/** The highest value of each branch that was observed. */
function peaks(cells: HeatCells, measure: HeatMeasure): Map<string, number> {
	const { values, counts } = columnsOf(cells, measure);
	const highest = new Map<string, number>();
	for (const [id, { from, to }] of cells.spans) {
		let peak = -1;
		for (let cell = from; cell < to; cell += 1) {
			const count = counts[cell]!;
			if (count > 0) peak = Math.max(peak, valueOf(measure, values[cell]!, count));
		}
		highest.set(id, peak);
	}
	return highest;
}

/** The branches that a view shows: the first of an order, as many as it asks for. */
export function chosen(
	places: readonly Place[],
	cells: HeatCells,
	measure: HeatMeasure,
	{ sort, limit = places.length }: Pick<Params<'branches'>, 'sort' | 'limit'>
): Place[] {
	if (sort === 'worst') {
		const highest = peaks(cells, measure);
		const ranked = places.map((place) => ({ place, peak: highest.get(place.id) ?? -1 }));
		ranked.sort((a, b) => b.peak - a.peak);
		return ranked.slice(0, limit).map(({ place }) => place);
	}
	const named = (a: Place, b: Place): number => byName(a.name, b.name) || byText(a.id, b.id);
	return (sort === 'name' ? places.toSorted(named) : places).slice(0, limit);
}

/** Lays the cells out row by row; what nobody observed stays null. */
export function laidOut(
	cells: HeatCells,
	measure: HeatMeasure,
	places: readonly Place[]
): Pick<HeatmapView, 'values' | 'counts'> {
	const values = new Array<number | null>(places.length * HOURS).fill(null);
	const counts = new Array<number>(places.length * HOURS).fill(0);
	const hours = cells.columns.hour_of_week;
	const found = columnsOf(cells, measure);
	for (const [row, { id }] of places.entries()) {
		const { from, to } = cells.spans.get(id) ?? NOWHERE;
		for (let cell = from; cell < to; cell += 1) {
			const count = found.counts[cell]!;
			if (count === 0) continue;
			const at = row * HOURS + hours[cell]!;
			values[at] = valueOf(measure, found.values[cell]!, count);
			counts[at] = count;
		}
	}
	return { values, counts };
}
