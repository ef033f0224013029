import type { Millis } from '../../src/lib/domain/time.ts';
import { dayOf, type LocalDays } from '../process/local-days.ts';

/** The first whole local day from a moment on, by its number. */
export const firstWholeDay = (days: LocalDays, from: Millis): number => dayOf(days.toLocal(from) - 1) + 1;

/** Cases that began on each whole local day between two moments. */
export function dailyCounts(begins: readonly Millis[], days: LocalDays, from: Millis, to: Millis): number[] {
	const first = firstWholeDay(days, from);
	const counts = new Array<number>(Math.max(0, dayOf(days.toLocal(to)) - first)).fill(0);
	for (const at of begins) {
		const index = dayOf(days.toLocal(at)) - first;
		if (counts[index] !== undefined) counts[index]!++;
	}
	return counts;
}
