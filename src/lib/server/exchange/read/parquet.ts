import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HotcardError } from '../../../domain/error.ts';
import type { Cell, Row, Table } from './table.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const named = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Times become text that the mapping's time reader takes, with `Z` where the type knows its zone; nested values become JSON. */
function selected(name: string, type: string): string {
	const column = named(name);
	if (/^TIMESTAMP WITH TIME ZONE$/.test(type)) return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
	if (type.startsWith('TIMESTAMP')) return `strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%f')`;
	if (/^(VARCHAR|BOOLEAN|DOUBLE|FLOAT|U?(TINYINT|SMALLINT|INTEGER))$/.test(type)) return column;
	if (type === 'BIGINT') return `CASE WHEN abs(${column}) < 9007199254740991 THEN ${column}::DOUBLE END`;
	return `${/[[(]/.test(type) && !type.startsWith('DECIMAL') ? `to_json(${column})` : column}::VARCHAR`;
}

async function connect(): Promise<{ connection: DuckDBConnection; close: () => void }> {
	const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
	const connection = await instance.connect();
	return {
		connection,
		close: () => {
			connection.closeSync();
			instance.closeSync();
		}
	};
}

/** A Parquet file as a table, read in file order by an in-memory DuckDB. Throws `not-a-table`. */
export async function openParquet(file: string): Promise<Table> {
	const source = `read_parquet(${quoted(file)})`;
	const first = await connect();
	let columns: { name: string; type: string }[];
	try {
		const described = await first.connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
		columns = described.getRows().map((row) => ({ name: String(row[0]), type: String(row[1]) }));
	} catch (cause) {
		const message = `${file} begins like Parquet but cannot be read: ${(cause as Error).message}`;
		throw new HotcardError('not-a-table', message, { cause, place: { file }, remedy: 'Write the file again.' });
	} finally {
		first.close();
	}
	async function* batches(): AsyncGenerator<Row[]> {
		const { connection, close } = await connect();
		try {
			const list = columns.map(({ name, type }) => selected(name, type)).join(', ');
			const result = await connection.stream(`SELECT ${list} FROM ${source}`);
			let number = 0;
			for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
				yield chunk.getRows().map((cells) => {
					number++;
					return { line: number, number, cells: cells.map((cell) => (cell === '' ? null : (cell as Cell))) };
				});
			}
		} finally {
			close();
		}
	}
	return { format: 'parquet', columns: columns.map(({ name }) => name), growing: false, notes: [], batches };
}
