const FIRST = 1_024;
/** Offsets beyond are not told apart: such a case may lie anywhere from here on. */
const MOST = 0xffff_ffff;

/** 52 bits of a text: two 32-bit multiplicative hashes, never zero. */
function hash(text: string): number {
	let a = 0x811c9dc5;
	let b = 0x1b873593;
	for (let i = 0; i < text.length; i += 1) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 0x01000193);
		b = Math.imul(b ^ code, 0x5bd1e995);
		b ^= b >>> 15;
	}
	return ((a >>> 0) & 0xfffff) * 0x1_0000_0000 + (b >>> 0) + 1;
}

/** The first and the last log offset of a case's events. */
export interface Bounds {
	first: number;
	last: number;
}

/** The table as it lies in memory, for a checkpoint: a free slot is zero. */
export interface ClosedTable {
	fingerprints: Float64Array;
	first: Uint32Array;
	last: Uint32Array;
	size: number;
}

/**
 * The ids of all cases that ever closed, as 52-bit fingerprints in open addressing, with the bounds of their events in the
 * log: 20 to 40 bytes a case. Two of a million ids meet with a chance of 1 in 9,000, and then share the wider bounds.
 */
export class ClosedIds {
	#slots: Float64Array;
	#first: Uint32Array;
	#last: Uint32Array;
	#size: number;

	/** `saved` as `table` told it; copied, for it may be a part of a much larger piece of memory. */
	constructor(saved?: ClosedTable) {
		this.#slots = saved?.fingerprints.slice() ?? new Float64Array(FIRST);
		this.#first = saved?.first.slice() ?? new Uint32Array(FIRST);
		this.#last = saved?.last.slice() ?? new Uint32Array(FIRST);
		this.#size = saved?.size ?? 0;
	}

	get size(): number {
		return this.#size;
	}

	/** Adds a case whose events lie from `first` to `last`, or widens the bounds of one that is known. */
	add(id: string, first = 0, last: number = MOST): void {
		this.#cover(hash(id), first, last);
	}

	has(id: string): boolean {
		return this.#slots[this.#place(hash(id))] !== 0;
	}

	/** Between which offsets the events of a closed case lie; undefined where no such case closed. */
	boundsOf(id: string): Bounds | undefined {
		const at = this.#place(hash(id));
		if (this.#slots[at] === 0) return undefined;
		const last = this.#last[at]!;
		return { first: this.#first[at]!, last: last === MOST ? Number.MAX_SAFE_INTEGER : last };
	}

	/** The table itself: who keeps it longer than a moment copies it. */
	table(): ClosedTable {
		return { fingerprints: this.#slots, first: this.#first, last: this.#last, size: this.#size };
	}

	#place(value: number): number {
		const mask = this.#slots.length - 1;
		let at = (value ^ (value / 0x1_0000_0000)) & mask;
		while (this.#slots[at] !== 0 && this.#slots[at] !== value) at = (at + 1) & mask;
		return at;
	}

	#cover(value: number, first: number, last: number): void {
		const at = this.#place(value);
		const known = this.#slots[at] !== 0;
		const from = Math.min(first, MOST);
		const to = Math.min(last, MOST);
		this.#first[at] = known ? Math.min(this.#first[at]!, from) : from;
		this.#last[at] = known ? Math.max(this.#last[at]!, to) : to;
		if (known) return;
		this.#slots[at] = value;
		this.#size += 1;
		this.#resize(this.#size);
	}

	/** Makes room for so many, at most four fifths full. */
	#resize(count: number): void {
		let { length } = this.#slots;
		while (count * 5 > length * 4) length *= 2;
		if (length === this.#slots.length) return;
		const [slots, first, last] = [this.#slots, this.#first, this.#last];
		this.#slots = new Float64Array(length);
		this.#first = new Uint32Array(length);
		this.#last = new Uint32Array(length);
		for (let from = 0; from < slots.length; from += 1) {
			if (slots[from] === 0) continue;
			const at = this.#place(slots[from]!);
			this.#slots[at] = slots[from]!;
			this.#first[at] = first[from]!;
			this.#last[at] = last[from]!;
		}
	}
}
