import type { Environment } from '../kernel/environment.ts';
import { gamma } from '../random/continuous.ts';
import { poisson } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight } from './bank-time.ts';

/**
 * The arrivals of one day as a Poisson process with an hourly rate: sorted times in ms since the epoch.
 * `variance` is that of a daily gamma factor with mean 1, which makes counts wilder than Poisson.
 */
export function arrivalsOfDay(
	stream: Stream,
	start: number,
	hourly: readonly number[],
	mean: number,
	variance: number
): number[] {
	const factor = dailyFactor(stream, variance);
	const total = hourly.reduce((sum, weight) => sum + weight, 0);
	const times: number[] = [];
	if (total === 0 || mean === 0) return times;
	hourly.forEach((weight, hour) => {
		if (weight === 0) return;
		const n = poisson(stream, (mean * factor * weight) / total);
		for (let i = 0; i < n; i++) times.push(start + hour * HOUR + Math.floor(stream.next() * HOUR));
	});
	return times.sort((a, b) => a - b);
}

/** How busy one day is beside what its place in the year makes of it: a gamma factor with mean 1 and this variance. */
export function dailyFactor(stream: Stream, variance: number): number {
	return variance > 0 ? gamma(stream, 1 / variance, variance) : 1;
}

/** Calls `arrive` at each arrival, day after day: only the next arrival stands in the calendar. Those before now are left out. */
export function eachDay(
	env: Environment,
	times: (day: number) => number[],
	arrive: (nth: number, day: number) => void
): void {
	let day = midnight(env.now);
	let pending: number[] = [];
	let next = 0;
	const advance = (): void => {
		if (next < pending.length) env.call((pending[next] as number) - env.now, step);
		else {
			day += DAY;
			env.call(day - env.now, begin);
		}
	};
	const step = (): void => {
		next++;
		arrive(next, day);
		advance();
	};
	const begin = (): void => {
		const now = env.now;
		pending = times(day).filter((at) => at >= now);
		next = 0;
		advance();
	};
	begin();
}
