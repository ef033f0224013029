import type { Environment } from '../kernel/environment.ts';
import { exponential, gamma } from '../random/continuous.ts';
import { deriveStream, type Stream } from '../random/stream.ts';
import type { Rate } from './rate.ts';

/** What arrives in a day: the rate over its ticks, times a factor. */
export interface Day {
	readonly rate: Rate;
	readonly factor: number;
}

/** Days are numbered from tick 0 on. */
export type DayPlan = (day: number) => Day;

export interface Week {
	/** One per weekday; the day that starts at tick 0 is the first. */
	readonly weekdays: readonly Day[];
	/** Days that differ, by number. */
	readonly special?: ReadonlyMap<number, Day>;
}

export function weekly({ weekdays, special }: Week): DayPlan {
	if (weekdays.length === 0) throw new RangeError('a week needs at least one day');
	return (day) => special?.get(day) ?? (weekdays[day % weekdays.length] as Day);
}

/**
 * Some days are busier than others without a reason one could know: each day's rate times a gamma factor with mean 1.
 * Counts of a day then vary by mean + mean² × variance. Each day has a stream of its own.
 */
export function overDispersed(plan: DayPlan, variance: number, seed: number, entity: string, replication = 0): DayPlan {
	return (day) => {
		const { rate, factor } = plan(day);
		const busy = gamma(deriveStream(seed, entity, `busy day ${day}`, replication), 1 / variance, variance);
		return { rate, factor: factor * busy };
	};
}

/** After so many days without an arrival there is none to come. */
const LONGEST_SILENCE = 4_000;

/**
 * Arrival times after `start`, one a call, by inverting the integral of the rate: one exponential an arrival, so that
 * a higher rate moves arrivals without changing which comes when (Çinlar 1975). Infinity when there are no more.
 */
export function byInversion(plan: DayPlan, dayLength: number, stream: Stream, start = 0): () => number {
	let day = Math.floor(start / dayLength);
	let { rate, factor } = plan(day);
	let used = factor * rate.cumulative(start - day * dayLength);
	return () => {
		used += exponential(stream, 1);
		for (let silent = 0; silent < LONGEST_SILENCE; silent++) {
			const total = factor * rate.total;
			if (used <= total) return day * dayLength + rate.inverse(Math.min(rate.total, used / factor));
			used -= total;
			({ rate, factor } = plan(++day));
		}
		return Infinity;
	};
}

/** The same process by thinning a faster one (Lewis and Shedler 1979): for rates that have no integral at hand. */
export function byThinning(plan: DayPlan, dayLength: number, stream: Stream, start = 0): () => number {
	let day = Math.floor(start / dayLength);
	let { rate, factor } = plan(day);
	let time = start;
	return () => {
		for (let silent = 0; silent < LONGEST_SILENCE;) {
			const top = rate.highest;
			if (top * factor > 0) time += exponential(stream, 1 / (top * factor));
			if (top * factor > 0 && time < (day + 1) * dayLength) {
				if (stream.next() * top < rate.at(time - day * dayLength)) return time;
				continue;
			}
			// The process has no memory: what overshot the day starts anew with it.
			silent++;
			time = ++day * dayLength;
			({ rate, factor } = plan(day));
		}
		return Infinity;
	};
}

/** Calls `arrive` at each time, in whole ticks; only the next arrival stands in the calendar. */
export function feed(env: Environment, next: () => number, arrive: (nth: number) => void): void {
	let nth = 0;
	const wait = (): void => {
		const time = next();
		if (time === Infinity) return;
		env.call(Math.max(0, Math.floor(time) - env.now), () => {
			arrive(++nth);
			wait();
		});
	};
	wait();
}
