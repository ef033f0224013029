import { describe, expect, it } from 'vitest';
import { move } from '../../../src/lib/charts/heatmap/cursor.ts';
import { cellAt, heatColumns, heatRows, inSight } from '../../../src/lib/charts/heatmap/layout.ts';
import { cellPixels, columnBlocks, ramp, rowBlocks, shade, word } from '../../../src/lib/charts/heatmap/paint.ts';

const lines = heatRows([
	{ row: 4, label: 'a', group: 'g' },
	{ row: 2, label: 'b', group: 'g' },
	{ row: 7, label: 'c', group: 'h' }
]);
const columns = heatColumns(
	[
		{ column: 9, block: 0 },
		{ column: 10, block: 0 },
		{ column: 33, block: 1 }
	],
	36
);

describe('layout', () => {
	it('writes a heading wherever the group changes', () => {
		expect(lines.map(({ row, y }) => [row, y])).toEqual([
			[null, 0],
			[4, 24],
			[2, 41],
			[null, 58],
			[7, 82]
		]);
		expect(heatRows([{ row: 0, label: 'a', group: '' }])).toHaveLength(1);
	});
	it('parts the days by a gap and gives each column whole pixels', () => {
		expect(columns).toEqual([
			{ column: 9, x: 0, width: 10 },
			{ column: 10, x: 10, width: 10 },
			{ column: 33, x: 26, width: 10 }
		]);
	});
	it('knows which lines are in sight', () => {
		expect(inSight(lines, 0, 24)).toEqual([0, 1]);
		expect(inSight(lines, 30, 20)).toEqual([1, 3]);
		expect(inSight(lines, 500, 20)).toEqual([5, 5]);
	});
	it('finds the cell under a point, and none over gaps and headings', () => {
		expect(cellAt(lines, columns, 12, 45)).toEqual({ row: 2, column: 10 });
		expect(cellAt(lines, columns, 22, 45)).toBeNull();
		expect(cellAt(lines, columns, 12, 60)).toBeNull();
	});
});

describe('cursor', () => {
	it('begins at the first cell and follows the order that is shown', () => {
		expect(move(null, 'ArrowDown', lines, columns)).toEqual({ row: 4, column: 9 });
		expect(move({ row: 2, column: 10 }, 'ArrowDown', lines, columns)).toEqual({ row: 7, column: 10 });
		expect(move({ row: 2, column: 10 }, 'ArrowRight', lines, columns)).toEqual({ row: 2, column: 33 });
	});
	it('stays inside and ignores other keys', () => {
		expect(move({ row: 7, column: 33 }, 'ArrowDown', lines, columns)).toEqual({ row: 7, column: 33 });
		expect(move({ row: 7, column: 33 }, 'Home', lines, columns)).toEqual({ row: 7, column: 9 });
		expect(move({ row: 7, column: 33 }, 'x', lines, columns)).toBeNull();
		expect(move(null, 'ArrowDown', [], columns)).toBeNull();
	});
});

describe('painting', () => {
	it('reads colours as pixel words', () => {
		expect(word('#102030')).toBe(0xff302010);
		expect(word('rgb(16, 32, 48)')).toBe(0xff302010);
	});
	it('maps values into the ramp and clamps what is beyond', () => {
		expect([shade(0, 0, 10), shade(10, 0, 10), shade(99, 0, 10), shade(5, 5, 5)]).toEqual([0, 255, 255, 0]);
	});
	it('gives each cell a pixel in the order shown, and none where there is no data', () => {
		const lut = ramp(['#000000', '#ffffff']);
		const values: (number | null)[] = new Array(40).fill(null);
		values[9] = 1;
		values[30] = 0;
		const pixels = cellPixels([1, 0], [9, 10], { values, stride: 20, low: 0, high: 1 }, lut);
		expect([...pixels]).toEqual([0, word('#000000'), word('#ffffff'), 0]);
	});
	it('scales rows between headings and columns of a day in one go', () => {
		expect(rowBlocks(lines, 0)).toEqual([
			{ from: 0, count: 2, start: 24, size: 34 },
			{ from: 2, count: 1, start: 82, size: 17 }
		]);
		expect(rowBlocks(lines.slice(2), 1)).toMatchObject([
			{ from: 1, count: 1 },
			{ from: 2, count: 1 }
		]);
		expect(columnBlocks(columns)).toEqual([
			{ from: 0, count: 2, start: 0, size: 20 },
			{ from: 2, count: 1, start: 26, size: 10 }
		]);
	});
});
