import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { poisson, poissonMass } from '../../../simulator/random/discrete.ts';
import { gammaQ } from '../../../simulator/random/special.ts';
import { deriveStream, Stream } from '../../../simulator/random/stream.ts';

const name = fc.string({ maxLength: 8 });
const place = fc.record({ entity: name, purpose: name });

describe('streams', () => {
	test.prop([
		fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
		fc.uniqueArray(place, { minLength: 2, maxLength: 6, selector: ({ entity, purpose }) => `${entity}\0${purpose}` }),
		fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 60 }),
		fc.nat({ max: 5 }),
		fc.integer({ min: 1, max: 50 })
	])('one more draw in one place shifts no other', (seed, places, order, whose, more) => {
		const draws = (extra: number): number[][] => {
			const streams = places.map(({ entity, purpose }) => deriveStream(seed, entity, purpose));
			const seen: number[][] = places.map(() => []);
			order.forEach((turn, i) => {
				const index = turn % places.length;
				if (i === order.length >> 1) for (let k = 0; k < extra; k++) (streams[whose % places.length] as Stream).next();
				(seen[index] as number[]).push((streams[index] as Stream).wide());
			});
			return seen;
		};
		const disturbed = draws(more);
		draws(0).forEach((seen, index) => {
			if (index !== whose % places.length) expect(disturbed[index]).toEqual(seen);
		});
	});

	test.prop([fc.integer(), name, name, fc.integer({ min: 1, max: 6 })])(
		'a replication is as many jumps away, whoever asks',
		(seed, entity, purpose, replication) => {
			const jumped = deriveStream(seed, entity, purpose).jumped(replication);
			const derived = deriveStream(seed, entity, purpose, replication);
			for (let i = 0; i < 4; i++) expect(derived.next()).toBe(jumped.next());
		}
	);
});

/** A stream whose one draw is known. */
const fixed = (u: number): Stream =>
	new Stream({ next: () => Math.floor(u * 2 ** 32) | 0 } as ConstructorParameters<typeof Stream>[0]);

describe('poisson', () => {
	test.prop([fc.double({ min: 30.01, max: 20_000, noNaN: true }), fc.double({ min: 0, max: 0.999_999, noNaN: true })])(
		'is the smallest count whose distribution function reaches the uniform',
		(mean, uniform) => {
			const u = fixed(uniform).open();
			const k = poisson(fixed(uniform), mean);
			expect(gammaQ(k + 1, mean)).toBeGreaterThanOrEqual(u - 1e-11);
			if (k > 0) expect(gammaQ(k + 1, mean) - poissonMass(k, mean)).toBeLessThan(u + 1e-11);
		}
	);
});
