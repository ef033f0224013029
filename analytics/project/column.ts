import { HotcardError } from '#lib/domain/error.ts';
import type { ColumnKind } from './tables.ts';

/** Rows of one chunk: DuckDB's vector size. */
export const CHUNK_ROWS = 2_048;
const WORD = 2 ** 32;

/** The rows of one column of a chunk, as DuckDB keeps them. */
export interface ColumnData {
	bytes: Uint8Array;
	/** One bit a row; null where no row is null. */
	validity: Uint8Array | null;
	/** Texts that do not fit into their cells, one after the other, and the rows to which they belong; null where all fit. */
	long: { heap: Uint8Array; rows: Int32Array } | null;
}

/** One column of a chunk being filled. */
export interface Column {
	set(row: number, value: unknown): void;
	/** What was set, valid until the next `set`. The column is then ready for the next chunk. */
	take(rows: number): ColumnData;
}

export function refuse(kind: ColumnKind, value: unknown): never {
	throw new HotcardError('projection-value', `The value ${String(value)} does not fit a column of kind ${kind}.`, {
		remedy: 'Rebuild the projections; if it happens again, report the event at this offset.'
	});
}

/** Which rows of a chunk are null. */
export class Validity {
	readonly #words = new Uint32Array(CHUNK_ROWS / 32).fill(0xffffffff);
	#nulls = false;

	clear(row: number): void {
		this.#words[row >>> 5]! &= ~(1 << (row & 31));
		this.#nulls = true;
	}

	take(): Uint8Array | null {
		if (!this.#nulls) return null;
		const taken = new Uint8Array(this.#words.slice().buffer);
		this.#words.fill(0xffffffff);
		this.#nulls = false;
		return taken;
	}
}

type Numbers = Uint8Array | Int32Array | Float64Array;

/** Integers of 32 bits, reals and flags. */
export class NumberColumn implements Column {
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

	take(rows: number): ColumnData {
		const bytes = new Uint8Array(this.#items.buffer, 0, rows * this.#items.BYTES_PER_ELEMENT);
		return { bytes, validity: this.#validity.take(), long: null };
	}
}

/** 64-bit integers written as two 32-bit halves: a BigInt per value would cost ten times as much. */
export class LongColumn implements Column {
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

	take(rows: number): ColumnData {
		const bytes = new Uint8Array(this.#halves.buffer, 0, rows * 8);
		return { bytes, validity: this.#validity.take(), long: null };
	}
}

/** Members of an ENUM by their code. */
export class EnumColumn implements Column {
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

	take(rows: number): ColumnData {
		return { bytes: this.#items.subarray(0, rows), validity: this.#validity.take(), long: null };
	}
}
