import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import * as z from 'zod';
import { HotcardError, type ErrorPlace } from './error.ts';
import { nearest } from './nearest.ts';

type Path = readonly PropertyKey[];
interface JsonSchema {
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly additionalProperties?: JsonSchema | boolean;
	readonly items?: JsonSchema;
	readonly anyOf?: readonly JsonSchema[];
	readonly $ref?: string;
	readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** A YAML document that met its schema, with the way to point at any part of it. */
export interface Reading<T> {
	readonly value: T;
	/** The error for a part that means nothing, although its shape is right; thrown by the caller. */
	fault(path: Path, detail: string): HotcardError;
}

function pointer(path: Path): string {
	return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Where a path stands in the text: the value at its end, the key if `asKey`, or the nearest part above that exists. */
function offsetOf(document: Document, path: Path, asKey: boolean): number {
	let node: unknown = document.contents;
	let offset = isNode(node) && node.range ? node.range[0] : 0;
	for (const [no, step] of path.entries()) {
		let key: unknown;
		if (isMap(node)) {
			// Keys such as a year are numbers to YAML and text to the schema.
			const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
			key = pair?.key;
			node = pair?.value;
		} else node = isSeq(node) ? node.items[Number(step)] : undefined;
		const at = isNode(key) && (!isNode(node) || (asKey && no === path.length - 1)) ? key : node;
		if (!isNode(at) || !at.range) break;
		offset = at.range[0];
	}
	return offset;
}

function knownKeys(schema: JsonSchema, root: JsonSchema, path: Path): string[] {
	if (schema.$ref) {
		const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
		return target ? knownKeys(target, root, path) : [];
	}
	if (schema.anyOf) return schema.anyOf.flatMap((one) => knownKeys(one, root, path));
	const [head, ...rest] = path;
	if (head === undefined) return Object.keys(schema.properties ?? {});
	if (typeof head === 'number') return schema.items ? knownKeys(schema.items, root, rest) : [];
	const named = schema.properties?.[String(head)] ?? schema.additionalProperties;
	return typeof named === 'object' ? knownKeys(named, root, rest) : [];
}

function list(words: readonly string[]): string {
	return words.length > 12 ? `${words.slice(0, 12).join(', ')} …` : words.join(', ');
}

function suggestion(word: unknown, known: readonly string[]): string {
	const near = typeof word === 'string' ? nearest(word, known) : undefined;
	return near === undefined ? '' : ` (did you mean "${near}"?)`;
}

function found(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function detailOf(issue: z.core.$ZodIssue, root: JsonSchema, at: unknown): string {
	switch (issue.code) {
		case 'unrecognized_keys': {
			const known = knownKeys(root, root, issue.path);
			return `unknown key "${issue.keys[0]}", expected one of ${list(known)}${suggestion(issue.keys[0], known)}`;
		}
		case 'invalid_value': {
			const known = issue.values.map(String);
			return `expected one of ${list(known)}, found ${found(at)}${suggestion(at, known)}`;
		}
		case 'invalid_type':
			return `expected ${issue.expected}, found ${found(at)}`;
		case 'too_big':
			return `expected at most ${issue.maximum}, found ${found(at)}`;
		case 'too_small':
			return `expected at least ${issue.minimum}, found ${found(at)}`;
		case 'invalid_key':
			return `${issue.issues[0]?.message ?? issue.message}, found "${String(issue.path.at(-1))}"`;
		default:
			return `${issue.message}, found ${found(at)}`;
	}
}

/**
 * The path as it is in the file and what stands there: one thing may stand for a list of one, and an event's name for a
 * whole match, so the schema's path can have steps that the file has not.
 */
function follow(raw: unknown, steps: Path): { path: Path; at: unknown } {
	const path: PropertyKey[] = [];
	let at = raw;
	for (const step of steps) {
		if (typeof at !== 'object' || at === null || (step === 0 && !Array.isArray(at))) continue;
		path.push(step);
		at = (at as Record<PropertyKey, unknown>)[step];
	}
	return { path, at };
}

/**
 * Reads YAML and checks it. Throws HotcardError `<kind>-invalid` with file, line, column, JSON pointer and what was expected.
 * `kind` is a word such as `policy`.
 */
export function readYaml<S extends z.ZodType>(
	text: string,
	file: string,
	kind: string,
	schema: S
): Reading<z.output<S>> {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
	const failure = (offset: number, at: string, detail: string) => {
		const { line, col } = lines.linePos(offset);
		const place: ErrorPlace = { file, line, column: col, pointer: at };
		return new HotcardError(`${kind}-invalid`, `${file}:${line}:${col} ${at === '' ? '' : `${at}: `}${detail}`, {
			place,
			remedy: `Correct ${file} at line ${line} and try again.`
		});
	};
	const broken = document.errors[0];
	if (broken)
		throw failure(broken.pos[0], '', `expected YAML: ${broken.message.split('\n')[0]?.replace(/ at line .*$/, '')}`);
	const raw: unknown = document.toJS();
	const checked = schema.safeParse(raw);
	const fault = (path: Path, detail: string, asKey = false) =>
		failure(offsetOf(document, path, asKey), pointer(path), detail);
	if (!checked.success) {
		const issue = checked.error.issues[0]!;
		const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema;
		const { path, at } = follow(raw, issue.path);
		const unknown = issue.code === 'unrecognized_keys';
		const where = unknown ? [...path, issue.keys[0]!] : path;
		throw fault(where, detailOf(issue, root, at), unknown || issue.code === 'invalid_key');
	}
	return { value: checked.data, fault };
}
