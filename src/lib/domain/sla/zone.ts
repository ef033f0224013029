import { DAY, type Millis, MINUTE } from '../time.ts';

/** Offset from UTC (ms) that a zone has at a UTC moment. */
export type OffsetAt = (at: Millis) => Millis;

export function isZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/** A fixed offset in minutes, or an IANA zone through Intl. Throws RangeError for a zone nobody knows. */
export function offsetOf(zone: string | number): OffsetAt {
	if (typeof zone === 'number') return () => zone * 60_000;
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
		const whole = Math.floor(at / 1_000) * 1_000;
		const part: Record<string, number> = {};
		for (const { type, value } of format.formatToParts(whole)) part[type] = Number(value);
		const local = Date.UTC(
			part['year']!,
			part['month']! - 1,
			part['day'],
			part['hour'],
			part['minute'],
			part['second']
		);
		return local - whole;
	};
}

/**
 * The UTC moment of a local time given as if it were UTC. A local time that comes twice in autumn means the earlier moment;
 * one that spring leaves out moves forward by the gap.
 */
export function toUtc(local: Millis, offset: OffsetAt): Millis {
	const before = offset(local - DAY);
	const after = offset(local + DAY);
	if (before === after) return local - before;
	const valid = [before, after].filter((one) => offset(local - one) === one);
	return local - (valid.length === 0 ? before : Math.max(...valid));
}

/** `toUtc` for many local times of one zone. */
export function zoneReader(zone: string): (local: Millis) => Millis {
	const offset = offsetOf(zone);
	const known = new Map<number, Millis>();
	return (local) => {
		// Offsets change on quarter hours at most: one look-up serves each.
		const quarter = Math.floor(local / (15 * MINUTE));
		let found = known.get(quarter);
		if (found === undefined) known.set(quarter, (found = toUtc(quarter * 15 * MINUTE, offset) - quarter * 15 * MINUTE));
		return local + found;
	};
}
