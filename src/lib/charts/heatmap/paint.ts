import { interpolateLab, piecewise } from 'd3-interpolate';
import type { HeatColumn, HeatRow } from './layout.ts';

export interface Ink {
	/** 256 pixel words. */
	lut: Uint32Array;
	ground: string;
	hatch: string;
}

export interface HeatData {
	values: readonly (number | null)[];
	/** Columns per row of `values`. */
	stride: number;
	low: number;
	high: number;
}

/** `rgb(r, g, b)` or `#rrggbb` as a pixel word. */
export function word(colour: string): number {
	const hex = /^#([0-9a-f]{6})$/i.exec(colour);
	const parts = hex
		? [0, 2, 4].map((at) => parseInt((hex[1] ?? '').slice(at, at + 2), 16))
		: (colour.match(/\d+(\.\d+)?/g) ?? []).map(Number);
	const [red = 0, green = 0, blue = 0] = parts;
	return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/** 256 perceptually even steps through the stops, as pixel words. */
export function ramp(stops: readonly string[]): Uint32Array {
	const at = piecewise(interpolateLab, [...stops]);
	return Uint32Array.from({ length: 256 }, (_, step) => word(at(step / 255)));
}

/** Index into the ramp; values beyond the ends take the end's colour. */
export function shade(value: number, low: number, high: number): number {
	if (high <= low) return 0;
	return Math.max(0, Math.min(255, Math.round(((value - low) / (high - low)) * 255)));
}

/**
 * One pixel word per cell, in the order of `rows` and `columns`; 0 (clear) where there is no data. The browser scales this
 * up, so that drawing costs the same at every size of the screen.
 */
export function cellPixels(
	rows: readonly number[],
	columns: readonly number[],
	data: HeatData,
	lut: Uint32Array
): Uint32Array<ArrayBuffer> {
	const pixels = new Uint32Array(rows.length * columns.length);
	let at = 0;
	for (const row of rows) {
		for (const column of columns) {
			const value = data.values[row * data.stride + column] ?? null;
			if (value !== null) pixels[at] = lut[shade(value, data.low, data.high)] ?? 0;
			at += 1;
		}
	}
	return pixels;
}

export interface Block {
	/** First row or column of the block in the small picture, and how many there are. */
	from: number;
	count: number;
	/** Place on the screen, px. */
	start: number;
	size: number;
}

/** Rows that stand together, without the headings between them. `first` is the number of rows before the first line. */
export function rowBlocks(lines: readonly HeatRow[], first: number): Block[] {
	const blocks: Block[] = [];
	let from = first;
	let open: Block | null = null;
	for (const line of lines) {
		if (line.row === null) {
			open = null;
			continue;
		}
		if (open === null) {
			open = { from, count: 0, start: line.y, size: 0 };
			blocks.push(open);
		}
		open.count += 1;
		open.size += line.height;
		from += 1;
	}
	return blocks;
}

/** Columns that touch. */
export function columnBlocks(columns: readonly HeatColumn[]): Block[] {
	const blocks: Block[] = [];
	for (const [at, column] of columns.entries()) {
		const open = blocks.at(-1);
		if (open === undefined || column.x > open.start + open.size) {
			blocks.push({ from: at, count: 1, start: column.x, size: column.width });
		} else {
			open.count += 1;
			open.size += column.width;
		}
	}
	return blocks;
}
