import type { Millis } from '../time.ts';

/** Offset from UTC (ms) that a zone has at a UTC moment. */
export type OffsetAt = (at: Millis) => Millis;

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

/** The UTC moment of a local time given as if it were UTC. Where a clock change skips or repeats it: the earlier offset. */
export function toUtc(local: Millis, offset: OffsetAt): Millis {
	const guess = local - offset(local);
	return local - offset(guess);
}
