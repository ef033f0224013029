import { DuckDBInstance } from '@duckdb/node-api';

/** The rows of a Parquet file in their order, as DuckDB reads them; times become ms since the epoch as text. */
export async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
	const instance = await DuckDBInstance.create();
	const connection = await instance.connect();
	const reader = await connection.runAndReadAll(`SELECT * REPLACE (epoch_ms(time) AS time) FROM '${path}'`);
	const rows = reader.getRowObjectsJson() as Record<string, unknown>[];
	connection.closeSync();
	instance.closeSync();
	return rows;
}
