import type { Table } from './project/rows.ts';
import { TABLE_NAMES } from './project/tables.ts';
import type { Store } from './store.ts';

export interface Fingerprint {
	table: Table;
	rows: number;
	/** Sum of the rows' hashes, as decimal digits: equal for equal rows in any order. */
	hash: string;
}

/** Counts and hashes the rows of one table. Stores can be compared when they are at equal offsets. */
export async function fingerprint(store: Store, table: Table): Promise<Fingerprint> {
	const sql = `SELECT count(*)::VARCHAR, coalesce(sum(hash(t)), 0)::VARCHAR FROM ${table} t`;
	const [row] = await store.read(async (connection) => (await connection.runAndReadAll(sql)).getRows(), 600_000);
	return { table, rows: Number(row?.[0]), hash: String(row?.[1]) };
}

export async function fingerprints(store: Store): Promise<Fingerprint[]> {
	const all: Fingerprint[] = [];
	for (const table of TABLE_NAMES) all.push(await fingerprint(store, table));
	return all;
}

/** Tables in which two stores differ, with what was found; empty when equal. */
export function differences(a: readonly Fingerprint[], b: readonly Fingerprint[]): { table: Table; detail: string }[] {
	return a.flatMap((left) => {
		const right = b.find((candidate) => candidate.table === left.table);
		if (right === undefined) return [{ table: left.table, detail: 'missing on one side' }];
		if (left.rows !== right.rows) return [{ table: left.table, detail: `${left.rows} against ${right.rows} rows` }];
		if (left.hash !== right.hash) return [{ table: left.table, detail: `${left.rows} rows each, contents differ` }];
		return [];
	});
}
