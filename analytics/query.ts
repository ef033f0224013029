import { type DuckDBConnection, DuckDBEnumType, type DuckDBType, StatementType } from '@duckdb/node-api';
import { HotcardError } from '#lib/domain/error.ts';
import { jsonSafe } from './values.ts';

export interface Answer {
	columns: { name: string; type: string }[];
	rows: Record<string, unknown>[];
	/** More rows would have followed. */
	truncated: boolean;
}

const ALLOWED = [StatementType.SELECT, StatementType.EXPLAIN];

function refused(message: string, remedy: string, cause?: unknown): HotcardError {
	return new HotcardError('query-refused', message, { remedy, cause });
}

/** Names that appear twice get a number, so that no column of a record is lost. */
function distinct(names: readonly string[]): string[] {
	const seen = new Map<string, number>();
	return names.map((name) => {
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		return count === 1 ? name : `${name}_${count}`;
	});
}

/** The members of an ENUM are left out: the list of event types would fill a screen. */
function typeName(type: DuckDBType): string {
	return type instanceof DuckDBEnumType ? 'ENUM' : String(type);
}

async function answer(connection: DuckDBConnection, sql: string, limit: number): Promise<Answer> {
	const statements = await connection.extractStatements(sql).catch((error: unknown) => {
		// What the binding throws where the text holds no statement at all.
		if (!(error instanceof Error) || error.message !== 'Error in native callback') throw error;
		throw refused('There is no statement.', 'Send one, such as SELECT count(*) FROM events.');
	});
	if (statements.count !== 1) {
		throw refused(`One statement is expected, this is ${statements.count}.`, 'Send them one by one.');
	}
	const prepared = await statements.prepare(0);
	if (!ALLOWED.includes(prepared.statementType)) {
		throw refused('Only reading statements are answered.', 'Use SELECT, WITH, FROM, DESCRIBE, SHOW or EXPLAIN.');
	}
	const reader = await prepared.streamAndReadUntil(limit + 1);
	const names = distinct(reader.columnNames());
	const types = reader.columnTypes();
	const all = reader.getRows();
	const rows = all.slice(0, limit).map((row) => {
		return Object.fromEntries(row.map((value, at) => [names[at]!, jsonSafe(value)]));
	});
	const columns = names.map((name, at) => ({ name, type: typeName(types[at]!) }));
	return { columns, rows, truncated: all.length > limit };
}

/** Runs one reading statement inside a read-only transaction. Throws HotcardError `query-refused` or `query-failed`. */
export async function answerQuery(connection: DuckDBConnection, sql: string, limit: number): Promise<Answer> {
	await connection.run('BEGIN TRANSACTION READ ONLY');
	try {
		return await answer(connection, sql, limit);
	} catch (error) {
		if (error instanceof HotcardError) throw error;
		const detail = error instanceof Error ? error.message : String(error);
		if (/read-only|READ ONLY/.test(detail)) throw refused(detail, 'Only reading statements are answered.', error);
		throw new HotcardError('query-failed', detail, {
			remedy: 'DESCRIBE events shows the columns there are.',
			cause: error
		});
	} finally {
		await leave(connection);
	}
}

const TRIES = 100;

/** Ends the transaction, whatever its state. An interrupt that comes late may hit the ROLLBACK itself: then it is asked again. */
async function leave(connection: DuckDBConnection): Promise<void> {
	for (let tries = 0; tries < TRIES; tries += 1) {
		try {
			await connection.run('ROLLBACK');
			return;
		} catch (error) {
			if (/no transaction is active/i.test(String(error))) return;
		}
	}
}
