import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** Raised with every change of the tables' meaning; a store of another version is rebuilt from the log. */
export const SCHEMA_VERSION = 1;

export interface SqlFile {
	name: string;
	sql: string;
}

/** The `.sql` files of one folder beside this file, in the order of their names. */
export function sqlFiles(folder: 'schema' | 'views' | 'queries'): SqlFile[] {
	const place = new URL(`./${folder}/`, import.meta.url);
	return readdirSync(place)
		.filter((file) => file.endsWith('.sql'))
		.sort()
		.map((file) => ({ name: file.slice(0, -4), sql: readFileSync(new URL(file, place), 'utf8') }));
}

// variants is built on case_variants, so the order of names is also the order of need.
export function ddl(): SqlFile[] {
	return [...sqlFiles('schema'), ...sqlFiles('views')];
}

/** Changes whenever any DDL text does. */
export function schemaHash(): string {
	const hash = createHash('sha256');
	for (const { name, sql } of ddl()) hash.update(`${name}\n${sql}\n`);
	return hash.digest('hex').slice(0, 16);
}
