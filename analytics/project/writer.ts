import type { DuckDBAppender, DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { DuckDBDataChunk, DuckDBEnumType } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { HotcardError } from '#lib/domain/error.ts';
import type { TableChunk } from './chunk-sink.ts';
import { placeColumn } from './place.ts';
import { type Chunk, type Layout, RowBuffer } from './row-buffer.ts';
import type { RowSink, Table, Tables } from './rows.ts';
import { TABLE_NAMES, TABLES } from './tables.ts';

/** Keeps the rows of one table as sealed chunks until the next commit. */
class TableBuffer<T extends Table = Table> {
	readonly appender: DuckDBAppender;
	readonly layout: Layout;
	readonly #types: DuckDBType[];
	readonly #buffer: RowBuffer<T>;
	readonly #free: DuckDBDataChunk[] = [];
	#sealed: DuckDBDataChunk[] = [];

	constructor(table: T, appender: DuckDBAppender) {
		this.appender = appender;
		this.#types = Object.keys(TABLES[table]).map((_, at) => appender.columnType(at));
		this.layout = this.#types.map((type) => (type instanceof DuckDBEnumType ? type.values : []));
		this.#buffer = new RowBuffer(table, this.layout);
	}

	add(row: Tables[T]): void {
		if (this.#buffer.add(row)) this.seal();
	}

	seal(): void {
		const taken = this.#buffer.take();
		if (taken) this.place(taken);
	}

	place({ rows, columns }: Chunk): void {
		const chunk = this.#free.pop() ?? DuckDBDataChunk.create(this.#types);
		chunk.rowCount = rows;
		for (const [at, column] of columns.entries()) {
			placeColumn(duckdb.data_chunk_get_vector(chunk.chunk, at), column);
		}
		this.#sealed.push(chunk);
	}

	/** Takes the chunks that a commit shall write. */
	take(): DuckDBDataChunk[] {
		this.seal();
		const taken = this.#sealed;
		this.#sealed = [];
		return taken;
	}

	give(chunks: readonly DuckDBDataChunk[]): void {
		for (const chunk of chunks) {
			chunk.reset();
			if (this.#free.length < 8) this.#free.push(chunk);
		}
	}
}

/** Appends rows in column chunks and commits them with their offset. After a failure it refuses everything: open the store again. */
export class Writer implements RowSink {
	readonly #connection: DuckDBConnection;
	readonly #buffers: Record<Table, TableBuffer>;
	#running: Promise<void> = Promise.resolve();
	#failed: unknown = null;
	#offset: number;
	#pending = 0;
	/** Whether a transaction is open between two pieces of work. */
	#begun = false;

	private constructor(connection: DuckDBConnection, buffers: Record<Table, TableBuffer>, offset: number) {
		this.#connection = connection;
		this.#buffers = buffers;
		this.#offset = offset;
	}

	static async open(connection: DuckDBConnection, offset: number): Promise<Writer> {
		const buffers: Partial<Record<Table, TableBuffer>> = {};
		for (const table of TABLE_NAMES) buffers[table] = new TableBuffer(table, await connection.createAppender(table));
		return new Writer(connection, buffers as Record<Table, TableBuffer>, offset);
	}

	/** The next log offset to project, as committed. */
	get offset(): number {
		return this.#offset;
	}

	/** Rows added since the last commit or spill. */
	get pending(): number {
		return this.#pending;
	}

	/** Buffers one row; it is visible after the next `commit`. Throws HotcardError `projection-value` or `projection-failed`. */
	add<T extends Table>(table: T, row: Tables[T]): void {
		if (this.#failed !== null) this.#refuse();
		try {
			(this.#buffers[table] as TableBuffer<T>).add(row);
		} catch (error) {
			this.#failed = error;
			throw error;
		}
		this.#pending++;
	}

	/** What rows are made of, for who makes chunks of them elsewhere. */
	get layouts(): Readonly<Record<Table, Layout>> {
		const layouts = TABLE_NAMES.map((table) => [table, this.#buffers[table].layout]);
		return Object.fromEntries(layouts) as Record<Table, Layout>;
	}

	/** Buffers a chunk of rows that was made elsewhere; visible after the next `commit`. Throws `projection-failed`. */
	addChunk(chunk: TableChunk): void {
		if (this.#failed !== null) this.#refuse();
		this.#buffers[chunk.table].place(chunk);
		this.#pending += chunk.rows;
	}

	/**
	 * Writes every row added so far and `offset` (the next one to project) in one transaction. Rows added while it runs
	 * belong to the next commit. Commits run one after the other.
	 */
	commit(offset: number): Promise<void> {
		return this.#enqueue(offset);
	}

	/**
	 * Hands every row added so far to DuckDB, as the first part of the transaction that the next commit ends: large
	 * transactions are compressed straight into the file instead of passing through its write-ahead log. Nothing else may
	 * run on this writer before that commit.
	 */
	spill(): Promise<void> {
		return this.#enqueue(null);
	}

	#enqueue(offset: number | null): Promise<void> {
		if (this.#failed !== null) return Promise.reject(this.#reason());
		const work = TABLE_NAMES.map((table) => ({ buffer: this.#buffers[table], chunks: this.#buffers[table].take() }));
		this.#pending = 0;
		this.#running = this.#running.then(() => this.#write(work, offset));
		return this.#running;
	}

	async #write(work: { buffer: TableBuffer; chunks: DuckDBDataChunk[] }[], offset: number | null): Promise<void> {
		if (this.#failed !== null) this.#refuse();
		try {
			if (!this.#begun) await this.#connection.run('BEGIN TRANSACTION');
			this.#begun = true;
			for (const { buffer, chunks } of work) {
				if (chunks.length === 0) continue;
				for (const chunk of chunks) buffer.appender.appendDataChunk(chunk);
				buffer.appender.flushSync();
				buffer.give(chunks);
			}
			if (offset === null) return;
			await this.#connection.run('UPDATE meta SET "offset" = $1', [BigInt(offset)]);
			await this.#connection.run('COMMIT');
			this.#begun = false;
			this.#offset = offset;
		} catch (error) {
			this.#failed = error;
			await this.#connection.run('ROLLBACK').catch(() => undefined);
			this.#refuse();
		}
	}

	/** Runs SQL that writes (a rebuild of a summary, a checkpoint) between two commits. */
	exclusively(sql: string): Promise<void> {
		const done = this.#running.then(async () => {
			await this.#connection.run(sql);
		});
		this.#running = done.catch(() => undefined);
		return done;
	}

	/** Waits for running commits; rows not committed are forgotten, the log still has them. */
	async close(): Promise<void> {
		await this.#running.catch(() => undefined);
		for (const table of TABLE_NAMES) {
			this.#buffers[table].appender.clear();
			this.#buffers[table].appender.closeSync();
		}
	}

	#reason(): HotcardError {
		if (this.#failed instanceof HotcardError) return this.#failed;
		const detail = this.#failed instanceof Error ? this.#failed.message : String(this.#failed);
		return new HotcardError('projection-failed', `The projections could not be written: ${detail}`, {
			remedy: 'Free disk space or mend the cause, then start again: the log holds every event, nothing is lost.',
			cause: this.#failed
		});
	}

	#refuse(): never {
		throw this.#reason();
	}
}
