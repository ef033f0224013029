import { HotcardError } from '../../../domain/error.ts';
import { broken, byteStream } from './bytes.ts';
import type { FileEncoding } from './encoding.ts';
import type { CsvParser, Dialect } from './csv-parser.ts';
import type { Row } from './table.ts';

const NEWLINE = 10;
const UTF8 = 'utf-8';

/** Whole lines of a CSV file without any quote among them, as bytes (UTF-8). */
export interface PlainLines {
	bytes: Buffer;
	delimiter: number;
	/** Line and row number of the first; blank lines count as lines only. */
	line: number;
	number: number;
	/** How many columns a row must have. */
	width: number;
	/** To be called with how many lines and rows there were, before the next piece is asked for. */
	done(lines: number, rows: number): void;
}

/** Whether lines of this dialect can be told apart as bytes: no sign of a number or a time is its delimiter. */
export function isPlain({ delimiter, quote }: Dialect, encoding: string | undefined): boolean {
	return (encoding ?? UTF8) === UTF8 && [',', ';', '\t', '|'].includes(delimiter) && quote.charCodeAt(0) < 0x80;
}

/**
 * A CSV file as pieces: bytes where no quote is near, else rows of the parser, header included. In that order the same rows
 * as the parser alone would give. Throws `file-broken`.
 */
export async function* plainPieces(
	file: string,
	gzip: boolean,
	dialect: Dialect,
	parser: CsvParser,
	encoding: FileEncoding,
	chunks: AsyncIterable<Uint8Array> = byteStream(file, gzip)
): AsyncGenerator<Row[] | PlainLines> {
	const quote = dialect.quote.charCodeAt(0);
	let decoder = new TextDecoder(UTF8, { ignoreBOM: true });
	const decode = (bytes: Uint8Array): string => {
		const name = encoding.of(bytes) ?? UTF8;
		if (name !== UTF8 && decoder.encoding === UTF8) decoder = new TextDecoder(name);
		return decoder.decode(bytes);
	};
	let rest = Buffer.alloc(0);
	let begun = false;
	try {
		for await (const chunk of chunks) {
			let bytes =
				rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
			const end = bytes.lastIndexOf(NEWLINE) + 1;
			rest = Buffer.from(bytes.subarray(end));
			bytes = bytes.subarray(0, end);
			if (!begun && end > 0) {
				begun = true;
				const first = bytes.indexOf(NEWLINE) + 1;
				// Without `ignoreBOM`: the byte order mark is no part of the first name.
				yield parser.push(new TextDecoder().decode(bytes.subarray(0, first)));
				bytes = bytes.subarray(first);
			}
			if (bytes.length === 0) continue;
			const utf8 = (encoding.of(bytes) ?? UTF8) === UTF8;
			if (utf8 && parser.between && bytes.indexOf(quote) < 0) {
				const { line, number, width } = parser.next;
				const done = (lines: number, rows: number): void => parser.skip(lines, rows);
				yield { bytes, delimiter: dialect.delimiter.charCodeAt(0), line, number, width, done };
			} else {
				yield parser.push(decode(bytes));
			}
		}
	} catch (cause) {
		if (cause instanceof HotcardError) throw cause;
		throw broken(file, cause);
	}
	yield parser.push(begun ? decode(rest) : new TextDecoder(encoding.of(rest)).decode(rest), true);
}
