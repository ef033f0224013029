import type { WorkingClock } from '../process/working-clock.ts';
import type { Decision } from './decisions.ts';
import { cumulative, fitFamilies, logDensity, PARAMETERS, type Parametric } from './families.ts';

export interface Wait extends Pick<Decision, 'at' | 'until' | 'began'> {
	/** Of whoever did it; 1 where nobody is known. */
	speed?: number;
	/** The hours of whoever did it; else those of all. */
	clock?: WorkingClock;
}

export interface Candidate {
	clock: 'wall' | 'working';
	/** Whether the law is that of a person of speed 1. */
	perPerson: boolean;
	law: Parametric;
	aic: number;
	bic: number;
	ks: number;
	sorted: Float64Array;
}

export interface Only {
	clock?: 'wall' | 'working';
	perPerson?: boolean;
}

/** Their lengths in seconds, ascending. */
export function secondsOf(waits: readonly Wait[]): Float64Array {
	return Float64Array.from(waits, ({ at, until }) => (until - at) / 1_000).sort();
}

export const workedSeconds = ({ at, until, clock }: Wait, hours: WorkingClock): number =>
	(clock ?? hours).between(at, until) / 1_000;

/**
 * The family and clock with the least BIC, which charges more for a mixture than AIC does, from waits of some length. Clocks
 * and speeds compare because a density on the working clock, or of work at speed 1, is taken per second of the wall's.
 */
export function bestLaw(lasting: readonly Wait[], hours: WorkingClock, only: Only = {}): Candidate {
	const { perPerson = false } = only;
	const factors = lasting.map(({ speed = 1 }) => (perPerson ? speed : 1));
	const scale = factors.reduce((sum, factor) => sum + Math.log(factor), 0);
	const sorted = (seconds: readonly number[]) => Float64Array.from(seconds, (value, i) => value * factors[i]!).sort();
	const candidates: Omit<Candidate, 'perPerson'>[] = [];
	if (only.clock !== 'working') {
		const seconds = lasting.map(({ at, until }) => (until - at) / 1_000);
		candidates.push(...candidatesOf('wall', sorted(seconds), scale));
	}
	const worked = only.clock === 'wall' ? [] : lasting.map((wait) => workedSeconds(wait, hours));
	if (worked.length > 0 && worked.every((value) => value > 0)) {
		// What ends on the hour ends in the hour before.
		const paces = lasting.map(({ until, clock }) => (clock ?? hours).paceAt(until - 1));
		const jacobian = paces.reduce((sum, pace) => sum + Math.log(pace), scale);
		candidates.push(...candidatesOf('working', sorted(worked), jacobian));
	}
	if (candidates.length === 0) return bestLaw(lasting, hours, { perPerson });
	return { ...candidates.reduce((least, one) => (one.bic < least.bic ? one : least)), perPerson };
}

function candidatesOf(
	clock: 'wall' | 'working',
	sorted: Float64Array,
	jacobian: number
): Omit<Candidate, 'perPerson'>[] {
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
