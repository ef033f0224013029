import { CHUNK_ROWS, type Column, type ColumnData } from './column.ts';
import { columnOf } from './columns.ts';
import { type ColumnsOf, PUT } from './put.ts';
import type { Table, Tables } from './rows.ts';
import { TABLES } from './tables.ts';

/** Up to 2,048 rows of a table, column by column in the order of its DDL. */
export interface Chunk {
	rows: number;
	columns: ColumnData[];
}

/** The members of a column's ENUM in the order of its type, for each column of a table; empty for other types. */
export type Layout = readonly (readonly string[])[];

/** Rows of one table as they come, kept as columns. */
export class RowBuffer<T extends Table = Table> {
	readonly #keys: (keyof Tables[T])[];
	readonly #columns: Column[];
	readonly #named: ColumnsOf<T>;
	readonly #put: (typeof PUT)[T];
	#rows = 0;

	constructor(table: T, layout: Layout) {
		const kinds = Object.entries(TABLES[table]);
		this.#keys = kinds.map(([key]) => key as keyof Tables[T]);
		this.#columns = kinds.map(([, kind], at) => columnOf(kind, layout[at] ?? []));
		this.#named = Object.fromEntries(this.#keys.map((key, at) => [key, this.#columns[at]])) as ColumnsOf<T>;
		this.#put = PUT[table];
	}

	/** Takes one row; true where the chunk is full and must be taken. Throws `projection-value`. */
	add(row: Tables[T]): boolean {
		const at = this.#rows;
		if (this.#put) this.#put(this.#named, at, row);
		else for (const key of this.#keys) this.#named[key].set(at, row[key]);
		this.#rows += 1;
		return this.#rows === CHUNK_ROWS;
	}

	/** The rows so far, valid until the next `add`; null where there is none. */
	take(): Chunk | null {
		const rows = this.#rows;
		if (rows === 0) return null;
		this.#rows = 0;
		return { rows, columns: this.#columns.map((column) => column.take(rows)) };
	}
}
