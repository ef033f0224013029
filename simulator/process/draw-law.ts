import { empirical, exponential, gamma, normal } from '../random/continuous.ts';
import type { Stream } from '../random/stream.ts';
import type { Law } from './profile.ts';

const TRIES = 50;

/** A time in seconds, drawn again while it is above `most`. */
export function drawWithin(law: Law, most: number, stream: Stream): number {
	for (let tries = 0; tries < TRIES; tries++) {
		const value = drawLaw(law, stream);
		if (value <= most) return value;
	}
	return most;
}

/** A positive time in seconds. */
export function drawLaw(law: Law, stream: Stream): number {
	switch (law.family) {
		case 'exponential':
			return exponential(stream, law.mean);
		case 'gamma':
			return gamma(stream, law.shape, law.scale);
		case 'weibull':
			return law.scale * Math.pow(-Math.log(stream.open()), 1 / law.shape);
		case 'lognormal':
			return Math.exp(law.mu + law.sigma * normal(stream));
		case 'lognormal-mixture': {
			const part = stream.next() < law.share ? 0 : 1;
			return Math.exp(law.mu[part] + law.sigma[part] * normal(stream));
		}
		case 'empirical':
			return empirical(stream, law.points);
	}
}
