import { type HeatCells, HOURS_OF_WEEK } from '../../../../../analytics/heatmap/cells.ts';
import type { Numbers } from '../../../../../analytics/packed.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { HeatMeasure, HeatmapView, Place } from '../../../protocol/views.ts';
import type { HeatSummary, ViewContext } from './context.ts';

/** As the page sorts names. */
const byName = new Intl.Collator('zh-CN').compare;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPlace = (a: Place, b: Place): number =>
	byText(a.province, b.province) || byText(a.city, b.city) || byText(a.id, b.id);

/** The lane's branches, or those that are asked for, in no order; and the provinces of all of them. */
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
	return { places, provinces: [...provinces].sort() };
}

/** All branches of the lane by province, city and id. */
export const orderedPlaces = (context: ViewContext): Place[] => placesOf(context).places.sort(byPlace);

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
function columnsOf(cells: HeatCells, measure: HeatMeasure): { values: Numbers; counts: Numbers } {
	switch (measure) {
		case 'wait':
			return { values: cells.waitP90, counts: cells.waitN };
		case 'handling':
			return { values: cells.handlingP90, counts: cells.handlingN };
		case 'overtime':
			return { values: cells.overtime, counts: cells.handlingN };
		default:
			return { values: cells.volume, counts: cells.volume };
	}
}

const valueOf = (measure: HeatMeasure, value: number, count: number): number =>
	measure === 'overtime' ? value / count : value;

/** The highest value of each branch, -1 where none was observed, by its place among the cells; found once for a summary. */
function peaksOf({ cells, peaks }: HeatSummary, measure: HeatMeasure): Float64Array {
	const known = peaks.get(measure);
	if (known) return known;
	const found = peaksAmong(cells, measure);
	peaks.set(measure, found);
	return found;
}

function peaksAmong(cells: HeatCells, measure: HeatMeasure): Float64Array {
	const { values, counts } = columnsOf(cells, measure);
	const { rowOf, places } = cells;
	const highest = new Float64Array(places.size).fill(-1);
	for (let cell = 0, place = 0; cell < rowOf.length; cell++, place++) {
		if (place === places.size) place = 0;
		const row = rowOf[cell]!;
		if (row < 0 || counts[row] === 0) continue;
		const value = valueOf(measure, values[row]!, counts[row]!);
		if (value > highest[place]!) highest[place] = value;
	}
	return highest;
}

/** The branches that a view shows: the first of an order, as many as it asks for. */
export function chosen(
	places: readonly Place[],
	heat: HeatSummary,
	measure: HeatMeasure,
	{ sort, limit = places.length }: Pick<Params<'branches'>, 'sort' | 'limit'>
): Place[] {
	if (sort === 'worst') {
		const highest = peaksOf(heat, measure);
		const ranked = places.map((place) => ({ place, peak: highest[heat.cells.places.get(place.id) ?? -1] ?? -1 }));
		ranked.sort((a, b) => b.peak - a.peak || byPlace(a.place, b.place));
		return ranked.slice(0, limit).map(({ place }) => place);
	}
	const named = (a: Place, b: Place): number => byName(a.name, b.name) || byText(a.id, b.id);
	return places.toSorted(sort === 'name' ? named : byPlace).slice(0, limit);
}

/** Lays the cells out row by row; what nobody observed stays null. */
export function laidOut(
	cells: HeatCells,
	measure: HeatMeasure,
	places: readonly Place[]
): Pick<HeatmapView, 'values' | 'counts'> {
	const values = new Array<number | null>(places.length * HOURS_OF_WEEK).fill(null);
	const counts = new Array<number>(places.length * HOURS_OF_WEEK).fill(0);
	const found = columnsOf(cells, measure);
	const { rowOf } = cells;
	for (const [row, { id }] of places.entries()) {
		const place = cells.places.get(id);
		if (place === undefined) continue;
		for (let hour = 0; hour < HOURS_OF_WEEK; hour += 1) {
			const cell = rowOf[hour * cells.places.size + place]!;
			const count = cell < 0 ? 0 : found.counts[cell]!;
			if (count === 0) continue;
			const at = row * HOURS_OF_WEEK + hour;
			values[at] = valueOf(measure, found.values[cell]!, count);
			counts[at] = count;
		}
	}
	return { values, counts };
}
