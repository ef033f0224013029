import { CHUNK_ROWS, type Column, type ColumnData, refuse, Validity } from './column.ts';

/** A string is 16 bytes in a vector: its length, then up to 12 bytes of text, or 4 of them and the address of the whole. */
export const CELL = 16;
const INLINE = 12;
const utf8 = new TextEncoder();

/** Lays strings out as DuckDB keeps them; a long one has its place in the heap where its address will be. */
export class TextColumn implements Column {
	readonly #cells = new Uint8Array(CHUNK_ROWS * CELL);
	readonly #words = new Uint32Array(this.#cells.buffer);
	readonly #validity = new Validity();
	#heap = new Uint8Array(CHUNK_ROWS * CELL);
	#used = 0;
	readonly #longRows = new Int32Array(CHUNK_ROWS);
	#long = 0;
	/** The last text and the row that holds it: lanes, activities and channels come many times in a row. */
	#last: unknown = null;
	#lastRow = 0;

	set(row: number, value: unknown): void {
		const words = this.#words;
		const base = row * 4;
		if (value === null) {
			words[base] = words[base + 1] = words[base + 2] = words[base + 3] = 0;
			return this.#validity.clear(row);
		}
		if (value === this.#last) return this.#repeat(row);
		if (typeof value !== 'string') refuse('text', value);
		this.#last = value;
		this.#lastRow = row;
		words[base] = words[base + 1] = words[base + 2] = words[base + 3] = 0;
		const { length } = value;
		if (length > INLINE) return this.#setLong(row, value);
		const cells = this.#cells;
		const from = row * CELL + 4;
		let other = 0;
		for (let at = 0; at < length; at++) {
			const unit = value.charCodeAt(at);
			other |= unit;
			cells[from + at] = unit;
		}
		if (other < 0x80) words[base] = length;
		else this.#setLong(row, value);
	}

	/** Both cells may have the address of one text. */
	#repeat(row: number): void {
		const words = this.#words;
		const from = this.#lastRow * 4;
		const to = row * 4;
		words[to] = words[from]!;
		words[to + 1] = words[from + 1]!;
		words[to + 2] = words[from + 2]!;
		words[to + 3] = words[from + 3]!;
		if (words[from]! > INLINE) this.#longRows[this.#long++] = row;
	}

	#setLong(row: number, value: string): void {
		const used = this.#used;
		const { length } = value;
		if (used + length * 3 > this.#heap.length) this.#grow(length * 3);
		const heap = this.#heap;
		let other = 0;
		for (let at = 0; at < length; at++) {
			const unit = value.charCodeAt(at);
			other |= unit;
			heap[used + at] = unit;
		}
		const bytes = other < 0x80 ? length : utf8.encodeInto(value, heap.subarray(used)).written;
		const from = row * CELL + 4;
		const shown = bytes <= INLINE ? bytes : 4;
		for (let at = 0; at < INLINE; at++) this.#cells[from + at] = at < shown ? heap[used + at]! : 0;
		this.#words[row * 4] = bytes;
		if (bytes <= INLINE) return;
		this.#words[row * 4 + 2] = used;
		this.#longRows[this.#long++] = row;
		this.#used = used + bytes;
	}

	#grow(by: number): void {
		const heap = new Uint8Array((this.#used + by) * 2);
		heap.set(this.#heap.subarray(0, this.#used));
		this.#heap = heap;
	}

	take(rows: number): ColumnData {
		const long =
			this.#long === 0
				? null
				: { heap: this.#heap.subarray(0, this.#used), rows: this.#longRows.subarray(0, this.#long) };
		this.#long = this.#used = 0;
		this.#last = null;
		return { bytes: this.#cells.subarray(0, rows * CELL), validity: this.#validity.take(), long };
	}
}
