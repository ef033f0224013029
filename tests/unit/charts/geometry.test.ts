import { describe, expect, it } from 'vitest';
import { bullet } from '../../../src/lib/charts/bullet/geometry.ts';
import { dayShape } from '../../../src/lib/charts/day/geometry.ts';
import { dotRanges } from '../../../src/lib/charts/dot-range/geometry.ts';
import { ecdfPath, shareBelow } from '../../../src/lib/charts/ecdf/geometry.ts';
import { dots, flow } from '../../../src/lib/charts/flow/geometry.ts';
import { lineWithTarget } from '../../../src/lib/charts/line/geometry.ts';
import { lonePoints, sparkPath } from '../../../src/lib/charts/sparkline/geometry.ts';

describe('sparkline', () => {
	it('runs from corner to corner of its box', () => {
		expect(sparkPath([0, 5, 10], { width: 20, height: 10 })).toBe('M0,10L10,5L20,0');
	});
	it('leaves a gap where a value is unknown', () => {
		expect(sparkPath([0, 10, null, 10, 0], { width: 40, height: 10 })).toBe('M0,10L10,0M30,0L40,10');
	});
	it('draws a flat series through the middle and nothing for no data', () => {
		expect(sparkPath([3, 3], { width: 10, height: 8 })).toBe('M0,4L10,4');
		expect(sparkPath([null, null], { width: 10, height: 8 })).toBe('');
	});
	it('shows values that stand alone between gaps at their own height', () => {
		const box = { width: 50, height: 9 };
		expect(lonePoints([1, null, 3, null, 4, 5], box)).toEqual([
			{ x: 0, y: 9 },
			{ x: 20, y: 4.5 }
		]);
		expect(lonePoints([null, 7, null], { width: 50, height: 9 })).toEqual([{ x: 25, y: 4.5 }]);
	});
});

describe('bullet', () => {
	it('puts every target at the same place', () => {
		expect(bullet(50, 100, 200)).toEqual({ bar: 78, tick: 156, over: false, clipped: false });
		expect(bullet(1, 2, 200).tick).toBe(156);
	});
	it('says that a value is over its target or beyond the width', () => {
		expect(bullet(110, 100, 100)).toMatchObject({ over: true, clipped: false });
		expect(bullet(500, 100, 100)).toEqual({ bar: 100, tick: 78, over: true, clipped: true });
	});
	it('does not judge without a target', () => {
		expect(bullet(5, null, 100)).toEqual({ bar: 50, tick: null, over: false, clipped: false });
	});
});

describe('flow', () => {
	it('draws nodes as high as their volume around one middle line', () => {
		const { nodes, column } = flow([100, 50, 0], { width: 300, height: 60, node: 8 });
		expect(column).toBe(100);
		expect(nodes).toEqual([
			{ x: 0, y: 0, height: 60 },
			{ x: 100, y: 15, height: 30 },
			{ x: 200, y: 29, height: 2 }
		]);
	});
	it('joins neighbours with ribbons of their heights', () => {
		const { ribbons } = flow([10, 10], { width: 200, height: 40, node: 8 });
		expect(ribbons).toHaveLength(1);
		expect(ribbons[0]).toBe('M8,40C54,40,54,40,100,40L100,0C54,0,54,0,8,0Z');
	});
	it('shows at most twelve dots and counts the rest', () => {
		const { places, more } = dots(15, { per: 6 });
		expect(places).toHaveLength(12);
		expect(places[6]).toEqual({ x: 0, y: 8 });
		expect(more).toBe(3);
		expect(dots(0)).toEqual({ places: [], more: 0 });
	});
});

describe('line with target', () => {
	it('keeps target and values on one scale', () => {
		const { path, target } = lineWithTarget([0.5, 1], 0.75, { width: 10, height: 20 });
		expect(path).toBe('M0,20L10,0');
		expect(target).toBe(10);
	});
	it('puts a value that stands alone on the side of the target on which it is', () => {
		const { lone, target } = lineWithTarget([0.5, null, 1, null, 0.6, 0.6], 0.9, { width: 50, height: 20 });
		expect(lone).toEqual([
			{ x: 0, y: 20 },
			{ x: 20, y: 0 }
		]);
		expect(target).toBeCloseTo(4);
	});
	it('does not blow up a small spread', () => {
		const { target } = lineWithTarget([0.99, 0.99], 0.99, { width: 10, height: 20 });
		expect(target).toBeGreaterThanOrEqual(0);
		expect(target).toBeLessThan(3);
	});
});

describe('dot range', () => {
	it('shares one scale and marks what is outside of its band', () => {
		const [calm, loud, unknown] = dotRanges(
			[
				{ value: 50, low: 40, high: 60 },
				{ value: 100, low: 40, high: 60 },
				{ value: 10, low: null, high: null }
			],
			200
		);
		expect(calm).toEqual({ dot: 100, band: { x: 80, width: 40 }, unusual: false });
		expect(loud).toMatchObject({ dot: 200, unusual: true });
		expect(unknown).toEqual({ dot: 20, band: null, unusual: false });
	});
});

describe('distribution', () => {
	it('rises from the first quantile to the top and stays there', () => {
		expect(ecdfPath([0, 5, 10], 20, { width: 40, height: 10 })).toBe('M0,10L10,5L20,0L40,0');
		expect(ecdfPath([0, 10, 30], 20, { width: 40, height: 10 })).toBe('M0,10L20,5L40,2.5');
		expect(ecdfPath([1], 20, { width: 40, height: 10 })).toBe('');
	});
	it('tells the share below a value', () => {
		expect(shareBelow([0, 10, 20], 10)).toBe(0.5);
		expect(shareBelow([0, 10, 20], 15)).toBe(0.75);
		expect(shareBelow([5, 10, 20], 4)).toBe(0);
		expect(shareBelow([5, 10, 20], 20)).toBe(1);
		expect(shareBelow([], 1)).toBeNull();
	});
});

describe('day', () => {
	it('draws bars on the ground and the line through their middles', () => {
		const shape = dayShape(
			[
				{ hour: 9, count: 10, value: 100 },
				{ hour: 10, count: 5, value: null },
				{ hour: 11, count: 0, value: 50 }
			],
			{ width: 320, height: 100 }
		);
		expect(shape.bars.map((bar) => bar.height)).toEqual([40, 20, 0]);
		expect(shape.bars.map((bar) => bar.y)).toEqual([60, 80, 100]);
		expect(shape.path).toMatch(/^M0,0ZM200,50Z$/);
	});
});
