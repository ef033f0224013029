import { varint } from './thrift.ts';

/** Physical types of Parquet that are used here. */
export const INT64 = 2;
export const BYTE_ARRAY = 6;

/** One column of a row group as bytes, before compression. */
export interface Filled {
	values: Buffer;
	/** Set where the values are numbers of entries in a dictionary. */
	dictionary: { entries: number; bytes: Buffer } | null;
	/** Least and greatest value, for readers that skip. */
	bounds: { least: Uint8Array; greatest: Uint8Array } | null;
}

export interface Column<T> {
	readonly name: string;
	readonly physical: typeof INT64 | typeof BYTE_ARRAY;
	readonly optional: boolean;
	add(value: T): void;
	/** What was added, then empty again. */
	take(): Filled;
}

/** Texts one after the other, each with its length before it: for those that are all different. */
export class TextColumn implements Column<string> {
	readonly physical = BYTE_ARRAY;
	readonly optional = false;
	readonly name: string;
	#bytes = Buffer.allocUnsafeSlow(1 << 16);
	#used = 0;

	constructor(name: string) {
		this.name = name;
	}

	add(text: string): void {
		// No UTF-16 unit takes more than three bytes.
		if (this.#used + 4 + text.length * 3 > this.#bytes.length) this.#grow(4 + text.length * 3);
		const bytes = this.#bytes;
		const at = this.#used;
		const length = bytes.write(text, at + 4);
		bytes[at] = length;
		bytes[at + 1] = length >>> 8;
		bytes[at + 2] = length >>> 16;
		bytes[at + 3] = length >>> 24;
		this.#used = at + 4 + length;
	}

	take(): Filled {
		const values = this.#bytes.subarray(0, this.#used);
		this.#used = 0;
		return { values, dictionary: null, bounds: null };
	}

	#grow(by: number): void {
		const bytes = Buffer.allocUnsafeSlow((this.#bytes.length + by) * 2);
		this.#bytes.copy(bytes, 0, 0, this.#used);
		this.#bytes = bytes;
	}
}

/** Texts of which there are few: each is kept once, its rows hold its number. Undefined is null. */
export class WordColumn implements Column<string | undefined> {
	readonly physical = BYTE_ARRAY;
	readonly optional = true;
	readonly name: string;
	readonly #spell: (word: string) => string;
	readonly #words = new Map<string, number>();
	readonly #text = new TextColumn('');
	#present: number[] = [];
	#numbers: number[] = [];

	/** `spell` writes a word out, once for all the rows that hold it. */
	constructor(name: string, spell = (word: string): string => word) {
		this.name = name;
		this.#spell = spell;
	}

	add(word: string | undefined): void {
		this.#present.push(word === undefined ? 0 : 1);
		if (word === undefined) return;
		let number = this.#words.get(word);
		if (number === undefined) {
			number = this.#words.size;
			this.#words.set(word, number);
			this.#text.add(this.#spell(word));
		}
		this.#numbers.push(number);
	}

	take(): Filled {
		const levels = packed(this.#present, 1);
		const length = Buffer.alloc(4);
		length.writeUInt32LE(levels.length);
		const width = Math.max(1, 32 - Math.clz32(this.#words.size - 1));
		const values = Buffer.concat([length, levels, Buffer.of(width), packed(this.#numbers, width)]);
		const dictionary = { entries: this.#words.size, bytes: Buffer.from(this.#text.take().values) };
		this.#words.clear();
		this.#present = [];
		this.#numbers = [];
		return { values, dictionary, bounds: null };
	}
}

/** Times in ms since the epoch that mostly ascend. */
export class TimeColumn implements Column<number> {
	readonly physical = INT64;
	readonly optional = false;
	readonly name: string;
	#times: number[] = [];

	constructor(name: string) {
		this.name = name;
	}

	add(at: number): void {
		this.#times.push(at);
	}

	take(): Filled {
		const times = new BigInt64Array(this.#times.map(BigInt));
		let least = Infinity;
		let greatest = -Infinity;
		for (const at of this.#times) {
			least = Math.min(least, at);
			greatest = Math.max(greatest, at);
		}
		this.#times = [];
		return {
			values: Buffer.from(times.buffer),
			dictionary: null,
			bounds: { least: longBytes(least), greatest: longBytes(greatest) }
		};
	}
}

function longBytes(value: number): Uint8Array {
	return new Uint8Array(new BigInt64Array([BigInt(value)]).buffer);
}

/** One bit-packed run of Parquet's hybrid encoding: groups of eight numbers of `width` bits, low bits first. */
function packed(numbers: readonly number[], width: number): Buffer {
	const groups = Math.ceil(numbers.length / 8);
	const head: number[] = [];
	varint(head, groups * 2 + 1);
	const bytes = Buffer.alloc(head.length + groups * width);
	bytes.set(head);
	let at = head.length;
	let bits = 0;
	let waiting = 0;
	for (const number of numbers) {
		bits |= number << waiting;
		waiting += width;
		while (waiting >= 8) {
			bytes[at++] = bits;
			bits >>>= 8;
			waiting -= 8;
		}
	}
	if (waiting > 0) bytes[at] = bits;
	return bytes;
}
