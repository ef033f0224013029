import { DistributionError } from './check.ts';
import type { Stream } from './stream.ts';

/** A probability law with its parameters checked once, so that drawing costs no checks. */
export interface Law {
	readonly family: string;
	readonly mean: number;
	readonly variance: number;
	/** No sample lies below `low` or above `high`. */
	readonly low: number;
	readonly high: number;
	/** P(X <= x). */
	readonly cdf: (x: number) => number;
	readonly draw: (stream: Stream) => number;
	/** Value at p in (0, 1); only for families that draw by inversion, one uniform a value. */
	readonly quantile?: (p: number) => number;
}

/** The draws of a law with a check that none lies outside a domain; none is made where none can. */
export function within(law: Law, low: number, high: number): (stream: Stream) => number {
	if (law.low >= low && law.high <= high) return law.draw;
	const draw = law.draw;
	return (stream) => {
		const value = draw(stream);
		if (value >= low && value <= high) return value;
		throw new DistributionError(law.family, 'sample', value, `a number from ${low} to ${high}`);
	};
}
