import type { HeatColumn, HeatRow } from './layout.ts';

export interface Cell {
	row: number;
	column: number;
}

const PAGE = 10;

/** The cell that a key leads to from `from` (the first one where there is none); null for keys that lead nowhere. */
export function move(
	from: Cell | null,
	key: string,
	lines: readonly HeatRow[],
	columns: readonly HeatColumn[]
): Cell | null {
	const rows = lines.flatMap((line) => (line.row === null ? [] : [line.row]));
	const step: Record<string, [number, number]> = {
		ArrowUp: [-1, 0],
		ArrowDown: [1, 0],
		ArrowLeft: [0, -1],
		ArrowRight: [0, 1],
		PageUp: [-PAGE, 0],
		PageDown: [PAGE, 0],
		Home: [0, -columns.length],
		End: [0, columns.length]
	};
	const [down, right] = step[key] ?? [0, 0];
	if (step[key] === undefined || rows.length === 0 || columns.length === 0) return null;
	const r = from === null ? -1 : rows.indexOf(from.row);
	const c = from === null ? -1 : columns.findIndex((place) => place.column === from.column);
	const row = rows[r < 0 ? 0 : clamp(r + down, rows.length)];
	const column = columns[c < 0 ? 0 : clamp(c + right, columns.length)]?.column;
	return row === undefined || column === undefined ? null : { row, column };
}

function clamp(value: number, length: number): number {
	return Math.max(0, Math.min(length - 1, value));
}
