import type { Millis } from '../time.ts';

/** Working time in one zone. */
export interface Calendar {
	readonly id: string;
	/** Working ms of an ordinary day, by which durations in working days are told. */
	readonly dayMs?: Millis;
	/** Working ms in [from, to). */
	between(from: Millis, to: Millis): Millis;
	/** The first moment by which `worked` working ms have passed since `from`. */
	add(from: Millis, worked: Millis): Millis;
	/** Whether days of [from, to] come from a year whose holidays are not announced yet. */
	provisional(from: Millis, to: Millis): boolean;
}
