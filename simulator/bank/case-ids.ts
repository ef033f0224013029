import { HOUR } from '../../src/lib/domain/time.ts';
import type { Branch } from './network.ts';

/**
 * Case numbers that tell day, branch and order: `LC-261122-B0007-03`, or `LC-261122-B0007-03-k2f` with a mark. A branch's
 * cases never renumber another's.
 */
export function caseIds(mark?: string): (branch: Branch, nth: number, day: number) => string {
	const days = new Map<number, string>();
	const tail = mark === undefined ? '' : `-${mark}`;
	return (branch, nth, day) => {
		let text = days.get(day);
		if (text === undefined) {
			text = new Date(day + 8 * HOUR).toISOString().slice(2, 10).replaceAll('-', '');
			days.set(day, text);
		}
		return `LC-${text}-${branch.id}-${nth < 10 ? `0${nth}` : nth}${tail}`;
	};
}
