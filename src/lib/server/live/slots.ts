import { DAY, HOUR, MINUTE, type Millis } from '../../domain/time.ts';

/** The bank's zone, Asia/Shanghai: UTC+8 all year. */
export const ZONE = 8 * HOUR;
/** Hour slots that live state keeps. */
export const KEPT_SLOTS = 8 * 24;
/** Reports are counted per five minutes, so that "the last hour" slides. */
export const FINE = 5 * MINUTE;

/** Number of the hour since the epoch; hours begin alike in the bank's zone and in UTC. */
export const hourOf = (at: Millis): number => Math.floor(at / HOUR);

/** Midnight in the bank's zone at or before `at`. */
export const dayStart = (at: Millis): Millis => Math.floor((at + ZONE) / DAY) * DAY - ZONE;

/** Hour of the week in the bank's zone, 0 = Monday 00:00. */
export function hourOfWeek(at: Millis): number {
	const day = Math.floor((at + ZONE) / DAY);
	const weekday = (((day + 3) % 7) + 7) % 7;
	return weekday * 24 + Math.floor((at + ZONE - day * DAY) / HOUR);
}
