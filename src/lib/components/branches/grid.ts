import { csvField } from '#lib/components/sheet.ts';
import { branchName, cityName, provinceName } from '#lib/i18n/names.ts';
import { locale } from '#lib/i18n/say.ts';
import type { HeatmapView } from '#lib/protocol/views.ts';

const HOURS = 24;
const WEEK = 7 * HOURS;

export const MEASURES = ['wait', 'handling', 'overtime', 'volume'] as const;
export const SORTS = ['city', 'worst', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** Below so many branches a city, headings per city would outnumber what they head: provinces group then. */
const FEW = 3;

export interface GridRow {
	row: number;
	label: string;
	group: string;
}

/** Rows of the heatmap in the chosen order. Only the order by city has groups. */
export function gridRows(view: HeatmapView, sort: Sort): GridRow[] {
	const cities = new Set(view.branches.map((branch) => `${branch.province}/${branch.city}`)).size;
	const byCity = view.branches.length >= cities * FEW;
	const rows = view.branches.map((branch, row) => {
		const place = byCity ? [provinceName(branch.province), cityName(branch.city)] : [provinceName(branch.province)];
		const group = place.filter((part, at, all) => part !== '' && all.indexOf(part) === at).join(' · ');
		return { row, label: branchName(branch.name, branch.id), group };
	});
	const { compare } = new Intl.Collator(locale());
	const byName = (a: GridRow, b: GridRow) => compare(a.label, b.label);
	if (sort === 'city') {
		return rows.sort((a, b) => compare(a.group, b.group) || byName(a, b));
	}
	// Without headings a name has to say its city itself.
	const flat = rows.map((row) => {
		const branch = view.branches[row.row];
		return { ...row, label: branch === undefined ? row.label : withCity(branch), group: '' };
	});
	if (sort === 'name') return flat.sort(byName);
	const worst = new Map(flat.map(({ row }) => [row, peak(view, row)]));
	return flat.sort((a, b) => (worst.get(b.row) ?? -1) - (worst.get(a.row) ?? -1) || byName(a, b));
}

/** A branch that says its city itself. */
export function withCity({ id, name, city }: { id: string; name: string; city: string }): string {
	const own = branchName(name, id);
	return name.startsWith(city) ? own : `${cityName(city)} ${own}`;
}

function peak(view: HeatmapView, row: number): number {
	return Math.max(-1, ...view.values.slice(row * WEEK, (row + 1) * WEEK).map((value) => value ?? -1));
}

/** The highest hour of every branch, the highest of them first, `most` at most. */
export function highest(
	{ values, counts, branches }: Pick<HeatmapView, 'values' | 'counts' | 'branches'>,
	most: number
): { row: number; hour: number; value: number; n: number }[] {
	const found: { row: number; hour: number; value: number; n: number }[] = [];
	for (let row = 0; row < branches.length; row += 1) {
		let best: number | null = null;
		for (let at = row * WEEK; at < (row + 1) * WEEK; at += 1) {
			const value = values[at] ?? null;
			if (value !== null && (best === null || value > (values[best] ?? 0))) best = at;
		}
		if (best !== null) found.push({ row, hour: best % WEEK, value: values[best] ?? 0, n: counts[best] ?? 0 });
	}
	return found.sort((a, b) => b.value - a.value || b.n - a.n || a.row - b.row).slice(0, most);
}

/** Hours of the week from the first to the last hour of the day in which any branch has data; every third is written above. */
export function gridColumns(view: HeatmapView): { column: number; block: number; tick: string }[] {
	let [first, last] = [HOURS, -1];
	for (let at = 0; at < view.values.length; at += 1) {
		if (view.values[at] === null || (view.counts[at] ?? 0) === 0) continue;
		first = Math.min(first, at % HOURS);
		last = Math.max(last, at % HOURS);
	}
	if (last < 0) [first, last] = [8, 18];
	const columns = [];
	for (let day = 0; day < 7; day += 1) {
		for (let hour = first; hour <= last; hour += 1) {
			columns.push({ column: day * HOURS + hour, block: day, tick: hour % 3 === 0 ? String(hour) : '' });
		}
	}
	return columns;
}

/** End of the colour scale: the value that 98 % of the cells do not exceed, and the target at least. Null without data. */
export function scaleEnd(view: HeatmapView): number | null {
	const known = view.values.filter((value) => value !== null).sort((a, b) => a - b);
	const high = known[Math.min(known.length - 1, Math.floor(known.length * 0.98))];
	if (high === undefined) return null;
	return Math.max(high, view.target ?? 0) || 1;
}

/** The heatmap as CSV, a line per known cell; `lane` is told on every line. Durations in seconds. */
export function heatCsv(view: HeatmapView, lane: string): string {
	const lines = ['lane,measure,branch_id,branch,city,province,weekday,hour,value,n'];
	const seconds = view.measure === 'wait' || view.measure === 'handling';
	view.branches.forEach((branch, row) => {
		for (let hour = 0; hour < WEEK; hour += 1) {
			const value = view.values[row * WEEK + hour] ?? null;
			if (value === null) continue;
			const place = [branch.id, branch.name, branch.city, branch.province].map(csvField).join(',');
			const figure = seconds ? value / 1_000 : value;
			const when = `${Math.floor(hour / HOURS) + 1},${hour % HOURS}`;
			lines.push(`${lane},${view.measure},${place},${when},${figure},${view.counts[row * WEEK + hour] ?? ''}`);
		}
	});
	return `${lines.join('\r\n')}\r\n`;
}
