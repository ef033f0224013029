import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, test } from 'vitest';
import { deriveStream, Stream } from '../../../../simulator/random/stream.ts';

const MASK = (1n << 64n) - 1n;
const rotate = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & MASK;
const TWO32 = 2 ** 32;

/** SplitMix64 (Steele, Lea and Flood 2014), with which Blackman and Vigna seed their generators. */
function* splitmix64(seed: bigint): Generator<bigint, never> {
	for (let state = seed; ;) {
		state = (state + 0x9e3779b97f4a7c15n) & MASK;
		let z = state;
		z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
		z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
		yield z ^ (z >> 31n);
	}
}

type State = readonly [bigint, bigint];

/** One step of xoroshiro128+ 1.0 as its authors wrote it, in 64-bit words. */
function step([s0, s1]: State): State {
	const x = s0 ^ s1;
	return [rotate(s0, 24n) ^ x ^ ((x << 16n) & MASK), rotate(x, 37n)];
}

const low32 = (state: State): number => Number((state[0] + state[1]) & 0xffffffffn) / TWO32;
const int = (word: bigint): number => Number(BigInt.asIntN(32, word));

function streamAt([s0, s1]: State): Stream {
	return new Stream(xoroshiro128plusFromState([int(s0 >> 32n), int(s0), int(s1 >> 32n), int(s1)]));
}

/** The state 2^64 steps on: a step is linear over the field of two elements, so its matrix is squared 64 times. */
function farAhead(state: State): State {
	const pack = ([s0, s1]: State): bigint => (s0 << 64n) | s1;
	const unpack = (bits: bigint): State => [bits >> 64n, bits & MASK];
	const times = (columns: readonly bigint[], bits: bigint): bigint => {
		let sum = 0n;
		for (let i = 0; i < 128; i++) if ((bits >> BigInt(i)) & 1n) sum ^= columns[i] as bigint;
		return sum;
	};
	let columns = Array.from({ length: 128 }, (_, i) => pack(step(unpack(1n << BigInt(i)))));
	for (let i = 0; i < 64; i++) columns = columns.map((column) => times(columns, column));
	return unpack(times(columns, pack(state)));
}

describe('the generator', () => {
	const seeds = splitmix64(1_234_567n);
	const vector = Array.from({ length: 5 }, () => seeds.next().value);
	const start: State = [vector[0] as bigint, vector[1] as bigint];

	test('is seeded in this test after vector rng_splitmix64', () => {
		expect(vector.map(String)).toEqual([
			'6457827717110365317',
			'3203168211198807973',
			'9817491932198370423',
			'4593380528125082431',
			'16408922859458223821'
		]);
	});

	test('is xoroshiro128+ to the bit', () => {
		const stream = streamAt(start);
		let state = start;
		for (let i = 0; i < 2_000; i++) {
			expect(stream.next()).toBe(low32(state));
			state = step(state);
		}
	});

	test('jumps exactly 2^64 draws', () => {
		const jumped = streamAt(start).jumped();
		let state = farAhead(start);
		for (let i = 0; i < 100; i++) {
			expect(jumped.next()).toBe(low32(state));
			state = step(state);
		}
	});
});

test('replications of a stream share no run of three draws', () => {
	const seen = new Set<string>();
	for (let replication = 0; replication < 20; replication++) {
		const stream = deriveStream(20_261_122, 'case-1', 'delay', replication);
		const draws = Array.from({ length: 2_002 }, () => stream.next());
		for (let i = 0; i < 2_000; i++) seen.add(draws.slice(i, i + 3).join());
	}
	expect(seen.size).toBe(40_000);
});

test('the numbers of a derived stream are what they have always been', () => {
	const stream = deriveStream(20_261_122, 'case-1', 'delay');
	expect([stream.next(), stream.open(), stream.wide(), stream.int(1, 1_000)]).toMatchInlineSnapshot(`
		[
		  0.21559055801481009,
		  0.671645418391563,
		  0.4250872344653941,
		  999,
		]
	`);
});
