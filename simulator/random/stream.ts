import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';

const TWO32 = 4_294_967_296;
const TWO53 = 9_007_199_254_740_992;

/** One independent sequence of chance. Its numbers depend on nothing but how it was derived and how often it was asked. */
export class Stream {
	readonly #generator: JumpableRandomGenerator;

	constructor(generator: JumpableRandomGenerator) {
		this.#generator = generator;
	}

	/** Uniform in [0, 1), 32 bits: enough for choices and times in milliseconds. */
	next(): number {
		return (this.#generator.next() >>> 0) / TWO32;
	}

	/** Uniform in (0, 1): safe under a logarithm. */
	open(): number {
		return ((this.#generator.next() >>> 0) + 0.5) / TWO32;
	}

	/** Uniform in [0, 1), 53 bits. */
	wide(): number {
		const high = this.#generator.next() >>> 5;
		const low = this.#generator.next() >>> 6;
		return (high * 67_108_864 + low) / TWO53;
	}

	/** Uniform integer in [low, high]. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** A stream 2^64 draws ahead: replication k is k jumps away and can never overlap. This one stays where it is. */
	jumped(times = 1): Stream {
		const generator = this.#generator.clone();
		for (let i = 0; i < times; i++) generator.jump();
		return new Stream(generator);
	}
}

/** A stream for one entity and one purpose, numbered by their names under a seed. */
export function deriveStream(seed: number, entity: string, purpose: string, replication = 0): Stream {
	let h1 = mix(seed ^ 0x9e3779b9);
	let h2 = mix(Math.floor(seed / TWO32) ^ 0x85ebca6b);
	for (let part = 0; part < 2; part++) {
		const text = part === 0 ? entity : purpose;
		for (let i = 0; i < text.length; i++) {
			const unit = text.charCodeAt(i);
			h1 = Math.imul(h1 ^ unit, 2_654_435_761);
			h2 = Math.imul(h2 ^ unit, 1_597_334_677);
		}
		// The separator keeps ('ab', 'c') and ('a', 'bc') apart.
		h1 = mix(h1 ^ 0xffff ^ h2);
		h2 = mix(h2 ^ text.length ^ Math.imul(h1, 5));
	}
	const a = mix(h1 + 0x6a09e667);
	const b = mix(h2 + 0xbb67ae85);
	const c = mix(a ^ Math.imul(h2, 3) ^ 0x3c6ef372);
	const d = mix(b ^ Math.imul(h1, 7) ^ 0xa54ff53a) | 1;
	const generator = xoroshiro128plusFromState([a, b, c, d]);
	// The first outputs of neighbouring states resemble each other; four steps mix them.
	for (let i = 0; i < 4; i++) generator.next();
	const stream = new Stream(generator);
	return replication === 0 ? stream : stream.jumped(replication);
}

function mix(value: number): number {
	let h = value | 0;
	h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
	h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
	return h ^ (h >>> 16);
}
