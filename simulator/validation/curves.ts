import { erlangA, mmc } from '../models/theory.ts';
import { type Effort, simulated } from './queues.ts';

export interface CurvePoint {
	x: number;
	y: number;
	low?: number;
	high?: number;
}

export interface Curve {
	name: string;
	mark: 'line' | 'dots';
	/** Curves of one model have the same. */
	hue: number;
	points: CurvePoint[];
}

const steps = (from: number, to: number, by: number): number[] =>
	Array.from({ length: Math.round((to - from) / by) + 1 }, (_, at) => Math.round((from + at * by) * 1e6) / 1e6);

/** Mean wait in means of a service against the load, for three numbers of windows: closed form and simulation. */
export function waitByLoad(effort: Effort): Curve[] {
	return [1, 5, 20].flatMap((servers, hue): Curve[] => [
		{
			name: `M/M/${servers}, Erlang C`,
			mark: 'line',
			hue,
			points: steps(0.5, 0.95, 0.01).map((load) => ({ x: load, y: mmc(servers, load * servers, 1).wait }))
		},
		{
			name: `M/M/${servers}, simulated`,
			mark: 'dots',
			hue,
			points: steps(0.5, 0.95, 0.09).map((load) => {
				const model = { model: 'mmc', servers, lambda: load * servers, mu: 1 } as const;
				return dot(load, simulated(model, 'meanWait', effort));
			})
		}
	]);
}

/** Share of callers who hang up against the load of ten agents, patience twice a call: closed form and simulation. */
export function abandonedByLoad(effort: Effort): Curve[] {
	const servers = 10;
	const theta = 0.5;
	return [
		{
			name: 'Erlang A',
			mark: 'line',
			hue: 0,
			points: steps(0.6, 1.6, 0.02).map((load) => ({ x: load, y: erlangA(servers, load * servers, 1, theta).pAbandon }))
		},
		{
			name: 'simulated',
			mark: 'dots',
			hue: 1,
			points: steps(0.6, 1.6, 0.1).map((load) => {
				const model = { model: 'mmca', servers, lambda: load * servers, mu: 1, theta } as const;
				return dot(load, simulated(model, 'pAbandon', effort));
			})
		}
	];
}

const dot = (x: number, { mean, halfWidth }: { mean: number; halfWidth: number }): CurvePoint => ({
	x,
	y: mean,
	low: mean - halfWidth,
	high: mean + halfWidth
});
