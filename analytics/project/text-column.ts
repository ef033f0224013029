import duckdb from '@duckdb/node-bindings';
import { CHUNK_ROWS, type Column, refuse, Validity } from './column.ts';

/** A string is 16 bytes in a vector: its length, then up to 12 bytes of text, or 4 of them and the address of the whole. */
const CELL = 16;
const INLINE = 12;
const WORD = 2 ** 32;
const utf8 = new TextEncoder();

/**
 * Lays strings out as DuckDB keeps them. The long ones of a chunk are handed over as one string, whose address tells where
 * each of them lies: a call for each costs more than all the rest of its row.
 */
export class TextColumn implements Column {
	readonly #cells = new Uint8Array(CHUNK_ROWS * CELL);
	readonly #words = new Uint32Array(this.#cells.buffer);
	readonly #validity = new Validity();
	#heap = new Uint8Array(CHUNK_ROWS * CELL);
	#used = 0;
	readonly #longRows = new Int32Array(CHUNK_ROWS);
	#long = 0;

	set(row: number, value: unknown): void {
		const words = this.#words;
		const base = row * 4;
		words[base] = words[base + 1] = words[base + 2] = words[base + 3] = 0;
		if (value === null) return this.#validity.clear(row);
		if (typeof value !== 'string') refuse('text', value);
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

	seal(vector: duckdb.Vector, rows: number): void {
		if (this.#long > 0) this.#place(vector);
		duckdb.copy_data_to_vector(vector, 0, this.#cells.buffer, 0, rows * CELL);
		this.#validity.seal(vector);
	}

	/** Gives the long texts to the vector, and their addresses to the cells. */
	#place(vector: duckdb.Vector): void {
		duckdb.vector_assign_string_element_len(vector, 0, this.#heap.subarray(0, this.#used));
		const cell = duckdb.vector_get_data(vector, CELL);
		const view = new DataView(cell.buffer, cell.byteOffset, CELL);
		const low = view.getUint32(8, true);
		const high = view.getUint32(12, true);
		const words = this.#words;
		for (let at = 0; at < this.#long; at++) {
			const word = this.#longRows[at]! * 4;
			const address = low + words[word + 2]!;
			words[word + 2] = address;
			words[word + 3] = address < WORD ? high : high + 1;
		}
		this.#long = this.#used = 0;
	}
}
