import { SaxesParser } from 'saxes';
import { HotcardError } from '../../../domain/error.ts';
import { type Head, textStream } from './bytes.ts';
import { type Encoding, FileEncoding } from './encoding.ts';
import { type Cell, Columns, type Row, type Table } from './table.ts';

/** What OCEL 2.0 XML, whose root is called as that of XES, holds first. */
const OCEL = new Set(['object-types', 'event-types', 'objects', 'events']);
const TYPES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id']);

function valueOf(type: string, text: string): Cell {
	if (type === 'boolean') return text === 'true';
	if (type !== 'int' && type !== 'float') return text === '' ? null : text;
	const value = Number(text);
	// Longer integers lose digits as numbers: they stay text.
	return text.trim() !== '' && Number.isFinite(value) && (type === 'float' || Number.isSafeInteger(value))
		? value
		: text;
}

/**
 * XES, streamed: one row per event, its trace's attributes as `case:…`. Nested attributes, globals and classifiers are
 * passed over. A DOCTYPE is refused (`xes-doctype`): no entity is ever expanded, nothing is fetched.
 */
export function openXes(file: string, head: Head, wanted?: Encoding): Table {
	const start = new TextDecoder().decode(head.bytes);
	const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(start)?.[1];
	const encoding = new FileEncoding(file, head.bytes, { wanted, declared });
	const columns = new Columns();

	async function* batches(): AsyncGenerator<Row[]> {
		let rows: Row[] = [];
		let number = 0;
		let depth = 0;
		let trace: [string, Cell][] | null = null;
		let event: { line: number; fields: [string, Cell][]; depth: number } | null = null;
		let traceDepth = 0;
		let root = false;
		const parser = new SaxesParser<{ xmlns?: false; fileName?: string }>({ fileName: file });
		const place = (): { file: string; line: number; column: number } => ({
			file,
			line: parser.line,
			column: parser.column + 1
		});
		parser.on('doctype', () => {
			throw new HotcardError('xes-doctype', `${file}:${parser.line} holds a DOCTYPE, which XES never needs`, {
				place: place(),
				remedy: 'Remove the DOCTYPE and its entities. Nothing of the file was read.'
			});
		});
		parser.on('error', (cause) => {
			throw new HotcardError('xes-broken', `${file}:${parser.line}: ${cause.message.replace(/^.*?\d+:\d+: /, '')}`, {
				cause,
				place: place(),
				remedy: 'The file is not well-formed XML: export it again.'
			});
		});
		parser.on('opentag', ({ name, attributes }) => {
			depth++;
			if (depth === 1) {
				root = name === 'log';
				if (!root) {
					throw new HotcardError('not-a-table', `${file} is XML with the root <${name}>, not an XES <log>`, {
						place: place(),
						remedy: 'Give an XES, CSV, Parquet, NDJSON or OCEL 2.0 file.'
					});
				}
			} else if (depth === 2 && OCEL.has(name)) {
				throw new HotcardError('not-a-table', `${file}:${parser.line} is OCEL 2.0 XML, which is not read`, {
					place: place(),
					remedy: 'Write it as OCEL 2.0 JSON or SQLite, for example with pm4py.write_ocel2_json.',
					zh: {
						message: `${file}:${parser.line} 是 OCEL 2.0 XML，不支持读取`,
						remedy: '请另存为 OCEL 2.0 JSON 或 SQLite，例如用 pm4py.write_ocel2_json。'
					}
				});
			} else if (name === 'trace' && depth === 2) {
				trace = [];
				traceDepth = depth;
			} else if (name === 'event' && event === null) {
				event = { line: parser.line, fields: [], depth };
			} else if (TYPES.has(name)) {
				const cell: [string, Cell] = [attributes['key'] ?? '', valueOf(name, attributes['value'] ?? '')];
				if (event && depth === event.depth + 1) event.fields.push(cell);
				else if (!event && trace && depth === traceDepth + 1) trace.push([`case:${cell[0]}`, cell[1]]);
			}
		});
		parser.on('closetag', ({ name }) => {
			if (event && depth === event.depth) {
				number++;
				rows.push({ line: event.line, number, cells: columns.cells([...(trace ?? []), ...event.fields]) });
				event = null;
			} else if (name === 'trace' && depth === traceDepth) {
				trace = null;
			}
			depth--;
		});
		for await (const text of textStream(file, head.gzip, encoding)) {
			parser.write(text);
			if (rows.length > 0) yield rows;
			rows = [];
		}
		parser.close();
		if (rows.length > 0) yield rows;
	}
	return { format: 'xes', columns: columns.names, growing: true, notes: encoding.notes, batches };
}
