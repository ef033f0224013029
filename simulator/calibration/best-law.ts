import type { WorkingClock } from '../process/working-clock.ts';
import type { Decision } from './decisions.ts';
import { cumulative, fitFamilies, logDensity, PARAMETERS, type Parametric } from './families.ts';

export type Wait = Pick<Decision, 'at' | 'until' | 'began'>;

export interface Candidate {
	clock: 'wall' | 'working';
	law: Parametric;
	aic: number;
	bic: number;
	ks: number;
	sorted: Float64Array;
}

/** Their lengths in seconds, ascending. */
export function secondsOf(waits: readonly Wait[]): Float64Array {
	return Float64Array.from(waits, ({ at, until }) => (until - at) / 1_000).sort();
}

/** The family and clock with the least BIC, which charges more for a mixture than AIC does, from waits of some length; `wall` has them in seconds, ascending. */
export function bestLaw(lasting: readonly Wait[], wall: Float64Array, clock: WorkingClock): Candidate {
	const candidates = candidatesOf('wall', wall, 0);
	const working = lasting.map(({ at, until }) => clock.between(at, until) / 1_000);
	if (working.every((value) => value > 0)) {
		const jacobian = lasting.reduce((sum, { until }) => sum + Math.log(clock.paceAt(until)), 0);
		candidates.push(...candidatesOf('working', Float64Array.from(working).sort(), jacobian));
	}
	return candidates.reduce((least, one) => (one.bic < least.bic ? one : least));
}

function candidatesOf(clock: 'wall' | 'working', sorted: Float64Array, jacobian: number): Candidate[] {
	return fitFamilies(sorted).map((law) => {
		let likelihood = jacobian;
		let ks = 0;
		for (let i = 0; i < sorted.length; i++) {
			likelihood += logDensity(law, sorted[i]!);
			const f = cumulative(law, sorted[i]!);
			ks = Math.max(ks, f - i / sorted.length, (i + 1) / sorted.length - f);
		}
		const charge = (each: number) => each * PARAMETERS[law.family] - 2 * likelihood;
		return { clock, law, aic: charge(2), bic: charge(Math.log(sorted.length)), ks, sorted };
	});
}
