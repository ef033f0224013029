import { describe, expect, test } from 'vitest';
import {
	empirical,
	erlang,
	exponential,
	gamma,
	inverseNormal,
	lognormal,
	normal,
	triangular,
	uniform
} from '../../../../simulator/random/continuous.ts';
import { bernoulli, Categorical, categorical, poisson } from '../../../../simulator/random/discrete.ts';
import { deriveStream, type Stream } from '../../../../simulator/random/stream.ts';

const N = 60_000;

function moments(draw: (stream: Stream) => number, name: string): { mean: number; variance: number } {
	const stream = deriveStream(20_261_122, name, 'moments');
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < N; i++) {
		const x = draw(stream);
		sum += x;
		squares += x * x;
	}
	const mean = sum / N;
	return { mean, variance: squares / N - mean * mean };
}

describe('distributions have the moments they state', () => {
	test.each<[string, (stream: Stream) => number, number, number]>([
		['exponential', (s) => exponential(s, 4), 4, 16],
		['lognormal', (s) => lognormal(s, 10, 0.5), 10, 25],
		['gamma above 1', (s) => gamma(s, 3, 2), 6, 12],
		['gamma below 1', (s) => gamma(s, 0.5, 2), 1, 2],
		['erlang', (s) => erlang(s, 4, 8), 8, 16],
		['uniform', (s) => uniform(s, 2, 8), 5, 3],
		['triangular', (s) => triangular(s, 0, 3, 6), 3, 1.5],
		['normal', (s) => normal(s), 0, 1],
		['poisson small', (s) => poisson(s, 2.5), 2.5, 2.5],
		['poisson large', (s) => poisson(s, 80), 80, 80],
		['bernoulli', (s) => (bernoulli(s, 0.3) ? 1 : 0), 0.3, 0.21],
		['empirical', (s) => empirical(s, [0, 1, 2, 3, 4]), 2, 4 / 3]
	])('%s', (name, draw, mean, variance) => {
		const found = moments(draw, name);
		expect(Math.abs(found.mean - mean)).toBeLessThan(4.5 * Math.sqrt(variance / N) + 1e-3);
		expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.08);
	});

	test('a categorical choice follows its weights, and a weight of 0 is never chosen', () => {
		const choice = categorical({ a: 1, b: 0, c: 3 });
		const stream = deriveStream(1, 'choice', 'test');
		const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
		for (let i = 0; i < 40_000; i++) counts[choice.draw(stream)]!++;
		expect(counts['b']).toBe(0);
		expect(Math.abs((counts['c'] as number) / 40_000 - 0.75)).toBeLessThan(0.01);
	});

	test('the normal quantile meets tabulated values', () => {
		expect(inverseNormal(0.975)).toBeCloseTo(1.959963984540054, 7);
		expect(inverseNormal(0.001)).toBeCloseTo(-3.090232306167814, 7);
		expect(inverseNormal(0.5)).toBeCloseTo(0, 9);
	});
});

describe('arguments outside the domain raise', () => {
	const stream = deriveStream(1, 'x', 'y');
	test.each<[string, () => unknown]>([
		['exponential: mean is 0', () => exponential(stream, 0)],
		['exponential: mean is NaN', () => exponential(stream, NaN)],
		['lognormal: cv is -1', () => lognormal(stream, 1, -1)],
		['gamma: shape is 0', () => gamma(stream, 0, 1)],
		['erlang: phases is 1.5', () => erlang(stream, 1.5, 1)],
		['uniform: high is 1', () => uniform(stream, 2, 1)],
		['triangular: mode is 9', () => triangular(stream, 0, 9, 6)],
		['bernoulli: p is 1.2', () => bernoulli(stream, 1.2)],
		['poisson: mean is -1', () => poisson(stream, -1)],
		['empirical: observations is empty', () => empirical(stream, [])],
		['categorical: weights is all 0', () => new Categorical(['a'], [0])],
		['categorical: weight 0 is -1', () => new Categorical(['a', 'b'], [-1, 2])]
	])('%s', (message, action) => {
		expect(action).toThrow(message);
	});
});

describe('streams', () => {
	test('are the same for the same names and differ for others', () => {
		const draws = (seed: number, entity: string, purpose: string): string => {
			const stream = deriveStream(seed, entity, purpose);
			return Array.from({ length: 8 }, () => stream.next()).join();
		};
		expect(draws(1, 'ab', 'c')).toBe(draws(1, 'ab', 'c'));
		const others = [
			draws(1, 'ab', 'c'),
			draws(1, 'a', 'bc'),
			draws(2, 'ab', 'c'),
			draws(1, 'c', 'ab'),
			draws(1, 'ab', '')
		];
		expect(new Set(others).size).toBe(others.length);
	});

	test('jump ahead without moving the original', () => {
		const stream = deriveStream(1, 'a', 'b');
		const copy = deriveStream(1, 'a', 'b');
		const far = stream.jumped(2);
		expect(stream.next()).toBe(copy.next());
		expect(far.next()).toBe(deriveStream(1, 'a', 'b').jumped(2).next());
		expect(deriveStream(1, 'a', 'b', 2).next()).toBe(deriveStream(1, 'a', 'b').jumped(2).next());
	});

	test('of ten thousand neighbours look uniform and uncorrelated in their first draw', () => {
		const n = 10_000;
		const first = Array.from({ length: n }, (_, i) => deriveStream(7, `case-${i}`, 'delay').next());
		const mean = first.reduce((sum, x) => sum + x, 0) / n;
		const serial = first.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * ((first[i] as number) - 0.5), 0) / n;
		expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
		expect(Math.abs(serial * 12)).toBeLessThan(4 / Math.sqrt(n));
	});

	test('fill the whole range of an integer draw', () => {
		const stream = deriveStream(1, 'dice', 'throws');
		const seen = new Set(Array.from({ length: 200 }, () => stream.int(1, 6)));
		expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
		const wide = stream.wide();
		expect(wide >= 0 && wide < 1).toBe(true);
	});
});
