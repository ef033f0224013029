import { interpolateLab, piecewise } from 'd3-interpolate';
import type { HeatColumn, HeatRow } from './layout.ts';

export interface Picture {
	/** One ABGR word per device pixel (little-endian RGBA). */
	pixels: Uint32Array;
	width: number;
	height: number;
	/** Device pixels per px. */
	ratio: number;
}

export interface Ink {
	lut: Uint32Array;
	ground: number;
	hatch: number;
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
 * Paints the lines that are in sight straight into the pixels: one filled box per cell with a hairline between,
 * diagonal strokes where there is no data. `values` is row-major with `stride` columns.
 */
export function paint(
	picture: Picture,
	view: { lines: readonly HeatRow[]; columns: readonly HeatColumn[]; top: number },
	data: { values: readonly (number | null)[]; stride: number; low: number; high: number },
	ink: Ink
): void {
	const { pixels, width, height, ratio } = picture;
	pixels.fill(ink.ground);
	const gap = Math.max(1, Math.round(ratio));
	for (const line of view.lines) {
		if (line.row === null) continue;
		const y0 = Math.max(0, Math.round((line.y - view.top) * ratio));
		const y1 = Math.min(height, Math.round((line.y + line.height - view.top) * ratio) - gap);
		if (y1 <= y0) continue;
		const first = y0 * width;
		for (const place of view.columns) {
			const value = data.values[line.row * data.stride + place.column] ?? null;
			if (value === null) continue;
			const [x0, x1] = edges(place, picture, gap);
			pixels.fill(ink.lut[shade(value, data.low, data.high)] ?? ink.ground, first + x0, first + x1);
		}
		// All scan lines of a row are alike: copying them is far faster than filling each.
		for (let y = y0 + 1; y < y1; y += 1) pixels.copyWithin(y * width, first, first + width);
		for (const place of view.columns) {
			if ((data.values[line.row * data.stride + place.column] ?? null) !== null) continue;
			const [x0, x1] = edges(place, picture, gap);
			hatch(picture, { x0, x1, y0, y1 }, gap, ink.hatch);
		}
	}
}

function edges(place: HeatColumn, { width, ratio }: Picture, gap: number): [number, number] {
	const end = Math.round((place.x + place.width) * ratio) - (place.width > 3 ? gap : 0);
	return [Math.round(place.x * ratio), Math.min(width, end)];
}

const PERIOD = 5;

function hatch(
	{ pixels, width }: Picture,
	box: { x0: number; x1: number; y0: number; y1: number },
	gap: number,
	colour: number
): void {
	const period = PERIOD * gap;
	for (let y = box.y0; y < box.y1; y += 1) {
		for (let stroke = 0; stroke < gap; stroke += 1) {
			const start = box.x0 + ((((stroke - box.x0 - y) % period) + period) % period);
			for (let x = start; x < box.x1; x += period) pixels[y * width + x] = colour;
		}
	}
}
