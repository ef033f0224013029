import { DistributionError } from './check.ts';
import {
	constantLaw,
	erlangLaw,
	exponentialLaw,
	gammaLaw,
	gammaOf,
	lognormalLaw,
	normalLaw,
	triangularLaw,
	truncatedNormalLaw,
	uniformLaw,
	weibullLaw
} from './continuous-laws.ts';
import { categoricalLaw, geometricLaw, negativeBinomialLaw, poissonLaw } from './discrete-laws.ts';
import { type Law, within } from './law.ts';
import type { Stream } from './stream.ts';
import { empiricalLaw, histogramLaw, hyperexponentialLaw, mixtureLaw, piecewiseLaw } from './table-laws.ts';

type Numbers = readonly number[];

/** A law by family and parameters, as a profile writes it. */
export type Spec =
	| { readonly family: 'constant'; readonly value: number }
	| { readonly family: 'uniform'; readonly low: number; readonly high: number }
	| { readonly family: 'exponential'; readonly mean: number }
	| { readonly family: 'gamma'; readonly mean: number; readonly cv: number }
	| { readonly family: 'gamma'; readonly shape: number; readonly scale: number }
	| { readonly family: 'erlang'; readonly phases: number; readonly mean: number }
	| { readonly family: 'lognormal'; readonly mean: number; readonly cv: number }
	| { readonly family: 'weibull'; readonly shape: number; readonly scale: number }
	| { readonly family: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
	| { readonly family: 'normal'; readonly mean: number; readonly sd: number }
	| {
			readonly family: 'truncated-normal';
			readonly mean: number;
			readonly sd: number;
			readonly low: number;
			readonly high: number;
	  }
	| { readonly family: 'hyperexponential'; readonly mean: number; readonly cv: number }
	| { readonly family: 'empirical'; readonly observations: Numbers }
	| { readonly family: 'piecewise'; readonly at: Numbers; readonly cdf: Numbers }
	| { readonly family: 'histogram'; readonly edges: Numbers; readonly weights: Numbers }
	| { readonly family: 'mixture'; readonly parts: readonly { readonly weight: number; readonly law: Spec }[] }
	| { readonly family: 'poisson'; readonly mean: number }
	| { readonly family: 'negative-binomial'; readonly mean: number; readonly size: number }
	| { readonly family: 'geometric'; readonly p: number }
	| { readonly family: 'categorical'; readonly values: Numbers; readonly weights: Numbers };

/**
 * The law that a spec names.
 * @throws {DistributionError} for an unknown family or a parameter outside its domain.
 */
export function lawOf(spec: Spec): Law {
	switch (spec.family) {
		case 'constant':
			return constantLaw(spec.value);
		case 'uniform':
			return uniformLaw(spec.low, spec.high);
		case 'exponential':
			return exponentialLaw(spec.mean);
		case 'gamma':
			return 'shape' in spec ? gammaLaw(spec.shape, spec.scale) : gammaOf(spec.mean, spec.cv);
		case 'erlang':
			return erlangLaw(spec.phases, spec.mean);
		case 'lognormal':
			return lognormalLaw(spec.mean, spec.cv);
		case 'weibull':
			return weibullLaw(spec.shape, spec.scale);
		case 'triangular':
			return triangularLaw(spec.low, spec.mode, spec.high);
		case 'normal':
			return normalLaw(spec.mean, spec.sd);
		case 'truncated-normal':
			return truncatedNormalLaw(spec.mean, spec.sd, spec.low, spec.high);
		case 'hyperexponential':
			return hyperexponentialLaw(spec.mean, spec.cv);
		case 'empirical':
			return empiricalLaw(spec.observations);
		case 'piecewise':
			return piecewiseLaw(spec.at, spec.cdf);
		case 'histogram':
			return histogramLaw(spec.edges, spec.weights);
		case 'mixture':
			return mixtureLaw(spec.parts.map(({ weight, law }) => ({ weight, law: lawOf(law) })));
		case 'poisson':
			return poissonLaw(spec.mean);
		case 'negative-binomial':
			return negativeBinomialLaw(spec.mean, spec.size);
		case 'geometric':
			return geometricLaw(spec.p);
		case 'categorical':
			return categoricalLaw(spec.values, spec.weights);
		default:
			throw new DistributionError('distribution', 'family', (spec as { family?: unknown }).family, 'a known family');
	}
}

/**
 * Compiles a spec into a draw function. A domain makes every sample outside it raise, where the family can have one.
 * @throws {DistributionError} as `lawOf` does, and from the draw function for a sample outside the domain.
 */
export function sampler(spec: Spec, low = -Infinity, high = Infinity): (stream: Stream) => number {
	return within(lawOf(spec), low, high);
}
