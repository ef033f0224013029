import { expect } from 'vitest';
import { type Interval, summary } from '../../../simulator/statistics/interval.ts';

const REPLICATIONS = 20;

/**
 * Mean and 99 % interval of every figure of a model over replications with seeds of their own. The seeds are fixed:
 * with others, one figure in a hundred would lie outside by chance.
 */
export function replicate<F extends string>(
	seed: number,
	run: (seed: number) => Record<F, number>
): Record<F, Interval> {
	const runs = Array.from({ length: REPLICATIONS }, (_, number) => run(seed * 1_000 + number));
	return summary(runs, 0.99) as Record<F, Interval>;
}

/** The theory lies inside the interval, and the interval is narrow enough to have been able to miss it. */
export function expectInside({ mean, halfWidth }: Interval, theory: number, precision = 0.05): void {
	expect(halfWidth, `half width beside ${theory}`).toBeLessThan(precision * theory);
	expect(Math.abs(mean - theory), `${mean} ± ${halfWidth} beside ${theory}`).toBeLessThan(halfWidth);
}
