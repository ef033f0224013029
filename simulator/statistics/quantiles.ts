import { inverseNormal } from '../random/continuous.ts';
import { betaI, logGamma, normalCdf, normalDensity } from '../random/special.ts';

/** Quantile of the standard normal to about 1e-15: that of the samplers with one step of Halley's method. */
export function normalQuantile(p: number): number {
	if (p > 0.5) return -normalQuantile(1 - p);
	const z = inverseNormal(p);
	const step = (normalCdf(z) - p) / normalDensity(z);
	return z - step / (1 + (z * step) / 2);
}

/** Quantile of Student's t with `df` degrees of freedom, by Newton's method on its tail. */
export function studentQuantile(p: number, df: number): number {
	if (!(df > 0)) throw new RangeError(`${df} degrees of freedom, expected a number above 0`);
	if (p < 0.5) return -studentQuantile(1 - p, df);
	if (p === 0.5) return 0;
	const tail = 1 - p;
	const constant = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI);
	// The normal quantile lies below, and the tail is convex: the steps climb and never overshoot.
	let t = normalQuantile(p);
	for (let i = 0; i < 200; i++) {
		const above = betaI(df / (df + t * t), df / 2, 0.5) / 2;
		const step = (above - tail) / (constant * Math.pow(1 + (t * t) / df, -(df + 1) / 2));
		t += step;
		if (Math.abs(step) <= 1e-14 * t) break;
	}
	return t;
}
