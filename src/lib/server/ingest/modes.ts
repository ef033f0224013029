import type { Said } from '../../domain/said.ts';
import { jsonMayHoldPan } from '../../domain/events/pan-look.ts';
import type { IngestRequest } from '../application.ts';
import { elementTexts } from './element-texts.ts';

/** One event of a request: parsed, with its text where that can be stored as it is and the line of the file it came from, or the text that could not be parsed. */
export type Item =
	| { value: unknown; line?: string; text?: undefined; fileLine?: number | undefined }
	| { value?: undefined; line?: undefined; text: string; problem: Said; fileLine?: undefined };

export type Opened =
	/** `clean`: the text was seen to hold no card number. */
	{ ok: true; items: Item[]; clean: boolean } | { ok: false; status: 400 | 413 | 415; detail: Said; text?: string };

type Mode = 'one' | 'batch' | 'either' | 'binary' | 'lines';

const MODES: Record<string, Mode> = {
	'application/cloudevents+json': 'one',
	'application/cloudevents-batch+json': 'batch',
	'application/json': 'either',
	'application/x-ndjson': 'lines',
	'application/ndjson': 'lines',
	'application/jsonl': 'lines'
};

const typeOf = (contentType: string): string => contentType.toLowerCase().split(';', 1)[0]!.trim();

/** What about a body's description cannot be read here, known before its first byte; undefined where all can. */
export function strangeBody(contentType: string, encoding: string | undefined): Said | undefined {
	if (MODES[typeOf(contentType)] === undefined) {
		const known = Object.keys(MODES).join(', ');
		return { en: `expected one of ${known}`, zh: `应为以下之一：${known}` };
	}
	const [, ...parameters] = contentType.toLowerCase().split(';');
	const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
	if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return { en: 'expected UTF-8', zh: '应为 UTF-8' };
	if (encoding === undefined || /^(identity)?$/i.test(encoding.trim())) return undefined;
	return {
		en: `the body is packed (${encoding.slice(0, 40)}); send it as it is, without Content-Encoding`,
		zh: `请求体经过压缩（${encoding.slice(0, 40)}）；请不压缩发送，不带 Content-Encoding`
	};
}

/** Finds out how the events of a request are written and takes them apart. The event count is bounded before anything is checked. */
export function openRequest(request: IngestRequest, maxEvents: number): Opened {
	const strange = strangeBody(request.contentType, request.headers['content-encoding']);
	if (strange !== undefined) return { ok: false, status: 415, detail: strange };
	const known = MODES[typeOf(request.contentType)];
	const mode = known === 'either' && 'ce-specversion' in request.headers ? 'binary' : known!;
	if (request.body.length === 0 && mode !== 'binary') return malformed({ en: 'the body is empty', zh: '请求体为空' });
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(request.body);
	} catch {
		return malformed({ en: 'the body is not UTF-8 text', zh: '请求体不是 UTF-8 文本' });
	}
	const clean = mode !== 'binary' && !jsonMayHoldPan(text);
	const opened = mode === 'lines' ? openLines(text, clean) : openJson(text, mode, request.headers, clean);
	if (!opened.ok || opened.items.length <= maxEvents) return opened;
	const count = opened.items.length;
	const en = `${count} events; a request takes ${maxEvents} at most`;
	return { ok: false, status: 413, detail: { en, zh: `共 ${count} 个事件，一个请求最多 ${maxEvents} 个` } };
}

function openLines(text: string, clean: boolean): Opened {
	const items: Item[] = [];
	for (const line of text.split('\n')) {
		if (line.trim() === '') continue;
		try {
			const value: unknown = JSON.parse(line);
			items.push(clean ? { value, line: line.trim() } : { value });
		} catch (error) {
			items.push({ text: line, problem: jsonProblem(error) });
		}
	}
	return items.length === 0
		? malformed({ en: 'the body holds no event', zh: '请求体中没有事件' })
		: { ok: true, items, clean };
}

function openJson(text: string, mode: Mode, headers: Record<string, string>, clean: boolean): Opened {
	let value: unknown;
	try {
		value = mode === 'binary' && text === '' ? undefined : (JSON.parse(text) as unknown);
	} catch (error) {
		return malformed(jsonProblem(error), text);
	}
	if (mode === 'binary') return { ok: true, items: [{ value: fromHeaders(headers, value) }], clean };
	if (Array.isArray(value) && mode !== 'one') return { ok: true, items: elements(value, text, clean), clean };
	if (mode === 'batch')
		return malformed({ en: 'expected a JSON array of CloudEvents', zh: '应为 CloudEvents 的 JSON 数组' }, text);
	return { ok: true, items: [{ value }], clean };
}

/** The elements of a parsed array. Their own text is stored only where it is clean: of two fields of one name the parser keeps one, the text both. */
function elements(values: unknown[], text: string, clean: boolean): Item[] {
	const lines = clean && !text.includes('\n') ? elementTexts(text) : [];
	if (lines.length !== values.length) return values.map((value) => ({ value }));
	return values.map((value, index) => ({ value, line: lines[index]! }));
}

/** Binary mode: attributes travel as `ce-…` headers, percent-encoded where they are not ASCII; the body is the data. */
function fromHeaders(headers: Record<string, string>, data: unknown): Record<string, unknown> {
	const event: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(headers))
		if (name.startsWith('ce-') && name !== 'ce-data') event[name.slice(3)] = percentDecoded(value);
	event['datacontenttype'] = 'application/json';
	if (data !== undefined) event['data'] = data;
	return event;
}

function percentDecoded(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}

/** What JSON.parse says, without the piece of input that it quotes: that may hold what must not be repeated. */
function jsonProblem(error: unknown): Said {
	const [, position, line, column] =
		/at position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec((error as Error).message) ?? [];
	if (position === undefined) return { en: 'not valid JSON', zh: '不是有效的 JSON' };
	const [en, zh] =
		line === undefined ? ['', ''] : [` (line ${line} column ${column})`, `（第 ${line} 行第 ${column} 列）`];
	return { en: `not valid JSON at position ${position}${en}`, zh: `不是有效的 JSON，位置 ${position}${zh}` };
}

const malformed = (detail: Said, text?: string): Opened =>
	text === undefined ? { ok: false, status: 400, detail } : { ok: false, status: 400, detail, text };
