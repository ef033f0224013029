import type * as z from 'zod';
import { nearest } from '../nearest.ts';
import { CATALOGUE, nameOf, typeOf, type EventName } from './catalogue.ts';
import { describe, withHint, type Expected } from './describe.ts';
import type { DomainEvent } from './event.ts';
import { parseTime } from './rfc3339.ts';

/** Why something was refused: a code, where it stands (JSON pointer) and what was expected, in both languages. */
export interface Refusal {
	ok: false;
	code: string;
	pointer: string;
	detail: string;
	detailZh: string;
	/** The word that was most likely meant. */
	suggestion?: string;
}

export type Validated = { ok: true; event: DomainEvent } | Refusal;

const TEXTS = [
	'subject',
	'datacontenttype',
	'dataschema',
	'partitionkey',
	'sequence',
	'traceparent',
	'simrun'
] as const;

export function refuse(code: string, pointer: string, { en, zh, suggestion }: Expected): Refusal {
	const refusal: Refusal = { ok: false, code, pointer, detail: en, detailZh: zh };
	return suggestion === undefined ? refusal : { ...refusal, suggestion };
}

const TEXT = { en: 'expected a string', zh: '应为文本' };
const FILLED = { en: 'expected a non-empty string', zh: '应为非空文本' };
const TIME = {
	en: 'expected an RFC 3339 time with offset, such as 2026-11-22T10:03:11+08:00',
	zh: '应为带时区偏移的 RFC 3339 时间，例如 2026-11-22T10:03:11+08:00'
};

/** A JSON pointer (RFC 6901) from path steps. */
export function pointerOf(path: readonly PropertyKey[]): string {
	let pointer = '';
	for (const step of path) pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
	return pointer;
}

function envelope(value: Record<string, unknown>): Refusal | null {
	if (value['specversion'] !== '1.0')
		return refuse('envelope', '/specversion', { en: 'expected "1.0"', zh: '应为 "1.0"' });
	for (const name of ['id', 'source', 'type'] as const) {
		const text = value[name];
		if (typeof text !== 'string' || text === '') return refuse('envelope', `/${name}`, FILLED);
	}
	const time = value['time'];
	if (typeof time !== 'string') return refuse('envelope', '/time', TIME);
	const at = parseTime(time);
	if (at !== at) return refuse('envelope', '/time', TIME);
	for (const name of TEXTS) {
		const text = value[name];
		if (text !== undefined && typeof text !== 'string') return refuse('envelope', `/${name}`, TEXT);
	}
	const content = value['datacontenttype'];
	if (content !== undefined && !/^application\/(?:[\w.-]+\+)?json\b/i.test(content as string)) {
		return refuse('envelope', '/datacontenttype', { en: 'expected application/json', zh: '应为 application/json' });
	}
	if (value['data_base64'] !== undefined)
		return refuse('envelope', '/data_base64', { en: 'expected data as JSON', zh: 'data 应为 JSON' });
	return null;
}

/** The known type that an unknown one most likely means: another version of it, or its name with a slip. */
function typeNear(type: string): string | undefined {
	const name = nearest(type.replace(/^com\.hotcard\./, '').replace(/\.v\d+$/, ''), Object.keys(CATALOGUE));
	return name === undefined ? undefined : typeOf(name as EventName);
}

/**
 * Checks one CloudEvent of ours: its envelope, then `data` against the schema of its type. Fields nobody knows are kept.
 * Codes: `envelope`, `unknown-type`, `schema`; the pointer says where, the detail what was expected.
 */
export function validateEvent(value: unknown): Validated {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return refuse('envelope', '', { en: 'expected a CloudEvent object', zh: '应为一个 CloudEvent 对象' });
	}
	const event = value as Record<string, unknown>;
	const bad = envelope(event);
	if (bad !== null) return bad;
	const name = nameOf(event['type'] as string);
	if (name === undefined) {
		const expected = { en: 'expected a type of the event catalogue', zh: '应为事件目录中的类型' };
		return refuse('unknown-type', '/type', withHint(expected, typeNear(event['type'] as string)));
	}
	const checked = (CATALOGUE[name] as z.ZodType).safeParse(event['data']);
	if (checked.success) return { ok: true, event: value as DomainEvent };
	const issue = checked.error.issues[0]!;
	const known = Object.keys(CATALOGUE[name].shape);
	return refuse('schema', `/data${pointerOf(issue.path)}`, describe(issue, event['data'], known));
}
