import { COLUMNS, type ExportRow } from './rows.ts';

const SPECIAL = /[",\r\n]|^\s|\s$/;

function field(value: string | boolean | null): string {
	if (value === null) return '';
	const text = String(value);
	return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a header; a BOM makes Excel read it as UTF-8. */
export async function* csvText(rows: AsyncIterable<ExportRow[]>, bom: boolean): AsyncGenerator<string> {
	yield `${bom ? '\ufeff' : ''}${COLUMNS.join(',')}\r\n`;
	for await (const batch of rows) {
		let text = '';
		for (const row of batch) text += COLUMNS.map((column) => field(row[column])).join(',') + '\r\n';
		yield text;
	}
}
