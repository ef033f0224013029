import { HotcardError } from '../../../domain/error.ts';
import { type Head, textStream } from './bytes.ts';
import { type Encoding, FileEncoding } from './encoding.ts';
import { CsvParser, type Dialect } from './csv-parser.ts';
import { isPlain, type PlainLines, plainPieces } from './plain.ts';
import type { Row, Table } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'];
export interface CsvOptions {
	delimiter?: string | undefined;
	quote?: string | undefined;
	encoding?: Encoding | undefined;
}

function refuse(file: string, found: string, remedy: string): HotcardError {
	return new HotcardError('not-a-table', `${file} is not a table: ${found}`, { place: { file }, remedy });
}

/** Excel's word for the delimiter, ahead of the header. */
const SEP = /^"?sep=([^\r\n])"?\r?\n/i;

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
	const encoding = new FileEncoding(file, head.bytes, { wanted: options.encoding });
	const quote = options.quote ?? '"';
	const start = new TextDecoder(encoding.name ?? 'utf-8').decode(head.bytes, { stream: true });
	if (start.trim() === '') throw refuse(file, 'it is empty', 'The first line must name the columns.');
	const sep = SEP.exec(start);
	const delimiter = options.delimiter ?? sep?.[1] ?? sniffDelimiter(start, quote);
	const dialect: Dialect = { delimiter, quote, preamble: sep !== null };
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
		for await (const piece of plainPieces(file, head.gzip, dialect, new CsvParser(dialect), encoding, chunks)) {
			yield Array.isArray(piece) ? take(piece) : piece;
		}
	}
	const table: Table = { format: 'csv', columns, growing: false, notes: encoding.notes, batches };
	return isPlain(dialect, encoding.name) ? { ...table, pieces } : table;
}
