import { describe, expect, it } from 'vitest';
import { lineChart } from '../../../../src/cli/svg/line-chart.ts';
import { processMap } from '../../../../src/cli/svg/process-map.ts';

describe('a line chart', () => {
	const series = [
		{ name: 'theory <x>', mark: 'line', points: [1, 2, 3].map((x) => ({ x, y: x * x })) },
		{ name: 'simulated', mark: 'dots', points: [{ x: 2, y: 4.1, low: 3.5, high: 4.7 }] }
	] as const;

	it('draws a line for what was computed, a dot and its interval for what was simulated, and names both', () => {
		const svg = lineChart({ title: 'a & b', x: 'load', y: 'wait', series });
		expect(svg.match(/<circle[^>]* r="3"/g)).toHaveLength(2);
		expect(svg).toContain('theory &lt;x>');
		expect(svg).toContain('a &amp; b');
		expect(svg).toMatch(/stroke="#b4530a"\/><circle/);
		expect(svg).not.toContain('NaN');
	});

	it('keeps an interval that reaches below zero on the paper of a logarithmic axis', () => {
		const points = [
			{ x: 1, y: 0.01, low: -0.02, high: 0.04 },
			{ x: 2, y: 1 }
		];
		const svg = lineChart({ title: 't', x: 'x', y: 'y', log: true, series: [{ name: 's', mark: 'dots', points }] });
		expect(svg).not.toContain('NaN');
		expect(svg).not.toContain('Infinity');
	});
});

describe('a process map', () => {
	const nodes = [
		{ name: 'reported', column: 0, count: 10 },
		{ name: 'verified', column: 1, count: 9 },
		{ name: 'paused', column: 0, count: 1 }
	];
	const edges = [
		{ from: 'reported', to: 'verified', count: 9, took: '9 s' },
		{ from: 'verified', to: 'paused', count: 1, took: '2 min' },
		{ from: 'reported', to: 'paused', count: 1, took: '1 s' }
	];

	it('stands the events of a stage one below the other, and draws an arrow for each that follows another', () => {
		const svg = processMap({ title: 'map', columns: ['report', 'verify'], nodes, edges });
		expect(svg.match(/marker-end/g)).toHaveLength(3);
		const top = (name: string): number => Number(new RegExp(`y="([\\d.]+)"[^>]*>${name}<`).exec(svg)?.[1]);
		expect(top('reported')).toBeLessThan(top('paused'));
		expect(top('reported')).toBe(top('verified'));
		expect(svg).toContain('<title>reported → verified: 9, 9 s</title>');
	});
});
