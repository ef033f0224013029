import type { HeatColumn, HeatRow } from './layout.ts';
import { type Block, cellPixels, columnBlocks, type HeatData, type Ink, rowBlocks } from './paint.ts';

/** All cells of the map, a pixel each, and how many rows stand above each line. */
export interface Cells {
	picture: HTMLCanvasElement;
	above: readonly number[];
}

/** Draws every cell once, small. To be done again only when the figures, the order or the theme change. */
export function drawCells(
	lines: readonly HeatRow[],
	columns: readonly HeatColumn[],
	data: HeatData,
	ink: Ink
): Cells | null {
	const rows = lines.flatMap((line) => (line.row === null ? [] : [line.row]));
	if (rows.length === 0 || columns.length === 0) return null;
	const picture = document.createElement('canvas');
	[picture.width, picture.height] = [columns.length, rows.length];
	const pixels = cellPixels(
		rows,
		columns.map((place) => place.column),
		data,
		ink.lut
	);
	const bytes = new Uint8ClampedArray(pixels.buffer);
	picture.getContext('2d')?.putImageData(new ImageData(bytes, columns.length, rows.length), 0, 0);
	let passed = 0;
	const above = lines.map((line) => (line.row === null ? passed : passed++));
	return { picture, above };
}

const STROKE = 5;

/** Diagonal strokes, as a pattern of whole device pixels. */
function hatchOf(context: CanvasRenderingContext2D, ink: Ink, ratio: number): CanvasPattern | null {
	const size = Math.max(STROKE, Math.round(STROKE * ratio));
	const tile = document.createElement('canvas');
	[tile.width, tile.height] = [size, size];
	const pen = tile.getContext('2d');
	if (pen === null) return null;
	pen.fillStyle = ink.hatch;
	const stroke = Math.max(1, Math.round(ratio));
	for (let y = 0; y < size; y += 1) {
		for (let at = 0; at < stroke; at += 1) pen.fillRect((size - 1 - y + at) % size, y, 1, 1);
	}
	return context.createPattern(tile, 'repeat');
}

export interface Sight {
	/** Lines to draw, their first one's place among all lines, and how far the map is scrolled, px. */
	lines: readonly HeatRow[];
	first: number;
	top: number;
	columns: readonly HeatColumn[];
	/** Device pixels per px. */
	ratio: number;
}

/** Draws the lines in sight: the small picture scaled up over a hatched ground, then the hairlines between the cells. */
export function drawSight(context: CanvasRenderingContext2D, cells: Cells, sight: Sight, ink: Ink): void {
	const { lines, top, columns, ratio } = sight;
	const at = (px: number) => Math.round(px * ratio);
	const across = columnBlocks(columns);
	context.imageSmoothingEnabled = false;
	context.fillStyle = ink.ground;
	context.fillRect(0, 0, context.canvas.width, context.canvas.height);
	const hatch = hatchOf(context, ink, ratio);
	for (const down of rowBlocks(lines, cells.above[sight.first] ?? 0)) {
		const y = at(down.start - top);
		const height = at(down.start + down.size - top) - y;
		for (const block of across) {
			const x = at(block.start);
			const width = at(block.start + block.size) - x;
			if (hatch !== null) {
				context.fillStyle = hatch;
				context.fillRect(x, y, width, height);
			}
			context.drawImage(cells.picture, block.from, down.from, block.count, down.count, x, y, width, height);
		}
	}
	hairlines(context, sight, across, ink);
}

function hairlines(
	context: CanvasRenderingContext2D,
	{ lines, top, columns, ratio }: Sight,
	across: readonly Block[],
	ink: Ink
): void {
	const at = (px: number) => Math.round(px * ratio);
	const gap = Math.max(1, Math.round(ratio));
	const { width, height } = context.canvas;
	context.fillStyle = ink.ground;
	for (const line of lines) {
		if (line.row !== null) context.fillRect(0, at(line.y + line.height - top) - gap, width, gap);
	}
	if (across.length === 0 || (columns[0]?.width ?? 0) <= 3) return;
	for (const place of columns) context.fillRect(at(place.x + place.width) - gap, 0, gap, height);
}
