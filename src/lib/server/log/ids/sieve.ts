/** Bits per sieve line: one cache line, so that a miss costs one memory access. */
const WORDS = 16;
const PROBES = 6;
/** 16 bits for each id keep false alarms near two in a thousand. */
const IDS_A_LINE = 32;

/** A blocked Bloom filter over the ids of a run, laid out by the run's blocks. */
export class Sieve {
	readonly words: Uint32Array;
	readonly lines: number;

	/** `lines` sieve lines for each of `blocks` blocks. */
	constructor(blocks: number, lines: number) {
		this.lines = lines;
		this.words = new Uint32Array(blocks * lines * WORDS);
	}

	static linesFor(ids: number, blocks: number): number {
		return Math.max(1, Math.ceil(ids / blocks / IDS_A_LINE));
	}

	/** The part that belongs to one block, as a view. */
	ofBlock(block: number): Uint32Array {
		const size = this.lines * WORDS;
		return this.words.subarray(block * size, (block + 1) * size);
	}

	add(block: number, fragment: number): void {
		const mixed = mix(fragment);
		const base = this.#base(block, fragment);
		const step = (mixed >>> 9) | 1;
		for (let probe = 0, bit = mixed; probe < PROBES; probe++, bit = (bit + step) | 0)
			this.words[base + ((bit >>> 5) & 15)]! |= 1 << (bit & 31);
	}

	mayHold(block: number, fragment: number): boolean {
		const mixed = mix(fragment);
		const base = this.#base(block, fragment);
		const step = (mixed >>> 9) | 1;
		for (let probe = 0, bit = mixed; probe < PROBES; probe++, bit = (bit + step) | 0)
			if ((this.words[base + ((bit >>> 5) & 15)]! & (1 << (bit & 31))) === 0) return false;
		return true;
	}

	#base(block: number, fragment: number): number {
		return (block * this.lines + (fragment % this.lines)) * WORDS;
	}
}

function mix(fragment: number): number {
	let mixed = Math.imul(fragment ^ (fragment >>> 15), 0x2c1b3c6d);
	mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
	return mixed ^ (mixed >>> 15);
}
