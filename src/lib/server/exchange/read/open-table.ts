import { readHead } from './bytes.ts';
import { type CsvOptions, openCsv } from './csv.ts';
import { detect } from './detect.ts';
import { openNdjson } from './ndjson.ts';
import { openOcelJson } from './ocel-json.ts';
import { openOcelSqlite } from './ocel-sqlite.ts';
import { openParquet } from './parquet.ts';
import type { Format, Table } from './table.ts';
import { openXes } from './xes.ts';

export interface OpenOptions {
	format?: Format | undefined;
	csv?: CsvOptions | undefined;
	/** OCEL: the object type that is the case. */
	objectType?: string | undefined;
}

/** Opens a file as rows. Throws `file-unreadable`, `not-a-table`, `xes-doctype` and what the readers throw. */
export async function openTable(file: string, options: OpenOptions = {}): Promise<Table> {
	const head = await readHead(file);
	const format = options.format ?? detect(file, head);
	switch (format) {
		case 'csv':
			return openCsv(file, head, options.csv);
		case 'ndjson':
			return openNdjson(file, head);
		case 'xes':
			return openXes(file, head);
		case 'parquet':
			return openParquet(file);
		case 'ocel-json':
			return openOcelJson(file, head, options.objectType);
		case 'ocel-sqlite':
			return openOcelSqlite(file, options.objectType);
	}
}
