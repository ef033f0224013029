import type * as z from 'zod';
import { CATALOGUE, nameOf } from './catalogue.ts';
import type { DomainEvent } from './event.ts';
import { parseTime } from './rfc3339.ts';

export type Validated = { ok: true; event: DomainEvent } | { ok: false; code: string; pointer: string; detail: string };

const TEXTS = [
	'subject',
	'datacontenttype',
	'dataschema',
	'partitionkey',
	'sequence',
	'traceparent',
	'simrun'
] as const;

function refuse(code: string, pointer: string, detail: string): Validated {
	return { ok: false, code, pointer, detail };
}

/** A JSON pointer (RFC 6901) from path steps. */
export function pointerOf(path: readonly PropertyKey[]): string {
	let pointer = '';
	for (const step of path) pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
	return pointer;
}

function envelope(value: Record<string, unknown>): Validated | null {
	if (value['specversion'] !== '1.0') return refuse('envelope', '/specversion', 'expected "1.0"');
	for (const name of ['id', 'source', 'type'] as const) {
		const text = value[name];
		if (typeof text !== 'string' || text === '') return refuse('envelope', `/${name}`, 'expected a non-empty string');
	}
	const time = value['time'];
	if (typeof time !== 'string') return refuse('envelope', '/time', 'expected an RFC 3339 time with offset');
	const at = parseTime(time);
	if (at !== at)
		return refuse('envelope', '/time', 'expected an RFC 3339 time with offset, such as 2026-11-22T10:03:11+08:00');
	for (const name of TEXTS) {
		const text = value[name];
		if (text !== undefined && typeof text !== 'string') return refuse('envelope', `/${name}`, 'expected a string');
	}
	const content = value['datacontenttype'];
	if (content !== undefined && !/^application\/(?:[\w.-]+\+)?json\b/i.test(content as string)) {
		return refuse('envelope', '/datacontenttype', 'expected application/json');
	}
	if (value['data_base64'] !== undefined) return refuse('envelope', '/data_base64', 'expected data as JSON');
	return null;
}

function describe(issue: z.core.$ZodIssue): string {
	const text = issue.message.replace(/^Invalid (?:input|string|option|number)?:? ?/, '');
	return text.startsWith('expected') || text.startsWith('Too') ? text : issue.message;
}

/**
 * Checks one CloudEvent of ours: its envelope, then `data` against the schema of its type. Fields nobody knows are kept.
 * Codes: `envelope`, `unknown-type`, `schema`; the pointer says where, the detail what was expected.
 */
export function validateEvent(value: unknown): Validated {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return refuse('envelope', '', 'expected a CloudEvent object');
	}
	const event = value as Record<string, unknown>;
	const bad = envelope(event);
	if (bad !== null) return bad;
	const name = nameOf(event['type'] as string);
	if (name === undefined) return refuse('unknown-type', '/type', 'expected a type of the event catalogue');
	const checked = (CATALOGUE[name] as z.ZodType).safeParse(event['data']);
	if (checked.success) return { ok: true, event: value as DomainEvent };
	const issue = checked.error.issues[0]!;
	return refuse('schema', `/data${pointerOf(issue.path)}`, describe(issue));
}
