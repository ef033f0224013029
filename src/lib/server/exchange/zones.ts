import { DAY, type Millis, MINUTE } from '../../domain/time.ts';

export function isZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/** Offset of a zone from UTC at an instant, in ms. */
function offsetReader(zone: string): (at: Millis) => Millis {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric'
	});
	return (at) => {
		const parts: Record<string, number> = {};
		for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
		const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
		return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
	};
}

/**
 * Turns a wall-clock reading (as if it were UTC, ms) into the instant it names in a zone. A reading that comes twice in
 * autumn means the earlier instant; one that spring leaves out moves forward by the gap.
 */
export function zoneReader(zone: string): (reading: Millis) => Millis {
	const offsetAt = offsetReader(zone);
	const known = new Map<number, Millis>();
	const offsetFor = (reading: Millis): Millis => {
		const before = offsetAt(reading - DAY);
		const after = offsetAt(reading + DAY);
		if (before === after) return before;
		const valid = [before, after].filter((offset) => offsetAt(reading - offset) === offset);
		return valid.length === 0 ? before : Math.max(...valid);
	};
	return (reading) => {
		// Offsets change on quarter hours at most: one look-up serves each.
		const quarter = Math.floor(reading / (15 * MINUTE));
		let offset = known.get(quarter);
		if (offset === undefined) {
			offset = offsetFor(quarter * 15 * MINUTE);
			known.set(quarter, offset);
		}
		return reading - offset;
	};
}
