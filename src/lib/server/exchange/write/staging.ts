import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { COLUMNS, type ExportRow } from './rows.ts';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function* numbered(rows: AsyncIterable<ExportRow[]>): AsyncGenerator<string> {
	let seq = 0;
	for await (const batch of rows) {
		let text = '';
		for (const row of batch) text += JSON.stringify({ seq: seq++, ...row }) + '\n';
		yield text;
	}
}

/**
 * Runs `work` with the rows as a relation (SQL text) of an in-memory DuckDB: `seq` and the columns of `ExportRow`. Rows go
 * through a file beside `out`, so that no export has to fit into memory.
 */
export async function staged(
	rows: AsyncIterable<ExportRow[]>,
	out: string,
	work: (connection: DuckDBConnection, relation: string) => Promise<void>
): Promise<void> {
	const file = `${out}.rows`;
	try {
		await pipeline(Readable.from(numbered(rows)), createWriteStream(file));
		const instance = await DuckDBInstance.create(':memory:', { temp_directory: `${out}.spill` });
		const connection = await instance.connect();
		try {
			const types = [
				"seq: 'BIGINT'",
				...COLUMNS.map((name) => `"${name}": '${name === 'final' ? 'BOOLEAN' : 'VARCHAR'}'`)
			];
			const relation = `read_json(${literal(file)}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
			await work(connection, relation);
		} finally {
			connection.closeSync();
			instance.closeSync();
		}
	} finally {
		await rm(file, { force: true });
		await rm(`${out}.spill`, { force: true, recursive: true });
	}
}

/** Writes the rows as Parquet (zstd), `time` as TIMESTAMP WITH TIME ZONE. */
export async function writeParquet(rows: AsyncIterable<ExportRow[]>, out: string): Promise<void> {
	await staged(rows, out, async (connection, relation) => {
		const select = `SELECT * EXCLUDE (seq) REPLACE ("time"::TIMESTAMPTZ AS "time") FROM ${relation} ORDER BY seq`;
		await connection.run(`COPY (${select}) TO ${literal(out)} (FORMAT parquet, COMPRESSION zstd)`);
	});
}
