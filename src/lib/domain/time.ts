/** Milliseconds since the Unix epoch. */
export type Millis = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The year 2100: no moment that anyone asks about lies after it. */
export const END_OF_TIME = 4_102_444_800_000;

/** The only way to ask what time it is or to wait; the system one lives in `server/clock.ts`. */
export interface Clock {
	now(): Millis;
	/** Calls back once after `delay` ms; the returned function cancels. */
	after(delay: Millis, callback: () => void): () => void;
}
