import { atLeastZero, DistributionError, finite, positive } from './check.ts';
import { erlang, gamma, inverseNormal, triangular, uniform } from './continuous.ts';
import type { Law } from './law.ts';
import { gammaP, logGamma, normalCdf, normalDensity } from './special.ts';

export function constantLaw(value: number): Law {
	finite('constant', 'value', value);
	const draw = (): number => value;
	return {
		family: 'constant',
		mean: value,
		variance: 0,
		low: value,
		high: value,
		cdf: (x) => (x >= value ? 1 : 0),
		draw,
		quantile: draw
	};
}

export function uniformLaw(low: number, high: number): Law {
	finite('uniform', 'low', low);
	finite('uniform', 'high', high);
	if (!(high > low)) throw new DistributionError('uniform', 'high', high, `a number above ${low}`);
	return {
		family: 'uniform',
		mean: (low + high) / 2,
		variance: (high - low) ** 2 / 12,
		low,
		high,
		cdf: (x) => Math.min(1, Math.max(0, (x - low) / (high - low))),
		draw: (stream) => uniform(stream, low, high),
		quantile: (p) => low + p * (high - low)
	};
}

export function exponentialLaw(mean: number): Law {
	positive('exponential', 'mean', mean);
	return {
		family: 'exponential',
		mean,
		variance: mean * mean,
		low: 0,
		high: Infinity,
		cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-x / mean)),
		draw: (stream) => -mean * Math.log(stream.open()),
		quantile: (p) => -mean * Math.log1p(-p)
	};
}

/** By shape and scale; `gammaOf` takes mean and coefficient of variation. */
export function gammaLaw(shape: number, scale: number): Law {
	positive('gamma', 'shape', shape);
	positive('gamma', 'scale', scale);
	return {
		family: 'gamma',
		mean: shape * scale,
		variance: shape * scale * scale,
		low: 0,
		high: Infinity,
		cdf: (x) => gammaP(shape, x / scale),
		draw: (stream) => gamma(stream, shape, scale)
	};
}

export function gammaOf(mean: number, cv: number): Law {
	positive('gamma', 'mean', mean);
	positive('gamma', 'cv', cv);
	return gammaLaw(1 / (cv * cv), mean * cv * cv);
}

export function erlangLaw(phases: number, mean: number): Law {
	positive('erlang', 'mean', mean);
	if (!Number.isInteger(phases) || phases < 1)
		throw new DistributionError('erlang', 'phases', phases, 'a whole number above 0');
	return {
		family: 'erlang',
		mean,
		variance: (mean * mean) / phases,
		low: 0,
		high: Infinity,
		cdf: (x) => gammaP(phases, (x * phases) / mean),
		draw: (stream) => erlang(stream, phases, mean)
	};
}

/** By its own mean and coefficient of variation, not by those of its logarithm. */
export function lognormalLaw(mean: number, cv: number): Law {
	positive('lognormal', 'mean', mean);
	atLeastZero('lognormal', 'cv', cv);
	if (cv === 0) return constantLaw(mean);
	const sigma = Math.sqrt(Math.log(1 + cv * cv));
	const median = mean / Math.sqrt(1 + cv * cv);
	const mu = Math.log(median);
	const quantile = (p: number): number => median * Math.exp(sigma * inverseNormal(p));
	return {
		family: 'lognormal',
		mean,
		variance: (mean * cv) ** 2,
		low: 0,
		high: Infinity,
		cdf: (x) => (x <= 0 ? 0 : normalCdf((Math.log(x) - mu) / sigma)),
		draw: (stream) => quantile(stream.open()),
		quantile
	};
}

/** F(x) = 1 - exp(-(x / scale)^shape). */
export function weibullLaw(shape: number, scale: number): Law {
	positive('weibull', 'shape', shape);
	positive('weibull', 'scale', scale);
	const mean = scale * Math.exp(logGamma(1 + 1 / shape));
	const power = 1 / shape;
	return {
		family: 'weibull',
		mean,
		variance: scale * scale * Math.exp(logGamma(1 + 2 / shape)) - mean * mean,
		low: 0,
		high: Infinity,
		cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-Math.pow(x / scale, shape))),
		draw: (stream) => scale * Math.pow(-Math.log(stream.open()), power),
		quantile: (p) => scale * Math.pow(-Math.log1p(-p), power)
	};
}

export function triangularLaw(low: number, mode: number, high: number): Law {
	finite('triangular', 'low', low);
	finite('triangular', 'high', high);
	if (!(low <= mode && mode <= high && low < high))
		throw new DistributionError('triangular', 'mode', mode, `a number from ${low} to ${high}, which differ`);
	const cut = (mode - low) / (high - low);
	return {
		family: 'triangular',
		mean: (low + mode + high) / 3,
		variance: (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18,
		low,
		high,
		cdf: (x) => {
			if (x <= low) return 0;
			if (x >= high) return 1;
			return x < mode
				? (x - low) ** 2 / ((high - low) * (mode - low))
				: 1 - (high - x) ** 2 / ((high - low) * (high - mode));
		},
		draw: (stream) => triangular(stream, low, mode, high),
		quantile: (p) =>
			p < cut
				? low + Math.sqrt(p * (high - low) * (mode - low))
				: high - Math.sqrt((1 - p) * (high - low) * (high - mode))
	};
}

export function normalLaw(mean: number, sd: number): Law {
	finite('normal', 'mean', mean);
	positive('normal', 'sd', sd);
	const quantile = (p: number): number => mean + sd * inverseNormal(p);
	return {
		family: 'normal',
		mean,
		variance: sd * sd,
		low: -Infinity,
		high: Infinity,
		cdf: (x) => normalCdf((x - mean) / sd),
		draw: (stream) => quantile(stream.open()),
		quantile
	};
}

/** A normal of which only the part from `low` to `high` is kept; `mean` and `sd` are those before the cut. */
export function truncatedNormalLaw(mean: number, sd: number, low: number, high: number): Law {
	finite('truncated normal', 'mean', mean);
	positive('truncated normal', 'sd', sd);
	if (!(low < high)) throw new DistributionError('truncated normal', 'high', high, `a number above ${low}`);
	// Cut in the lower half, where the distribution function keeps its digits.
	const flip = low > mean ? -1 : 1;
	const from = ((flip > 0 ? low : high) - mean) / (flip * sd);
	const to = ((flip > 0 ? high : low) - mean) / (flip * sd);
	const below = normalCdf(from);
	const kept = normalCdf(to) - below;
	if (!(kept > 1e-12))
		throw new DistributionError('truncated normal', 'low', low, 'bounds that keep more than 1e-12 of the normal');
	const edge = (z: number): number => (Number.isFinite(z) ? z * normalDensity(z) : 0);
	const shift = (normalDensity(from) - normalDensity(to)) / kept;
	const quantile = (p: number): number => {
		const z = inverseNormal(below + (flip > 0 ? p : 1 - p) * kept);
		return Math.min(high, Math.max(low, mean + flip * sd * z));
	};
	return {
		family: 'truncated normal',
		mean: mean + flip * sd * shift,
		variance: sd * sd * (1 + (edge(from) - edge(to)) / kept - shift * shift),
		low,
		high,
		cdf: (x) => {
			if (x <= low) return 0;
			if (x >= high) return 1;
			const share = (normalCdf((flip * (x - mean)) / sd) - below) / kept;
			return flip > 0 ? share : 1 - share;
		},
		draw: (stream) => quantile(stream.open()),
		quantile
	};
}
