import { readHead } from './bytes.ts';
import { type CsvOptions, openCsv } from './csv.ts';
import { detect } from './detect.ts';
import type { Format, Table } from './table.ts';

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
		default:
			return openCsv(file, head, options.csv);
	}
}
