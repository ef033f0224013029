import type { Problem, Row } from './table.ts';

export interface Dialect {
	delimiter: string;
	quote: string;
	/** Whether a line stands ahead of the header that is none of the table. */
	preamble?: boolean;
}

const UNCLOSED: Problem = {
	code: 'unclosed-quote',
	detail: 'a quoted field on this line is never closed',
	detailZh: '这一行的引号没有闭合'
};
const STRANGE: Problem = {
	code: 'encoding',
	detail: 'bytes that are not text in the encoding of this file',
	detailZh: '有些字节不符合文件的编码'
};
/** A record longer than this is taken for a quote that nobody closed. */
const LONGEST = 4 << 20;

/**
 * RFC 4180, fed in pieces: quoted fields may hold delimiters, doubled quotes and newlines; lines end with LF or CRLF.
 * Records without a quote, nearly all of them, are cut with `split`. Empty fields are null. A quote that is never
 * closed spoils its own line only.
 */
export class CsvParser {
	readonly #dialect: Dialect;
	#buffer = '';
	#line = 1;
	#number = -1;
	#width = 0;
	#preamble: boolean;

	constructor(dialect: Dialect) {
		this.#dialect = dialect;
		this.#preamble = dialect.preamble ?? false;
	}

	/** Whether nothing waits for its end and the header has been read: the next sign begins a row. */
	get between(): boolean {
		return this.#buffer === '' && this.#number >= 0;
	}

	/** Where the next row stands, and how many columns it must have. */
	get next(): { line: number; number: number; width: number } {
		return { line: this.#line, number: this.#number + 1, width: this.#width };
	}

	/** Passes over lines that somebody else has read. */
	skip(lines: number, rows: number): void {
		this.#line += lines;
		this.#number += rows;
	}

	/** Rows that are complete after `text`; the header comes first, with number 0. */
	push(text: string, last = false): Row[] {
		const buffer = this.#buffer === '' ? text : this.#buffer + text;
		const rows: Row[] = [];
		const broken = buffer.includes('\ufffd');
		let at = 0;
		let quote = buffer.indexOf(this.#dialect.quote);
		while (at < buffer.length) {
			let end = buffer.indexOf('\n', at);
			if (end < 0) {
				if (!last) break;
				end = buffer.length;
			}
			if (quote >= 0 && quote < at) quote = buffer.indexOf(this.#dialect.quote, at);
			if (quote < 0 || quote >= end) {
				const stop = buffer.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end;
				if (stop > at) this.#add(rows, this.#line, buffer.slice(at, stop).split(this.#dialect.delimiter), broken);
				this.#line++;
				at = end + 1;
				continue;
			}
			const record = this.#quoted(buffer, at, last);
			if (record === null) {
				if (!last && buffer.length - at < LONGEST) break;
				this.#unclosed(rows, buffer.slice(at, end));
				this.#line++;
				at = end + 1;
				continue;
			}
			this.#add(rows, this.#line, record.cells, broken);
			this.#line += record.lines;
			at = record.end;
		}
		this.#buffer = at >= buffer.length ? '' : buffer.slice(at);
		return rows;
	}

	#quoted(text: string, from: number, last: boolean): { cells: string[]; end: number; lines: number } | null {
		const { delimiter, quote } = this.#dialect;
		const cells: string[] = [];
		let lines = 1;
		let at = from;
		for (;;) {
			let cell = '';
			if (text.startsWith(quote, at)) {
				at++;
				for (;;) {
					const close = text.indexOf(quote, at);
					// A quote as the very last sign may be the first half of a doubled one.
					if (close < 0 || (close + 1 >= text.length && !last)) return null;
					cell += text.slice(at, close);
					at = close + 1;
					if (!text.startsWith(quote, at)) break;
					cell += quote;
					at++;
				}
				for (let i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) lines++;
			}
			let stop = at;
			while (stop < text.length && text[stop] !== delimiter && text[stop] !== '\n') stop++;
			if (stop >= text.length && !last) return null;
			const ends = stop >= text.length || text[stop] === '\n';
			cell += ends && text[stop - 1] === '\r' ? text.slice(at, Math.max(at, stop - 1)) : text.slice(at, stop);
			cells.push(cell);
			at = stop + 1;
			if (ends) return { cells, end: Math.min(at, text.length), lines };
		}
	}

	#add(rows: Row[], line: number, cells: (string | null)[], broken: boolean): void {
		if (this.#preamble) return void (this.#preamble = false);
		const number = ++this.#number;
		if (number === 0) this.#width = cells.length;
		rows.push(rowOf(line, number, cells, this.#width, broken));
	}

	#unclosed(rows: Row[], text: string): void {
		rows.push({ line: this.#line, number: ++this.#number, cells: [text.slice(0, 2_000)], problem: UNCLOSED });
	}
}

/** A record as a row: empty fields are null, and what is wrong with its shape is said. `cells` are used as they are. */
export function rowOf(line: number, number: number, cells: (string | null)[], width: number, broken: boolean): Row {
	for (let i = 0; i < cells.length; i++) if (cells[i] === '') cells[i] = null;
	const row: Row = { line, number, cells };
	if (cells.length !== width) {
		const [detail, detailZh] = [
			`${cells.length} columns where the header has ${width}`,
			`有 ${cells.length} 列，表头有 ${width} 列`
		];
		row.problem = { code: 'columns', detail, detailZh };
	} else if (broken && cells.some((cell) => cell?.includes('\ufffd'))) {
		row.problem = STRANGE;
	}
	return row;
}
