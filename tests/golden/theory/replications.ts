import { expect } from 'vitest';

const REPLICATIONS = 20;
/** Quantile 0.995 of Student's t with 19 degrees of freedom. */
const T = 2.860934606464979;

export interface Interval {
	mean: number;
	/** Half the width of the 99 % interval over independent replications. */
	half: number;
}

/**
 * Mean and 99 % interval of every figure of a model over replications with seeds of their own. The seeds are fixed:
 * with others, one figure in a hundred would lie outside by chance.
 */
export function replicate<F extends string>(
	seed: number,
	run: (seed: number) => Record<F, number>
): Record<F, Interval> {
	const runs = Array.from({ length: REPLICATIONS }, (_, number) => run(seed * 1_000 + number));
	const names = Object.keys(runs[0] ?? {}) as F[];
	return Object.fromEntries(names.map((name) => [name, interval(runs.map((each) => each[name]))])) as Record<
		F,
		Interval
	>;
}

function interval(values: readonly number[]): Interval {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return { mean, half: T * Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** The theory lies inside the interval, and the interval is narrow enough to have been able to miss it. */
export function expectInside({ mean, half }: Interval, theory: number, precision = 0.05): void {
	expect(half, `half width beside ${theory}`).toBeLessThan(precision * theory);
	expect(Math.abs(mean - theory), `${mean} ± ${half} beside ${theory}`).toBeLessThan(half);
}
