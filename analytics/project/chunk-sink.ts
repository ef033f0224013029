import type { ColumnData } from './column.ts';
import { type Chunk, type Layout, RowBuffer } from './row-buffer.ts';
import type { RowSink, Table, Tables } from './rows.ts';
import { TABLE_NAMES } from './tables.ts';

export interface TableChunk extends Chunk {
	table: Table;
}

const copied = ({ bytes, validity, long }: ColumnData): ColumnData => ({
	bytes: bytes.slice(),
	validity,
	long: long === null ? null : { heap: long.heap.slice(), rows: long.rows.slice() }
});

/** Makes chunks of rows for a writer on another thread. */
export class ChunkSink implements RowSink {
	readonly #buffers: Record<Table, RowBuffer>;
	#full: TableChunk[] = [];

	constructor(layouts: Readonly<Record<Table, Layout>>) {
		const buffers = TABLE_NAMES.map((table) => [table, new RowBuffer(table, layouts[table])]);
		this.#buffers = Object.fromEntries(buffers) as Record<Table, RowBuffer>;
	}

	add<T extends Table>(table: T, row: Tables[T]): void {
		if ((this.#buffers[table] as RowBuffer<T>).add(row)) this.#seal(table);
	}

	/** The chunks that are full, or all of them at the `end`. */
	drain(end: boolean): TableChunk[] {
		if (end) for (const table of TABLE_NAMES) this.#seal(table);
		const full = this.#full;
		this.#full = [];
		return full;
	}

	#seal(table: Table): void {
		const chunk = this.#buffers[table].take();
		if (chunk) this.#full.push({ table, rows: chunk.rows, columns: chunk.columns.map(copied) });
	}
}

/** The buffers of chunks, to be moved to another thread instead of copied. */
export function buffersOf(chunks: readonly TableChunk[]): ArrayBuffer[] {
	const views = chunks.flatMap(({ columns }) =>
		columns.flatMap(({ bytes, validity, long }) => [bytes, validity, long?.heap, long?.rows])
	);
	return views.flatMap((view) => (view ? [view.buffer as ArrayBuffer] : []));
}
