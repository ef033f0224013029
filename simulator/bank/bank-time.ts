import { DAY, HOUR, type Millis, MINUTE } from '../../src/lib/domain/time.ts';

/** The bank lives at UTC+8 all year. */
const ZONE = 8 * HOUR;

export function midnight(at: Millis): Millis {
	return Math.floor((at + ZONE) / DAY) * DAY - ZONE;
}

/** 0–23 in the bank's zone. */
export function hourOf(at: Millis): number {
	return Math.floor(((at + ZONE) % DAY) / HOUR);
}

/** 0 = Monday. */
export function weekdayOf(at: Millis): number {
	return (Math.floor((at + ZONE) / DAY) + 3) % 7;
}

/** Day of the month and whether it is among the month's last two. */
export function monthDayOf(at: Millis): { day: number; last: boolean } {
	const date = new Date(at + ZONE);
	return { day: date.getUTCDate(), last: new Date(at + ZONE + 2 * DAY).getUTCMonth() !== date.getUTCMonth() };
}

/** The next moment (or now) at which the hour lies in [from, to). */
export function withinHours(at: Millis, from: number, to: number): Millis {
	const start = midnight(at);
	if (at < start + from * HOUR) return start + from * HOUR;
	return at < start + to * HOUR ? at : start + DAY + from * HOUR;
}

/** Formats times that mostly ascend as RFC 3339 with +08:00, remembering the minute. */
export function timeWriter(): (at: Millis) => string {
	let minute = NaN;
	let prefix = '';
	return (at) => {
		const mine = Math.floor(at / MINUTE);
		if (mine !== minute) {
			minute = mine;
			prefix = new Date(mine * MINUTE + ZONE).toISOString().slice(0, 17);
		}
		const rest = at - mine * MINUTE;
		const second = Math.floor(rest / 1_000);
		const milli = rest - second * 1_000;
		return `${prefix}${second < 10 ? '0' : ''}${second}.${milli < 10 ? '00' : milli < 100 ? '0' : ''}${milli}+08:00`;
	};
}
