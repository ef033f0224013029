import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Alias, type Document } from 'yaml';
import * as z from 'zod';
import { HotcardError, type ErrorPlace } from './error.ts';
import { nearest } from './nearest.ts';
import { KINDS, type Said } from './said.ts';

type Path = readonly PropertyKey[];
interface JsonSchema {
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly additionalProperties?: JsonSchema | boolean;
	readonly items?: JsonSchema;
	readonly prefixItems?: readonly JsonSchema[];
	readonly anyOf?: readonly JsonSchema[];
	readonly $ref?: string;
	readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** What was expected and what was found instead, with the word that was most likely meant. */
export interface Fault extends Said {
	readonly suggestion?: string | undefined;
}

/** A YAML document that met its schema, with the way to point at any part of it. */
export interface Reading<T> {
	readonly value: T;
	/** The error for a part that means nothing, although its shape is right; thrown by the caller. */
	fault(path: Path, detail: string | Fault): HotcardError;
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
	if (typeof head === 'number') {
		const item = schema.prefixItems?.[head] ?? schema.items;
		return item ? knownKeys(item, root, rest) : [];
	}
	const named = schema.properties?.[String(head)] ?? schema.additionalProperties;
	return typeof named === 'object' ? knownKeys(named, root, rest) : [];
}

function list(words: readonly string[]): string {
	return words.length > 12 ? `${words.slice(0, 12).join(', ')} …` : words.join(', ');
}

/** A fault of a word that is none of the known ones. */
function strange(word: unknown, known: readonly string[], { en, zh }: Said): Fault {
	const suggestion = typeof word === 'string' ? nearest(word, known) : undefined;
	if (suggestion === undefined) return { en, zh };
	return { en: `${en} (did you mean "${suggestion}"?)`, zh: `${zh}（是否想写“${suggestion}”？）`, suggestion };
}

function found(value: unknown, nothing = 'nothing'): string {
	if (value === undefined) return nothing;
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function detailOf(issue: z.core.$ZodIssue, root: JsonSchema, at: unknown): Fault {
	const [en, zh] = [found(at), found(at, '空')];
	switch (issue.code) {
		case 'unrecognized_keys': {
			const known = knownKeys(root, root, issue.path);
			const key = issue.keys[0];
			return strange(key, known, {
				en: `unknown key "${key}", expected one of ${list(known)}`,
				zh: `不认识的键“${key}”，应为 ${list(known)} 之一`
			});
		}
		case 'invalid_value': {
			const known = issue.values.map(String);
			return strange(at, known, {
				en: `expected one of ${list(known)}, found ${en}`,
				zh: `应为 ${list(known)} 之一，实际为 ${zh}`
			});
		}
		case 'invalid_type':
			return {
				en: `expected ${issue.expected}, found ${en}`,
				zh: `应为${KINDS[issue.expected] ?? ` ${issue.expected}`}，实际为 ${zh}`
			};
		case 'too_big':
			return { en: `expected at most ${issue.maximum}, found ${en}`, zh: `最多 ${issue.maximum}，实际为 ${zh}` };
		case 'too_small':
			return { en: `expected at least ${issue.minimum}, found ${en}`, zh: `至少 ${issue.minimum}，实际为 ${zh}` };
		case 'invalid_key': {
			const key = String(issue.path.at(-1));
			const wanted = issue.issues[0]?.message ?? issue.message;
			return { en: `${wanted}, found "${key}"`, zh: `键“${key}”的写法不符合要求：${wanted}` };
		}
		default:
			return { en: `${issue.message}, found ${en}`, zh: `不符合要求（${issue.message}），实际为 ${zh}` };
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

/** The values of a document, or what keeps it from having any: aliases that stand for nothing, or for far too much. */
export function valuesOf(document: Document): { values: unknown } | (Said & { at: number }) {
	try {
		return { values: document.toJS() };
	} catch (cause) {
		const aliases: Alias[] = [];
		visit(document, { Alias: (_, alias) => void aliases.push(alias) });
		const dangling = aliases.find((alias) => alias.resolve(document) === undefined);
		const at = (dangling ?? aliases[0])?.range?.[0] ?? 0;
		if (!dangling) return { at, en: (cause as Error).message, zh: `别名过多：${(cause as Error).message}` };
		const { source } = dangling;
		return {
			at,
			en: `*${source} stands for nothing; write a text that begins with * in quotes`,
			zh: `*${source} 没有所指；以 * 开头的文本请加引号`
		};
	}
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
	const failure = (offset: number, at: string, detail: string | Fault) => {
		const { line, col } = lines.linePos(offset);
		const place: ErrorPlace = { file, line, column: col, pointer: at };
		const where = `${file}:${line}:${col} ${at === '' ? '' : `${at}: `}`;
		const { en, zh, suggestion }: Partial<Fault> = typeof detail === 'string' ? { en: detail } : detail;
		return new HotcardError(`${kind}-invalid`, `${where}${en}`, {
			place,
			suggestion,
			remedy: `Correct ${file} at line ${line} and try again.`,
			zh: { ...(zh === undefined ? {} : { message: `${where}${zh}` }), remedy: `请修改 ${file} 第 ${line} 行后重试。` }
		});
	};
	const broken = document.errors[0];
	if (broken) {
		const why = broken.message.split('\n')[0]?.replace(/ at line .*$/, '');
		throw failure(broken.pos[0], '', { en: `expected YAML: ${why}`, zh: `不是有效的 YAML：${why}` });
	}
	const read = valuesOf(document);
	if ('at' in read) throw failure(read.at, '', read);
	const raw = read.values;
	const checked = schema.safeParse(raw);
	const fault = (path: Path, detail: string | Fault, asKey = false) =>
		failure(offsetOf(document, path, asKey), pointer(path), detail);
	if (!checked.success) {
		// A key with a slip is unknown, and what it was meant for is missing: the slip is what helps.
		const { issues } = checked.error;
		const issue = issues.find((one) => one.code === 'unrecognized_keys') ?? issues[0]!;
		const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema;
		const { path, at } = follow(raw, issue.path);
		const unknown = issue.code === 'unrecognized_keys';
		const where = unknown ? [...path, issue.keys[0]!] : path;
		throw fault(where, detailOf(issue, root, at), unknown || issue.code === 'invalid_key');
	}
	return { value: checked.data, fault };
}
