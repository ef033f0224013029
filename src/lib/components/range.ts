import { DAY, END_OF_TIME, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { dayStart } from '#lib/i18n/format.ts';

const UNIT: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY };
const RELATIVE = /^now-(\d{1,4})([mhd])$/;
const MOMENT = /^\d{1,13}$/;
/** Wall time for which a moving range stays the same view, so that a slow one comes before it is left. */
const KEPT = 10 * SECOND;

export const QUICK = ['today', 'now-1h', 'now-24h', 'now-7d', 'now-30d'] as const;
export type Quick = (typeof QUICK)[number];

export interface Range {
	from: number;
	to: number;
	/** Ends in the lane's present, so it moves on. */
	live: boolean;
}

/**
 * The range that `?from=&to=` names, in ms. `from` is `today`, `now-<n><m|h|d>` or ms; `to` is absent (the present) or ms.
 * Null where the link names none or an impossible one: the page then shows its own default. `speed` is that of the lane.
 */
export function readRange(from: string | null, to: string | null, now: number, speed = 1): Range | null {
	if (from === null) return null;
	const live = to === null || to === 'now';
	const start = from === 'today' ? Math.max(0, dayStart(now)) : (relative(from, now, speed) ?? moment(from));
	const end = live ? now : moment(to);
	if (start === null || end === null || end <= start) return null;
	return { from: start, to: end, live };
}

function moment(text: string): number | null {
	return MOMENT.test(text) && Number(text) <= END_OF_TIME ? Number(text) : null;
}

/** Starts on whole steps, so that the same view is asked for until a step has passed. */
function relative(from: string, now: number, speed: number): number | null {
	const found = RELATIVE.exec(from);
	if (found === null) return null;
	const size = Number(found[1]) * (UNIT[found[2] ?? 'm'] ?? MINUTE);
	const step = Math.max(MINUTE, size / 60, Math.min(size / 6, KEPT * speed));
	return Math.max(0, Math.floor(Math.floor((now - size) / step) * step));
}

/** Parameters for a view that follows the present: without `to`, which would change with every beat. */
export function rangeParams(range: Range | null): { from?: number; to?: number } {
	if (range === null) return {};
	return range.live ? { from: range.from } : { from: range.from, to: range.to };
}
