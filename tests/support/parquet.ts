import { DuckDBInstance } from '@duckdb/node-api';

/** The rows of a Parquet file in their order, as DuckDB reads them; times become ms since the epoch as text. */
export async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
	const connection = await (await DuckDBInstance.create()).connect();
	const reader = await connection.runAndReadAll(`SELECT * REPLACE (epoch_ms(time) AS time) FROM '${path}'`);
	connection.closeSync();
	return reader.getRowObjectsJson() as Record<string, unknown>[];
}
