import { HotcardError } from '../../../domain/error.ts';
import { type Head, textStream } from './bytes.ts';
import { CsvParser, type Dialect } from './csv-parser.ts';
import { isPlain, type PlainLines, plainPieces } from './plain.ts';
import type { Row, Table } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'];
export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface CsvOptions {
	delimiter?: string | undefined;
	quote?: string | undefined;
	encoding?: Encoding | undefined;
}

function refuse(file: string, found: string, remedy: string): HotcardError {
	return new HotcardError('not-a-table', `${file} is not a table: ${found}`, { place: { file }, remedy });
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}

const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

/** Whether most bytes beyond ASCII stand alone: those of European letters do, those of Chinese signs come in pairs. */
function lonely(bytes: Uint8Array): boolean {
	let alone = 0;
	let beyond = 0;
	for (let i = 0; i < bytes.length; i++) {
		if (bytes[i]! < 0x80) continue;
		beyond++;
		if ((bytes[i - 1] ?? 0) < 0x80 && (bytes[i + 1] ?? 0) < 0x80) alone++;
	}
	return alone * 2 > beyond;
}

function guessEncoding(bytes: Uint8Array): Encoding {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (decodes(bytes, 'utf-8')) return 'utf-8';
	return !lonely(bytes) && decodes(bytes, 'gb18030') ? 'gb18030' : 'windows-1252';
}

/** The encoding of a text file; GB18030 is what Chinese Excel saves, Windows-1252 what a European one does. Throws `not-a-table` for binary data. */
export function encodingOf(file: string, bytes: Uint8Array, wanted?: Encoding): { encoding: Encoding; note?: string } {
	const encoding = wanted ?? guessEncoding(bytes);
	const text = new TextDecoder(encoding).decode(bytes, { stream: true });
	if (CONTROL.test(text)) {
		throw refuse(file, 'it holds binary data', 'Give a CSV, Parquet, NDJSON, XES or OCEL 2.0 file.');
	}
	if (wanted !== undefined || encoding === 'utf-8') return { encoding };
	return { encoding, note: `Text read as ${encoding}. Set csv.encoding in the mapping if that is wrong.` };
}

/** The delimiter that the header holds most often outside quotes. */
export function sniffDelimiter(text: string, quote: string): string {
	const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
	let quoted = false;
	for (const sign of text) {
		if (sign === quote) quoted = !quoted;
		else if (sign === '\n' && !quoted) break;
		else if (!quoted && counts.has(sign)) counts.set(sign, counts.get(sign)! + 1);
	}
	return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function headerOf(file: string, cells: readonly unknown[]): string[] {
	if (cells.length < 2) {
		throw refuse(
			file,
			'its first line has one column only',
			'The first line must name the columns. Set csv.delimiter in the mapping if it is not one of , ; tab |'
		);
	}
	const seen = new Map<string, number>();
	return cells.map((cell, index) => {
		const name = (typeof cell === 'string' ? cell.trim() : '') || `column_${index + 1}`;
		const times = (seen.get(name) ?? 0) + 1;
		seen.set(name, times);
		return times === 1 ? name : `${name}_${times}`;
	});
}

/** A delimited text file as a table. Its header is read here, its rows later, streamed. Throws `not-a-table`. */
export function openCsv(file: string, head: Head, options: CsvOptions = {}): Table {
	const { encoding, note } = encodingOf(file, head.bytes, options.encoding);
	const quote = options.quote ?? '"';
	const start = new TextDecoder(encoding).decode(head.bytes, { stream: true });
	if (start.trim() === '') throw refuse(file, 'it is empty', 'The first line must name the columns.');
	const dialect: Dialect = { delimiter: options.delimiter ?? sniffDelimiter(start, quote), quote };
	const first = new CsvParser(dialect).push(start, true)[0];
	if (!first || first.problem) throw refuse(file, 'its first line cannot be read', 'Save it as UTF-8 CSV.');
	const columns = headerOf(file, first.cells);
	const headless = (): ((rows: Row[]) => Row[]) => {
		let header = true;
		return (rows) => {
			if (!header || rows.length === 0) return rows;
			header = false;
			return rows.slice(1);
		};
	};
	async function* batches(): AsyncGenerator<Row[]> {
		const parser = new CsvParser(dialect);
		const take = headless();
		for await (const text of textStream(file, head.gzip, encoding)) yield take(parser.push(text));
		yield take(parser.push('', true));
	}
	async function* pieces(chunks?: AsyncIterable<Uint8Array>): AsyncGenerator<Row[] | PlainLines> {
		const take = headless();
		for await (const piece of plainPieces(file, head.gzip, dialect, new CsvParser(dialect), chunks)) {
			yield Array.isArray(piece) ? take(piece) : piece;
		}
	}
	const table: Table = { format: 'csv', columns, growing: false, notes: note === undefined ? [] : [note], batches };
	return isPlain(dialect, encoding) ? { ...table, pieces } : table;
}
