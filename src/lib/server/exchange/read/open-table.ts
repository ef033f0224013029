import { readHead } from './bytes.ts';
import { type CsvOptions, openCsv } from './csv.ts';
import { detect } from './detect.ts';
import { openNdjson } from './ndjson.ts';
import type { Format, Table } from './table.ts';

export interface OpenOptions {
	format?: Format | undefined;
	csv?: CsvOptions | undefined;
	/** OCEL: the object type that is the case. */
	objectType?: string | undefined;
}

/** Opens a file as rows. Readers are loaded when they are needed: DuckDB takes longer to load than a small file to read. Throws `file-unreadable`, `not-a-table`, `xes-doctype` and what the readers throw. */
export async function openTable(file: string, options: OpenOptions = {}): Promise<Table> {
	const head = await readHead(file);
	const format = options.format ?? detect(file, head);
	switch (format) {
		case 'csv':
			return openCsv(file, head, options.csv);
		case 'ndjson':
			return openNdjson(file, head);
		case 'xes':
			return (await import('./xes.ts')).openXes(file, head);
		case 'parquet':
			return (await import('./parquet.ts')).openParquet(file);
		case 'ocel-json':
			return (await import('./ocel-json.ts')).openOcelJson(file, head, options.objectType);
		case 'ocel-sqlite':
			return (await import('./ocel-sqlite.ts')).openOcelSqlite(file, options.objectType);
	}
}
