import { DAY, HOUR, type Millis } from '../../../domain/time.ts';
import type { OverviewView } from '../../../protocol/views.ts';
import type { LaneState } from '../fold/lane-state.ts';
import { FINE, hourOf } from '../slots.ts';

const DAYS = 7;
const PARTS = HOUR / FINE;

/** Reports of one channel in the hour that ends with the five minutes of `now`. */
function hourTo(lane: LaneState, channel: string, now: Millis): number {
	let sum = 0;
	const last = Math.floor(now / FINE);
	for (let fine = last - PARTS + 1; fine <= last; fine += 1) {
		sum += lane.slots.get(hourOf(fine * FINE))?.reports.get(channel)?.[fine % PARTS] ?? 0;
	}
	return sum;
}

/** Reports per channel: the last hour against the same hour of the days before that the lane already had. */
export function channelsView(lane: LaneState, now: Millis): OverviewView['channels'] {
	const channels = new Set<string>();
	for (const slot of lane.slots.values()) for (const channel of slot.reports.keys()) channels.add(channel);
	const view: OverviewView['channels'] = {};
	for (const channel of [...channels].sort()) {
		const usual: number[] = [];
		for (let day = 1; day <= DAYS; day += 1) {
			const end = now - day * DAY;
			if (lane.oldest !== null && end - HOUR >= lane.oldest) usual.push(hourTo(lane, channel, end));
		}
		view[channel] = { lastHour: hourTo(lane, channel, now), ...interval(usual) };
	}
	return view;
}

/** Mean with the range in which a single day would lie 95 % of the time, at least as wide as chance alone makes it. */
function interval(usual: readonly number[]): {
	usual: number | null;
	low: number | null;
	high: number | null;
	n: number;
} {
	const n = usual.length;
	if (n === 0) return { usual: null, low: null, high: null, n };
	const mean = usual.reduce((sum, value) => sum + value, 0) / n;
	if (n < 2) return { usual: mean, low: null, high: null, n };
	const variance = usual.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
	const half = 1.96 * Math.sqrt(Math.max(variance, mean) * (1 + 1 / n));
	return { usual: mean, low: Math.max(0, mean - half), high: mean + half, n };
}
