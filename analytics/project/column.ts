import duckdb from '@duckdb/node-bindings';
import { HotcardError } from '#lib/domain/error.ts';
import type { ColumnKind } from './tables.ts';

/** Rows of one chunk: DuckDB's vector size. */
export const CHUNK_ROWS = 2_048;
const WORD = 2 ** 32;

/** One column of a chunk being filled. `seal` copies it into a DuckDB vector and leaves the buffer ready for the next chunk. */
export interface Column {
	set(row: number, value: unknown): void;
	seal(vector: duckdb.Vector, rows: number): void;
}

function refuse(kind: ColumnKind, value: unknown): never {
	throw new HotcardError('projection-value', `The value ${String(value)} does not fit a column of kind ${kind}.`, {
		remedy: 'Rebuild the projections; if it happens again, report the event at this offset.'
	});
}

class Validity {
	readonly #words = new Uint32Array(CHUNK_ROWS / 32).fill(0xffffffff);
	#nulls = false;

	clear(row: number): void {
		this.#words[row >>> 5]! &= ~(1 << (row & 31));
		this.#nulls = true;
	}

	seal(vector: duckdb.Vector): void {
		if (!this.#nulls) return;
		duckdb.vector_ensure_validity_writable(vector);
		const words = this.#words;
		duckdb.copy_data_to_vector_validity(vector, 0, words.buffer as ArrayBuffer, 0, words.byteLength);
		words.fill(0xffffffff);
		this.#nulls = false;
	}
}

type Numbers = Uint8Array | Int32Array | Float64Array;

class NumberColumn implements Column {
	readonly #kind: ColumnKind;
	readonly #items: Numbers;
	readonly #validity = new Validity();

	constructor(kind: 'int' | 'real' | 'flag') {
		this.#kind = kind;
		this.#items =
			kind === 'int'
				? new Int32Array(CHUNK_ROWS)
				: kind === 'real'
					? new Float64Array(CHUNK_ROWS)
					: new Uint8Array(CHUNK_ROWS);
	}

	set(row: number, value: unknown): void {
		if (value === null) return this.#validity.clear(row);
		const number = Number(value);
		if (!Number.isFinite(number)) refuse(this.#kind, value);
		if (this.#kind === 'int' && number !== (number | 0)) refuse(this.#kind, value);
		this.#items[row] = number;
	}

	seal(vector: duckdb.Vector, rows: number): void {
		const items = this.#items;
		duckdb.copy_data_to_vector(vector, 0, items.buffer as ArrayBuffer, 0, rows * items.BYTES_PER_ELEMENT);
		this.#validity.seal(vector);
	}
}

/** 64-bit integers written as two 32-bit halves: a BigInt per value would cost ten times as much. */
class LongColumn implements Column {
	readonly #kind: ColumnKind;
	readonly #halves = new Int32Array(CHUNK_ROWS * 2);
	readonly #validity = new Validity();

	constructor(kind: 'long' | 'time') {
		this.#kind = kind;
	}

	set(row: number, value: unknown): void {
		if (value === null) return this.#validity.clear(row);
		const number = value as number;
		const whole = this.#kind === 'time' ? Math.floor(number) : Math.round(number);
		if (!Number.isSafeInteger(whole)) refuse(this.#kind, value);
		let high = Math.floor(whole / WORD);
		let low = whole - high * WORD;
		if (this.#kind === 'time') {
			// ms to µs half by half: the product of a distant year would not be exact in one number.
			low = low * 1_000 + Math.round((number - whole) * 1_000);
			const carry = Math.floor(low / WORD);
			low -= carry * WORD;
			high = high * 1_000 + carry;
			if (high !== (high | 0)) refuse('time', value);
		}
		this.#halves[row * 2] = low;
		this.#halves[row * 2 + 1] = high;
	}

	seal(vector: duckdb.Vector, rows: number): void {
		duckdb.copy_data_to_vector(vector, 0, this.#halves.buffer as ArrayBuffer, 0, rows * 8);
		this.#validity.seal(vector);
	}
}

class EnumColumn implements Column {
	readonly #codes: ReadonlyMap<unknown, number>;
	readonly #items = new Uint8Array(CHUNK_ROWS);
	readonly #validity = new Validity();

	constructor(values: readonly string[]) {
		this.#codes = new Map(values.map((value, code) => [value, code]));
	}

	set(row: number, value: unknown): void {
		if (value === null) return this.#validity.clear(row);
		this.#items[row] = this.#codes.get(value) ?? refuse('enum', value);
	}

	seal(vector: duckdb.Vector, rows: number): void {
		duckdb.copy_data_to_vector(vector, 0, this.#items.buffer as ArrayBuffer, 0, rows);
		this.#validity.seal(vector);
	}
}

const INLINE = 12;

/** Strings of up to 12 ASCII bytes are laid out as DuckDB keeps them (length, then bytes); longer ones are handed over one by one. */
class TextColumn implements Column {
	readonly #words = new Uint32Array(CHUNK_ROWS * 4);
	readonly #longRows: number[] = [];
	readonly #long: string[] = [];
	readonly #validity = new Validity();

	set(row: number, value: unknown): void {
		const base = row * 4;
		const words = this.#words;
		words[base] = words[base + 1] = words[base + 2] = words[base + 3] = 0;
		if (value === null) return this.#validity.clear(row);
		if (typeof value !== 'string') refuse('text', value);
		const length = value.length;
		if (length <= INLINE) {
			let other = 0;
			for (let at = 0; at < length; at++) {
				const unit = value.charCodeAt(at);
				other |= unit;
				words[base + 1 + (at >>> 2)]! |= unit << ((at & 3) << 3);
			}
			if (other < 0x80) {
				words[base] = length;
				return;
			}
			words[base + 1] = words[base + 2] = words[base + 3] = 0;
		}
		this.#longRows.push(row);
		this.#long.push(value);
	}

	seal(vector: duckdb.Vector, rows: number): void {
		duckdb.copy_data_to_vector(vector, 0, this.#words.buffer as ArrayBuffer, 0, rows * 16);
		const { length } = this.#long;
		for (let at = 0; at < length; at++) {
			const text = this.#long[at]!;
			// The plain call takes a C string, which would end at a NUL.
			if (text.includes('\0')) {
				duckdb.vector_assign_string_element_len(vector, this.#longRows[at]!, Buffer.from(text, 'utf8'));
			} else duckdb.vector_assign_string_element(vector, this.#longRows[at]!, text);
		}
		this.#long.length = this.#longRows.length = 0;
		this.#validity.seal(vector);
	}
}

/** A buffer for one column; `values` are the members of an ENUM in the order of its type. */
export function columnOf(kind: ColumnKind, values: readonly string[]): Column {
	if (kind === 'text') return new TextColumn();
	if (kind === 'enum') return new EnumColumn(values);
	if (kind === 'time' || kind === 'long') return new LongColumn(kind);
	return new NumberColumn(kind);
}
