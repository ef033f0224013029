import { say } from '#lib/i18n/say.ts';
import type { HeatMeasure } from '#lib/protocol/views.ts';

/** A value of the heatmap in the unit of its measure. */
export function measured(measure: HeatMeasure, value: number | null | undefined): string {
	if (measure === 'overtime') return say.percent(value);
	return measure === 'volume' ? say.count(value) : say.duration(value);
}

/** A value beside the target that it may be above: never in the same words as a target that it exceeds. */
export function measuredAgainst(measure: HeatMeasure, value: number | null | undefined, target: number | null): string {
	const over = target !== null && value != null && value > target;
	return say.above(measured(measure, value), measured(measure, target), over);
}

/** `周一 10–11 时` / `Mon 10–11 h` */
export function hourName(hourOfWeek: number): string {
	const hour = hourOfWeek % 24;
	return `${say.weekdayName(Math.floor(hourOfWeek / 24))} ${hour}:00–${hour + 1}:00`;
}

/** The hours of a day to show: the usual opening hours, and whatever lies beyond them with visits. */
export function dayHours(visited: readonly number[]): number[] {
	const first = Math.min(8, ...visited);
	const last = Math.max(18, ...visited);
	return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
