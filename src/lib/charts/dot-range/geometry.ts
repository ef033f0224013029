import { scaleLinear } from 'd3-scale';

export interface DotRange {
	dot: number;
	/** The usual band, px; null where it is unknown. */
	band: { x: number; width: number } | null;
	/** Outside of the band. */
	unusual: boolean;
}

/** A dot per value against its usual band, all on one scale from zero. */
export function dotRanges(
	rows: readonly { value: number; low: number | null; high: number | null }[],
	width: number
): DotRange[] {
	const most = Math.max(1, ...rows.map((row) => Math.max(row.value, row.high ?? 0)));
	const x = scaleLinear([0, most], [0, width]);
	return rows.map(({ value, low, high }) => ({
		dot: x(value),
		band: low === null || high === null ? null : { x: x(low), width: Math.max(2, x(high) - x(low)) },
		unusual: low !== null && high !== null && (value < low || value > high)
	}));
}
