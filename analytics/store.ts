import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { HotcardError } from '#lib/domain/error.ts';
import type { Clock, Millis } from '#lib/domain/time.ts';
import { openProblem, storeVersion } from './problems.ts';
import { Writer } from './project/writer.ts';
import { type Answer, answerQuery } from './query.ts';
import { Readers } from './readers.ts';
import { ddl, SCHEMA_VERSION, schemaHash } from './schema.ts';
import { ZONE } from './values.ts';

export interface StoreOptions {
	clock: Clock;
	/** Hash of the policy whose clocks the rows carry; another hash in the file is `store-version`. Default: not compared. */
	policyHash?: string;
	readOnly?: boolean;
	/** Read connections, each with one query at a time; default 2. */
	readers?: number;
	/** Longest a question may run, ms; default 30 s. */
	timeLimit?: Millis;
	/** Threads of DuckDB; default: its own choice. */
	threads?: number;
	/** e.g. `512MB`; default 1 GB. */
	memory?: string;
}

export interface Meta {
	schemaVersion: number;
	schemaHash: string;
	policyHash: string;
	/** The next log offset to project. */
	offset: number;
}

/** The projections: one writer, a few readers. One thread of one process owns a file that is open for writing. */
export interface Store {
	readonly file: string;
	readonly meta: Meta;
	readonly readOnly: boolean;
	/** Throws `store-readonly` where the store was opened so. */
	readonly writer: Writer;
	readonly timeLimit: Millis;
	/** Lends a read connection; see `Readers.use`. */
	read<T>(work: (connection: DuckDBConnection) => Promise<T>, limit?: Millis): Promise<T>;
	/** One read-only statement of a person's own; at most `limit` rows (default 1,000). */
	query(sql: string, limit?: number): Promise<Answer>;
	/** Folds the write-ahead log into the file: call when idle. */
	checkpoint(): Promise<void>;
	close(): Promise<void>;
}

async function create(connection: DuckDBConnection, policyHash: string): Promise<void> {
	await connection.run('BEGIN TRANSACTION');
	for (const { sql } of ddl()) await connection.run(sql);
	await connection.run('INSERT INTO meta VALUES ($1, $2, $3, 0)', [SCHEMA_VERSION, schemaHash(), policyHash]);
	await connection.run('COMMIT');
}

async function one(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[]> {
	const [row] = (await connection.runAndReadAll(sql)).getRows();
	return row ?? [];
}

async function readMeta(connection: DuckDBConnection, file: string): Promise<Meta> {
	const [known] = await one(connection, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'meta'");
	if (known !== 1n) throw storeVersion(file, 'it was not made by this program');
	const [version, hash, policyHash, offset] = await one(
		connection,
		'SELECT schema_version, schema_hash, policy_hash, "offset" FROM meta'
	);
	if (version !== SCHEMA_VERSION || hash !== schemaHash()) {
		throw storeVersion(
			file,
			`its schema is version ${version} (${hash}), this program's is ${SCHEMA_VERSION} (${schemaHash()})`
		);
	}
	return {
		schemaVersion: SCHEMA_VERSION,
		schemaHash: String(hash),
		policyHash: String(policyHash),
		offset: Number(offset)
	};
}

async function prepare(connection: DuckDBConnection, file: string, options: StoreOptions): Promise<Meta> {
	const [tables] = await one(connection, 'SELECT count(*) FROM duckdb_tables()');
	if (tables === 0n && options.readOnly !== true) await create(connection, options.policyHash ?? '');
	const meta = await readMeta(connection, file);
	if (options.policyHash !== undefined && meta.policyHash !== options.policyHash) {
		throw storeVersion(file, 'it was computed under another policy');
	}
	return meta;
}

/**
 * Opens or creates the projections in `file` (or `:memory:`). Throws HotcardError `store-locked` while another process
 * has the file open, `store-version` where it must be rebuilt from the log, `store-failed` otherwise.
 */
export async function openStore(file: string, options: StoreOptions): Promise<Store> {
	const config: Record<string, string> = {
		access_mode: options.readOnly === true ? 'READ_ONLY' : 'AUTOMATIC',
		autoinstall_known_extensions: 'false',
		autoload_known_extensions: 'false',
		allow_community_extensions: 'false',
		enable_external_access: 'false',
		// A checkpoint stalls writers for hundreds of ms: it is asked for when idle and on close.
		checkpoint_threshold: '1GB',
		memory_limit: options.memory ?? '1GB',
		preserve_insertion_order: 'true',
		// The newest encodings: less than the default's bytes, and half the work of a checkpoint.
		storage_compatibility_version: 'latest'
	};
	if (options.threads !== undefined) config['threads'] = String(options.threads);
	const instance = await DuckDBInstance.create(file, config).catch((error: unknown) => {
		throw openProblem(file, error);
	});
	try {
		const connection = await instance.connect();
		await connection.run(`SET GLOBAL TimeZone = '${ZONE}'`);
		await connection.run('SET GLOBAL lock_configuration = true');
		const meta = await prepare(connection, file, options);
		const readers = await Readers.open(instance, options.readers ?? 2, options.clock);
		const writer = options.readOnly === true ? null : await Writer.open(connection, meta.offset);
		return storeOf(file, instance, connection, meta, readers, writer, options.timeLimit ?? 30_000);
	} catch (error) {
		instance.closeSync();
		throw error instanceof HotcardError ? error : openProblem(file, error);
	}
}

const MOST_TRIES = 100;

/** DuckDB refuses a checkpoint beside any other write, and for a moment takes a reader that begins for one: then it is asked again. */
async function checkpoint(writer: Writer): Promise<void> {
	for (let tries = 1; ; tries++) {
		try {
			return await writer.exclusively('CHECKPOINT');
		} catch (error) {
			if (tries === MOST_TRIES || !String(error).includes('write transactions active')) throw error;
		}
	}
}

function storeOf(
	file: string,
	instance: DuckDBInstance,
	connection: DuckDBConnection,
	meta: Meta,
	readers: Readers,
	writer: Writer | null,
	timeLimit: Millis
): Store {
	let closed = false;
	const read: Store['read'] = (work, limit) => readers.use(work, limit ?? timeLimit);
	return {
		file,
		meta,
		readOnly: writer === null,
		timeLimit,
		get writer() {
			if (writer !== null) return writer;
			throw new HotcardError('store-readonly', `${file} is open for reading only.`);
		},
		read,
		query: (sql, limit = 1_000) => read((reader) => answerQuery(reader, sql, limit)),
		checkpoint: async () => {
			if (writer !== null) await checkpoint(writer);
		},
		async close() {
			if (closed) return;
			closed = true;
			await readers.close();
			await writer?.close();
			if (writer !== null) await connection.run('CHECKPOINT').catch(() => undefined);
			connection.closeSync();
			instance.closeSync();
		}
	};
}
