import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { TABLE_NAMES } from '../../analytics/project/tables.ts';
import { sqlFiles } from '../../analytics/schema.ts';
import { type Cluster, postgresPrograms, startCluster } from './pg-cluster.ts';

/** Makes the tables of a DuckDB file in PostgreSQL and fills them through files in `dir`; answers the seconds of COPY alone. */
export async function copyOver(file: string, dir: string, cluster: Cluster): Promise<number> {
	let seconds = 0;
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		await connection.run("SET TimeZone = 'Asia/Shanghai'");
		// Written for DuckDB, and the same in PostgreSQL but for one word.
		for (const { sql } of sqlFiles('schema')) await cluster.psql(sql.replaceAll(/\bDOUBLE\b/g, 'DOUBLE PRECISION'));
		for (const table of TABLE_NAMES) {
			const copy = join(dir, `${table}.csv`);
			await connection.run(`COPY ${table} TO '${copy}' (FORMAT csv, HEADER false)`);
			const began = performance.now();
			await cluster.psql(`\\copy ${table} FROM '${copy}' (FORMAT csv)`);
			seconds += (performance.now() - began) / 1_000;
			await rm(copy);
		}
		connection.closeSync();
	} finally {
		instance.closeSync();
	}
	return seconds;
}

/** Seconds that PostgreSQL's COPY takes for all rows of a DuckDB file, without any index; undefined where it is not installed. */
export async function secondsOfCopy(file: string): Promise<number | undefined> {
	const bin = postgresPrograms();
	if (bin === undefined) return undefined;
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-pg-copy-'));
	await chmod(dir, 0o755);
	const cluster = await startCluster(bin);
	try {
		return await copyOver(file, dir, cluster);
	} finally {
		await cluster.stop();
		await rm(dir, { recursive: true, force: true });
	}
}
