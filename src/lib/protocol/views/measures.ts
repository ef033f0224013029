import type { Millis } from '../../domain/time.ts';

export interface Text {
	zh: string;
	en: string;
}

/** A proportion with its sample: `met` of `n`; the interval is Wilson's at 95 %. */
export interface Share {
	met: number;
	n: number;
	low: number;
	high: number;
}

/** Quantiles of a duration in ms over `n` observations. */
export interface Quantiles {
	n: number;
	p50: Millis;
	p90: Millis;
}
