import type { DomainEvent } from '../../../domain/events/event.ts';
import { type Head, textStream } from './bytes.ts';
import { type Encoding, FileEncoding } from './encoding.ts';
import { type Cell, Columns, type Row, type Table } from './table.ts';

/** A JSON value as a cell; what is nested stays JSON text. */
export function cellOf(value: unknown): Cell {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string' || typeof value === 'boolean') return value === '' ? null : value;
	if (typeof value === 'number') return value;
	return JSON.stringify(value);
}

const DEEPEST = 8;

/** Fields by name; those of an object inside are named by their way there: `payload.case.id`. */
function* fields(record: Record<string, unknown>, before = '', depth = 1): Generator<[string, Cell]> {
	for (const [name, value] of Object.entries(record)) {
		if (isRecord(value) && depth < DEEPEST && Object.keys(value).length > 0)
			yield* fields(value, `${before}${name}.`, depth + 1);
		else yield [before + name, cellOf(value)];
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOurs(value: Record<string, unknown>): boolean {
	return value['specversion'] !== undefined && String(value['type']).startsWith('com.hotcard.');
}

/** One JSON object a line: our own CloudEvents go through as they are, other objects as rows. */
export function openNdjson(file: string, head: Head, wanted?: Encoding): Table {
	const encoding = new FileEncoding(file, head.bytes, { wanted });
	const columns = new Columns();
	const parse = (text: string, line: number, number: number): Row => {
		const bad = (detail: string, detailZh: string): Row => ({
			line,
			number,
			cells: [text.slice(0, 2_000)],
			problem: { code: 'json', detail, detailZh }
		});
		let value: unknown;
		try {
			value = JSON.parse(text);
		} catch (cause) {
			const { message } = cause as Error;
			return bad(message, `不是有效的 JSON：${message}`);
		}
		if (!isRecord(value)) return bad('expected one JSON object a line', '应为每行一个 JSON 对象');
		if (isOurs(value)) return { line, number, cells: [], event: value as unknown as DomainEvent };
		return { line, number, cells: columns.cells(fields(value)) };
	};
	async function* batches(): AsyncGenerator<Row[]> {
		let rest = '';
		let line = 0;
		let number = 0;
		const take = (lines: string[]): Row[] => {
			const rows: Row[] = [];
			for (const text of lines) {
				line++;
				if (text.trim() !== '') rows.push(parse(text, line, ++number));
			}
			return rows;
		};
		for await (const text of textStream(file, head.gzip, encoding)) {
			const lines = (rest + text).split('\n');
			rest = lines.pop() ?? '';
			yield take(lines);
		}
		yield take([rest]);
	}
	return { format: 'ndjson', columns: columns.names, growing: true, notes: encoding.notes, batches };
}
