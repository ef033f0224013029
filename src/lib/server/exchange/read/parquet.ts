import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HotcardError } from '../../../domain/error.ts';
import { areEvents, EVENT_FIELDS, eventRow } from './parquet-events.ts';
import type { Cell, Row, Table } from './table.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const named = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Times become text that the mapping's time reader takes, with `Z` where the type knows its zone; nested values become JSON. */
function selected(name: string, type: string, large: boolean): string {
	const column = named(name);
	if (/^TIMESTAMP WITH TIME ZONE$/.test(type)) return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
	if (type.startsWith('TIMESTAMP')) return `strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%f')`;
	if (/^(VARCHAR|BOOLEAN|DOUBLE|FLOAT|U?(TINYINT|SMALLINT|INTEGER))$/.test(type)) return column;
	if (type === 'BIGINT' && !large) return `${column}::DOUBLE`;
	return `${/[[(]/.test(type) && !type.startsWith('DECIMAL') ? `to_json(${column})` : column}::VARCHAR`;
}

interface Column {
	name: string;
	type: string;
}

/** Columns of integers of which at least one is beyond what a number holds exactly: such a column is text throughout. */
async function largeOf(
	connection: DuckDBConnection,
	source: string,
	columns: readonly Column[]
): Promise<ReadonlySet<string>> {
	const names = columns.filter(({ type }) => type === 'BIGINT').map(({ name }) => name);
	if (names.length === 0) return new Set();
	const most = Number.MAX_SAFE_INTEGER;
	const tests = names.map((name) => `bool_or(${named(name)} NOT BETWEEN -${most} AND ${most})`);
	const [row] = (await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM ${source}`)).getRows();
	return new Set(names.filter((_, index) => row?.[index] === true));
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

/** A Parquet file as a table, read in file order by an in-memory DuckDB; events of ours go through as they are. Throws `not-a-table`. */
export async function openParquet(file: string): Promise<Table> {
	const source = `read_parquet(${quoted(file)})`;
	const first = await connect();
	let columns: Column[];
	try {
		const described = await first.connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
		columns = described.getRows().map((row) => ({ name: String(row[0]), type: String(row[1]) }));
	} catch (cause) {
		const message = `${file} begins like Parquet but cannot be read: ${(cause as Error).message}`;
		throw new HotcardError('not-a-table', message, { cause, place: { file }, remedy: 'Write the file again.' });
	} finally {
		first.close();
	}
	const ours = areEvents(columns);
	async function* batches(): AsyncGenerator<Row[]> {
		const { connection, close } = await connect();
		try {
			const large = ours ? new Set() : await largeOf(connection, source, columns);
			const list = ours
				? EVENT_FIELDS
				: columns.map(({ name, type }) => selected(name, type, large.has(name))).join(', ');
			const result = await connection.stream(`SELECT ${list} FROM ${source}`);
			let number = 0;
			for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
				yield chunk.getRows().map((cells) => {
					number++;
					if (ours) return eventRow(cells as Cell[], number);
					return { line: number, number, cells: cells.map((cell) => (cell === '' ? null : (cell as Cell))) };
				});
			}
		} finally {
			close();
		}
	}
	const names = ours ? [] : columns.map(({ name }) => name);
	return { format: 'parquet', columns: names, growing: ours, notes: [], batches };
}
