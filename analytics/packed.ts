import type { DuckDBDataChunk, DuckDBMaterializedResult } from '@duckdb/node-api';
import { DuckDBTypeId } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { HotcardError } from '#lib/domain/error.ts';

/** A column of numbers; what is unknown in a column of reals is NaN. */
export type Numbers = Int32Array | Float64Array;

export interface Packed<Row> {
	readonly rows: number;
	readonly columns: { readonly [K in keyof Row]: Numbers };
}

/**
 * Memory for large arrays. Shared only in name: when buffers of one thread's own come and go by the ten megabytes, V8 marks
 * its whole heap again and again, which takes longer than what they are needed for.
 */
export const ints = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));
export const reals = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(length * 8));

function clearUnknown(column: Numbers, vector: duckdb.Vector, from: number, rows: number): void {
	const valid = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
	// Without a single null there is no mask at all.
	if (!valid || valid.length === 0) return;
	for (let row = 0; row < rows; row++) {
		if ((valid[row >>> 3]! & (1 << (row & 7))) === 0) column[from + row] = NaN;
	}
}

/** Copies a vector of a chunk into its column. */
function take({ chunk, rowCount }: DuckDBDataChunk, at: number, column: Numbers, from: number): void {
	const vector = duckdb.data_chunk_get_vector(chunk, at);
	const { buffer, byteOffset } = duckdb.vector_get_data(vector, rowCount * column.BYTES_PER_ELEMENT);
	if (column instanceof Int32Array) column.set(new Int32Array(buffer, byteOffset, rowCount), from);
	else {
		column.set(new Float64Array(buffer, byteOffset, rowCount), from);
		clearUnknown(column, vector, from, rowCount);
	}
}

function columnOf(type: DuckDBTypeId, rows: number): Numbers {
	switch (type) {
		case DuckDBTypeId.INTEGER:
			return ints(rows);
		case DuckDBTypeId.DOUBLE:
			return reals(rows);
		default:
			throw new HotcardError('question-packed', `A column of type ${DuckDBTypeId[type]} cannot be packed.`, {
				remedy: 'Cast it to INTEGER or DOUBLE in the question.'
			});
	}
}

/**
 * An answer as typed arrays: millions of rows without a value for each. Columns are INTEGER without nulls and DOUBLE;
 * another type throws HotcardError `question-packed`.
 */
export function packedOf<Row>(result: DuckDBMaterializedResult): Packed<Row> {
	const rows = result.rowCount;
	const columns = result.columnTypes().map((type) => columnOf(type.typeId, rows));
	let from = 0;
	for (let at = 0; at < result.chunkCount; at++) {
		const chunk = result.getChunk(at);
		for (const [no, column] of columns.entries()) take(chunk, no, column, from);
		from += chunk.rowCount;
	}
	const names = result.columnNames();
	return { rows, columns: Object.fromEntries(columns.map((column, at) => [names[at], column])) } as Packed<Row>;
}
