import type { DuckDBDataChunk, DuckDBMaterializedResult } from '@duckdb/node-api';
import { DuckDBTypeId } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { HotcardError } from '#lib/domain/error.ts';

/** A column of names that repeat: row by row the place of its name. */
export interface Labels {
	readonly names: readonly string[];
	readonly codes: Int32Array;
}

/** A column of numbers; what is unknown in a column of reals is NaN. */
export type Numbers = Int16Array | Int32Array | Float64Array;

export type Packed<Row> = { readonly rows: number } & {
	readonly columns: { readonly [K in keyof Row]: [Row[K]] extends [string] ? Labels : Numbers };
};

const STRING_WORDS = 4;

/** Takes over the vectors of a whole column, chunk by chunk. */
interface Taker {
	readonly column: Labels | Numbers;
	take(chunk: DuckDBDataChunk, at: number, from: number): void;
}

class NumberTaker implements Taker {
	readonly column: Numbers;

	constructor(column: Numbers) {
		this.column = column;
	}

	take({ chunk, rowCount }: DuckDBDataChunk, at: number, from: number): void {
		const { column } = this;
		const vector = duckdb.data_chunk_get_vector(chunk, at);
		const { buffer, byteOffset } = duckdb.vector_get_data(vector, rowCount * column.BYTES_PER_ELEMENT);
		if (column instanceof Int16Array) column.set(new Int16Array(buffer, byteOffset, rowCount), from);
		else if (column instanceof Int32Array) column.set(new Int32Array(buffer, byteOffset, rowCount), from);
		else {
			column.set(new Float64Array(buffer, byteOffset, rowCount), from);
			this.#clearUnknown(vector, from, rowCount);
		}
	}

	#clearUnknown(vector: duckdb.Vector, from: number, rows: number): void {
		const valid = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
		// Without a single null there is no mask at all.
		if (!valid || valid.length === 0) return;
		for (let row = 0; row < rows; row++) {
			if ((valid[row >>> 3]! & (1 << (row & 7))) === 0) this.column[from + row] = NaN;
		}
	}
}

/** Names are only read where they differ from the row before: a sorted column costs as much as it has names. */
class LabelTaker implements Taker {
	readonly #names: string[] = [];
	readonly #known = new Map<string, number>();
	readonly column: { names: string[]; codes: Int32Array };

	constructor(rows: number) {
		this.column = { names: this.#names, codes: new Int32Array(rows) };
	}

	take(chunk: DuckDBDataChunk, at: number, from: number): void {
		const { codes } = this.column;
		const rows = chunk.rowCount;
		const vector = chunk.getColumnVector(at);
		const raw = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, at), rows * STRING_WORDS * 4);
		const words = new Int32Array(raw.buffer, raw.byteOffset, rows * STRING_WORDS);
		let code = -1;
		for (let row = 0; row < rows; row++) {
			const word = row * STRING_WORDS;
			const same =
				row > 0 &&
				words[word] === words[word - 4] &&
				words[word + 1] === words[word - 3] &&
				words[word + 2] === words[word - 2] &&
				words[word + 3] === words[word - 1];
			if (!same) code = this.#codeOf(String(vector.getItem(row)));
			codes[from + row] = code;
		}
	}

	#codeOf(name: string): number {
		const known = this.#known.get(name);
		if (known !== undefined) return known;
		this.#known.set(name, this.#names.length);
		return this.#names.push(name) - 1;
	}
}

function takerOf(type: DuckDBTypeId, rows: number): Taker {
	switch (type) {
		case DuckDBTypeId.SMALLINT:
			return new NumberTaker(new Int16Array(rows));
		case DuckDBTypeId.INTEGER:
			return new NumberTaker(new Int32Array(rows));
		case DuckDBTypeId.DOUBLE:
			return new NumberTaker(new Float64Array(rows));
		case DuckDBTypeId.VARCHAR:
			return new LabelTaker(rows);
		default:
			throw new HotcardError('question-packed', `A column of type ${DuckDBTypeId[type]} cannot be packed.`, {
				remedy: 'Cast it to SMALLINT, INTEGER, DOUBLE or VARCHAR in the question.'
			});
	}
}

/**
 * An answer as typed arrays: hundreds of thousands of rows without a value for each. Columns are SMALLINT and INTEGER
 * without nulls, DOUBLE, and VARCHAR without nulls; another type throws HotcardError `question-packed`.
 */
export function packedOf<Row>(result: DuckDBMaterializedResult): Packed<Row> {
	const rows = result.rowCount;
	const takers = result.columnTypes().map((type) => takerOf(type.typeId, rows));
	let from = 0;
	for (let at = 0; at < result.chunkCount; at++) {
		const chunk = result.getChunk(at);
		for (const [column, taker] of takers.entries()) taker.take(chunk, column, from);
		from += chunk.rowCount;
	}
	const names = result.columnNames();
	const columns = Object.fromEntries(takers.map((taker, at) => [names[at], taker.column]));
	return { rows, columns } as Packed<Row>;
}
