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
		for (const place of view.columns) {
			const x0 = Math.round(place.x * ratio);
			const x1 = Math.min(width, Math.round((place.x + place.width) * ratio) - (place.width > 3 ? gap : 0));
			const value = data.values[line.row * data.stride + place.column] ?? null;
			if (value === null) {
				for (let y = y0; y < y1; y += 1) {
					for (let x = x0; x < x1; x += 1) if ((x + y) % (5 * gap) < gap) pixels[y * width + x] = ink.hatch;
				}
				continue;
			}
			const colour = ink.lut[shade(value, data.low, data.high)] ?? ink.ground;
			for (let y = y0; y < y1; y += 1) pixels.fill(colour, y * width + x0, y * width + x1);
		}
	}
}
