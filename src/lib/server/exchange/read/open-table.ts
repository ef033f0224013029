import { readHead, unpacked } from './bytes.ts';
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
			return openNdjson(file, head, options.csv?.encoding);
		case 'xes':
			return (await import('./xes.ts')).openXes(file, head, options.csv?.encoding);
		case 'parquet':
			return whole(file, head.gzip, async (plain) => (await import('./parquet.ts')).openParquet(plain));
		case 'ocel-json':
			return (await import('./ocel-json.ts')).openOcelJson(file, head, options.objectType);
		case 'ocel-sqlite':
			return whole(file, head.gzip, async (plain) =>
				(await import('./ocel-sqlite.ts')).openOcelSqlite(plain, options.objectType)
			);
	}
}

/** Opens a file that is not read from its beginning to its end, unpacked first where it is gzipped. */
async function whole(file: string, gzip: boolean, open: (plain: string) => Promise<Table>): Promise<Table> {
	if (!gzip) return open(file);
	const { path, remove } = await unpacked(file);
	try {
		return { ...(await open(path)), close: remove };
	} catch (cause) {
		await remove();
		throw cause;
	}
}
