export interface HeatRow {
	/** Index into the data; null = a heading. */
	row: number | null;
	label: string;
	y: number;
	height: number;
}

export interface HeatColumn {
	/** Index into the data's columns. */
	column: number;
	x: number;
	width: number;
}

const ROW = 17;
const HEADING = 24;

/** Lines of a heatmap from the top: a heading wherever the group changes, then its rows. Empty groups have no heading. */
export function heatRows(rows: readonly { row: number; label: string; group: string }[]): HeatRow[] {
	const lines: HeatRow[] = [];
	let y = 0;
	let group: string | null = null;
	for (const entry of rows) {
		if (entry.group !== group) {
			group = entry.group;
			if (group !== '') {
				lines.push({ row: null, label: group, y, height: HEADING });
				y += HEADING;
			}
		}
		lines.push({ row: entry.row, label: entry.label, y, height: ROW });
		y += ROW;
	}
	return lines;
}

/** Columns over the width, whole px each, with a gap wherever the block (day) changes. */
export function heatColumns(
	columns: readonly { column: number; block: number }[],
	width: number,
	gap = 6
): HeatColumn[] {
	const blocks = new Set(columns.map((entry) => entry.block)).size;
	const size = Math.max(2, Math.floor((width - gap * Math.max(0, blocks - 1)) / Math.max(1, columns.length)));
	let x = 0;
	return columns.map((entry, at) => {
		if (at > 0 && columns[at - 1]?.block !== entry.block) x += gap;
		const place = { column: entry.column, x, width: size };
		x += size;
		return place;
	});
}

/** Lines that touch [top, top + height), as a half-open range of indexes. Lines are sorted by y. */
export function inSight(lines: readonly HeatRow[], top: number, height: number): [number, number] {
	let first = lines.findIndex((line) => line.y + line.height > top);
	if (first < 0) first = lines.length;
	let last = first;
	while (last < lines.length && (lines[last]?.y ?? 0) < top + height) last += 1;
	return [first, last];
}

/** The cell under a point of the drawing; null over headings and gaps. */
export function cellAt(
	lines: readonly HeatRow[],
	columns: readonly HeatColumn[],
	x: number,
	y: number
): { row: number; column: number } | null {
	const line = lines.find((entry) => y >= entry.y && y < entry.y + entry.height);
	const place = columns.find((entry) => x >= entry.x && x < entry.x + entry.width);
	if (line === undefined || line.row === null || place === undefined) return null;
	return { row: line.row, column: place.column };
}
