import { drawCells, drawSight } from './draw.ts';
import { heatColumns, heatRows } from './layout.ts';
import type { HeatData, Ink } from './paint.ts';

export interface HeatSheet {
	/** Line above the map: a picture must say what it is, and of which lane, when it travels. */
	title: string;
	note: string;
	rows: readonly { row: number; label: string; group: string }[];
	columns: readonly { column: number; block: number; tick: string }[];
	blockNames: readonly string[];
	data: HeatData;
	ink: Ink;
	text: { strong: string; quiet: string; font: string };
}

const MARGIN = 16;
const HEAD = 92;
const GUTTER = 168;
const WIDTH = 1_400;
/** Browsers draw no more than this many pixels in one direction. */
const MOST = 16_000;

/** The whole map, also what is out of sight, with its labels, as PNG. Null where the browser refuses. */
export async function heatPng(sheet: HeatSheet): Promise<Blob | null> {
	const { rows, columns, blockNames, data, ink, text } = sheet;
	const lines = heatRows(rows);
	const places = heatColumns(columns, WIDTH - GUTTER - 2 * MARGIN);
	const last = lines.at(-1);
	const tall = (last?.y ?? 0) + (last?.height ?? 0);
	const ratio = Math.min(2, MOST / (tall + HEAD + MARGIN));
	const map = canvas(WIDTH - GUTTER - MARGIN, tall, ratio);
	const page = canvas(WIDTH, tall + HEAD + MARGIN, ratio);
	const cells = drawCells(lines, places, data, ink);
	if (map === null || page === null || cells === null) return null;
	drawSight(map, cells, { lines, first: 0, top: 0, columns: places, ratio }, ink);
	page.fillStyle = ink.ground;
	page.fillRect(0, 0, page.canvas.width, page.canvas.height);
	page.drawImage(map.canvas, GUTTER * ratio, HEAD * ratio);
	page.scale(ratio, ratio);
	const write = (words: string, x: number, y: number, style: string, colour: string): void => {
		page.font = `${style} ${text.font}`;
		page.fillStyle = colour;
		page.fillText(words, x, y);
	};
	write(sheet.title, MARGIN, 26, '600 15px', text.strong);
	write(sheet.note, MARGIN, 46, '12px', text.quiet);
	columns.forEach((entry, at) => {
		const x = GUTTER + (places[at]?.x ?? 0);
		if (columns[at - 1]?.block !== entry.block) write(blockNames[entry.block] ?? '', x, 70, '12px', text.strong);
		if (entry.tick !== '') write(entry.tick, x, 86, '12px', text.quiet);
	});
	for (const line of lines) {
		const y = HEAD + line.y;
		if (line.row === null) write(line.label, MARGIN, y + 18, '600 12px', text.strong);
		else write(line.label, MARGIN + 12, y + 12, '12px', text.quiet);
	}
	return new Promise((resolve) => page.canvas.toBlob(resolve, 'image/png'));
}

function canvas(width: number, height: number, ratio: number): CanvasRenderingContext2D | null {
	const made = document.createElement('canvas');
	[made.width, made.height] = [Math.round(width * ratio), Math.round(height * ratio)];
	return made.getContext('2d');
}
