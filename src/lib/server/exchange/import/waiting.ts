import type { Draft } from './drafts.ts';

const CHUNK_BYTES = 1 << 20;

/** Texts that come again and again, by number. */
class Names {
	readonly texts: string[] = [];
	readonly #numbers = new Map<string, number>();

	numberOf(text: string): number {
		let number = this.#numbers.get(text);
		if (number === undefined) this.#numbers.set(text, (number = this.texts.push(text) - 1));
		return number;
	}
}

/** What is kept of a draft beside its bytes. */
export interface Kept {
	at: number;
	source: string;
	fileLine: number;
	caseId: string | null;
	activity: string;
	idLength: number;
	/** Whether id and line are ASCII throughout. */
	ascii: boolean;
}

/**
 * Drafts that wait for the end of the file, or of a window, to be sorted by time. Each is a few numbers and bytes outside the heap:
 * as objects, hundreds of thousands that live that long cost the garbage collector more than everything else costs together.
 */
export class Waiting {
	readonly #at: number[] = [];
	/** Id and line, one after the other: the chunk, where they begin in it, their bytes (negative: not ASCII), and the length of the id. */
	readonly #chunk: number[] = [];
	readonly #begin: number[] = [];
	readonly #bytes: number[] = [];
	readonly #idLength: number[] = [];
	readonly #source: number[] = [];
	readonly #fileLine: number[] = [];
	readonly #caseNo: number[] = [];
	readonly #activity: number[] = [];
	readonly #names = new Names();
	readonly #chunks: Buffer[] = [];
	/** Where the next draft's bytes go: see `room`. */
	buffer: Buffer = Buffer.alloc(0);
	end = 0;
	#ordered = true;

	get size(): number {
		return this.#at.length;
	}

	/** Makes room for so many bytes in `buffer` from `end` on, to be written there and then `keep`t. */
	room(bytes: number): void {
		if (this.buffer.length - this.end >= bytes) return;
		this.buffer = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
		this.#chunks.push(this.buffer);
		this.end = 0;
	}

	/** Keeps the draft whose id and line were written from `end` up to `until`. */
	keep({ at, source, fileLine, caseId, activity, idLength, ascii }: Kept, until: number): void {
		const last = this.#at.length - 1;
		if (last >= 0 && at < this.#at[last]!) this.#ordered = false;
		this.#at.push(at);
		this.#idLength.push(idLength);
		this.#source.push(this.#names.numberOf(source));
		this.#fileLine.push(fileLine);
		this.#caseNo.push(caseId === null ? -1 : this.#names.numberOf(caseId));
		this.#activity.push(this.#names.numberOf(activity));
		this.#chunk.push(this.#chunks.length - 1);
		this.#begin.push(this.end);
		this.#bytes.push(ascii ? until - this.end : this.end - until);
		this.end = until;
	}

	add({ at, id, line, fileLine, source, caseId, activity }: Draft): void {
		const text = id + line;
		this.room(text.length * 3);
		const bytes = this.buffer.write(text, this.end);
		const ascii = bytes === text.length;
		this.keep({ at, source, fileLine, caseId, activity, idLength: id.length, ascii }, this.end + bytes);
	}

	/** All drafts, oldest first, those of equal time in the order they came. */
	*sorted(): Generator<Draft> {
		const order = this.#ordered ? undefined : orderOf(this.#at);
		for (let i = 0; i < this.#at.length; i++) yield this.#draft(order === undefined ? i : order[i]!);
	}

	#draft(index: number): Draft {
		const { texts } = this.#names;
		const bytes = this.#bytes[index]!;
		const begin = this.#begin[index]!;
		const chunk = this.#chunks[this.#chunk[index]!]!;
		const text = chunk.toString(bytes < 0 ? 'utf8' : 'latin1', begin, begin + Math.abs(bytes));
		const caseNo = this.#caseNo[index]!;
		const caseId = caseNo < 0 ? null : texts[caseNo]!;
		const source = texts[this.#source[index]!]!;
		return {
			at: this.#at[index]!,
			source,
			id: text.slice(0, this.#idLength[index]),
			key: caseId ?? source,
			line: text.slice(this.#idLength[index]),
			fileLine: this.#fileLine[index]!,
			caseId,
			activity: texts[this.#activity[index]!]!
		};
	}
}

/** Indexes by time, equal times in their order. */
function orderOf(at: readonly number[]): Uint32Array {
	let first = Infinity;
	let last = -Infinity;
	for (const one of at) {
		if (one < first) first = one;
		if (one > last) last = one;
	}
	const order = new Uint32Array(at.length);
	if ((last - first + 1) * at.length < Number.MAX_SAFE_INTEGER) {
		// Time and index fit into one exact number: numbers alone are sorted five times as fast as by a comparison of ours.
		const keys = Float64Array.from(at, (one, index) => (one - first) * at.length + index).sort();
		for (let i = 0; i < keys.length; i++) order[i] = keys[i]! % at.length;
		return order;
	}
	for (let i = 0; i < order.length; i++) order[i] = i;
	return order.sort((a, b) => at[a]! - at[b]! || a - b);
}
