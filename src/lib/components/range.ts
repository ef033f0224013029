import { dayStart } from '#lib/i18n/format.ts';

const MINUTE = 60_000;
const UNIT: Record<string, number> = { m: MINUTE, h: 60 * MINUTE, d: 1_440 * MINUTE };
const RELATIVE = /^now-(\d{1,4})([mhd])$/;

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
 * Null where the link names none or an impossible one: the page then shows its own default.
 */
export function readRange(from: string | null, to: string | null, now: number): Range | null {
	if (from === null) return null;
	const start = from === 'today' ? dayStart(now) : relative(from, now);
	const end = to === null || to === 'now' ? now : Number(to);
	if (start === null || !Number.isFinite(end) || end <= start) return null;
	return { from: start, to: end, live: to === null || to === 'now' };
}

/** Starts on whole steps, so that the same view is asked for until a step has passed. */
function relative(from: string, now: number): number | null {
	const found = RELATIVE.exec(from);
	if (found === null) return from !== '' && Number.isFinite(Number(from)) ? Number(from) : null;
	const size = Number(found[1]) * (UNIT[found[2] ?? 'm'] ?? MINUTE);
	const step = Math.max(MINUTE, size / 60);
	return Math.floor((now - size) / step) * step;
}

/** Parameters for a view that follows the present: without `to`, which would change with every beat. */
export function rangeParams(range: Range | null): { from?: number; to?: number } {
	if (range === null) return {};
	return range.live ? { from: range.from } : { from: range.from, to: range.to };
}
