import duckdb from '@duckdb/node-bindings';
import type { ColumnData } from './column.ts';
import { CELL } from './text-column.ts';

const WORD = 2 ** 32;

/** Copies a column into a DuckDB vector. The bytes of one with long texts are changed on the way. */
export function placeColumn(vector: duckdb.Vector, { bytes, validity, long }: ColumnData): void {
	if (long !== null) addressTexts(vector, bytes, long);
	duckdb.copy_data_to_vector(vector, 0, bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
	if (validity === null) return;
	duckdb.vector_ensure_validity_writable(vector);
	duckdb.copy_data_to_vector_validity(
		vector,
		0,
		validity.buffer as ArrayBuffer,
		validity.byteOffset,
		validity.byteLength
	);
}

/**
 * Gives the long texts to the vector, and their addresses to the cells. They are handed over as one string, whose address
 * tells where each of them lies: a call for each costs more than all the rest of its row.
 */
function addressTexts(vector: duckdb.Vector, bytes: Uint8Array, long: NonNullable<ColumnData['long']>): void {
	duckdb.vector_assign_string_element_len(vector, 0, long.heap);
	const cell = duckdb.vector_get_data(vector, CELL);
	const view = new DataView(cell.buffer, cell.byteOffset, CELL);
	const low = view.getUint32(8, true);
	const high = view.getUint32(12, true);
	const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
	for (const row of long.rows) {
		const word = row * 4;
		const address = low + words[word + 2]!;
		words[word + 2] = address;
		words[word + 3] = address < WORD ? high : high + 1;
	}
}
