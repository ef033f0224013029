import { isMap, isScalar, LineCounter, type Node, parseDocument, type Document } from 'yaml';
import { type ErrorPlace, type ErrorWords, HotcardError } from '../../../domain/error.ts';
import { pointerOf } from '../../../domain/events/validate.ts';
import { type Mapping, mappingSchema } from './schema.ts';
import { valuesOf } from '../../../domain/read-yaml.ts';
import { nearest } from './nearest.ts';

/** A mapping that was checked, and the way to point into its text. */
export interface ReadMapping {
	mapping: Mapping;
	/** An error about the value at `path`, with file, line and column. */
	complain(path: readonly PropertyKey[], message: string, remedy: string, zh?: ErrorWords): HotcardError;
}

const REMEDY = 'See docs/bring-your-own-log.md, or take a mapping in scenarios/mappings/ as an example.';

/** The node at a path: the value's, or the key's where `key` is set; the closest parent where there is none. */
function nodeAt(document: Document, path: readonly PropertyKey[], key: boolean): Node | null {
	for (let length = path.length; length >= 0; length--) {
		const steps = path.slice(0, length);
		const parent = length === 0 ? null : (document.getIn(steps.slice(0, -1), true) as Node | undefined);
		if (key && length === path.length && isMap(parent)) {
			const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === steps.at(-1));
			if (pair) return pair.key as Node;
		}
		const node = (length === 0 ? document.contents : document.getIn(steps, true)) as Node | undefined | null;
		if (node?.range) return node;
	}
	return null;
}

interface Found {
	path: PropertyKey[];
	message: string;
	key?: boolean;
}

type Issue = {
	code: string;
	path: PropertyKey[];
	message: string;
	keys?: string[];
	values?: unknown[];
	errors?: Issue[][];
};

/** What is wrong, in words; a union speaks for its branch that got furthest. */
function explain(issue: Issue, value: unknown): Found {
	const { path } = issue;
	if (value === undefined && path.length === 1) {
		return {
			path,
			message: `"${String(path[0])}" is missing: a mapping names at least the columns case, activity and time`
		};
	}
	if (issue.code === 'unrecognized_keys') {
		const key = issue.keys?.[0] ?? '';
		const known = Object.keys(mappingSchema.shape);
		const best = nearest(
			key,
			path.length === 0
				? known
				: ['column', 'format', 'zone', 'optional', 'delimiter', 'quote', 'encoding', 'stage', 'final']
		);
		return {
			path: [...path, key],
			key: true,
			message: `unknown key "${key}"${best ? `; did you mean "${best}"?` : ''}`
		};
	}
	if (issue.code === 'invalid_union' && issue.errors) {
		const deep = typeof value === 'object' && value !== null;
		const branch = issue.errors.find((errors) =>
			errors.some((error) => error.path.length > 0 || error.code === 'unrecognized_keys')
		);
		if (deep && branch?.[0]) return explain({ ...branch[0], path: [...path, ...branch[0].path] }, undefined);
		return {
			path,
			message: `expected ${path[0] === 'attributes' ? '"all" or a list of columns' : 'the name of a column'}`
		};
	}
	if (issue.code === 'invalid_value' && issue.values) {
		const best = typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
		return { path, message: `expected ${issue.values.join(', ')}${best ? `; did you mean "${best}"?` : ''}` };
	}
	return { path, message: issue.message.replace(/^Invalid input: /, '') };
}

/** Reads and checks a mapping. Throws `mapping-invalid` with file, line, column, JSON pointer and what was expected. */
export function readMapping(text: string, file = 'mapping'): ReadMapping {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const fail = (message: string, place: ErrorPlace, remedy = REMEDY, zh: ErrorWords = {}): HotcardError => {
		const where = place.line === undefined ? file : `${file}:${place.line}:${place.column}`;
		const words = { ...zh, ...(zh.message === undefined ? {} : { message: `${where}：${zh.message}` }) };
		return new HotcardError('mapping-invalid', `${where}: ${message}`, {
			place: { file, ...place },
			remedy,
			zh: words
		});
	};
	const at = (offset: number): ErrorPlace => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	};
	const broken = document.errors[0];
	if (broken) throw fail(`this is not YAML: ${broken.message}`, at(broken.pos[0]));
	const values = valuesOf(document);
	if ('at' in values) throw fail(values.en, at(values.at), REMEDY, { message: values.zh });
	const raw = values.values;
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
		throw fail('expected keys such as case, activity and time', at(0));
	}
	const valueAt = (path: readonly PropertyKey[]): unknown =>
		path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step], raw);
	const complain = (
		path: readonly PropertyKey[],
		message: string,
		remedy: string,
		{ key = false, zh }: { key?: boolean; zh?: ErrorWords | undefined } = {}
	): HotcardError => {
		const node = nodeAt(document, path, key);
		return fail(message, { ...at(node?.range?.[0] ?? 0), pointer: pointerOf(path) }, remedy, zh);
	};
	const checked = mappingSchema.safeParse(raw);
	if (checked.success)
		return { mapping: checked.data, complain: (path, message, remedy, zh) => complain(path, message, remedy, { zh }) };
	const issue = checked.error.issues[0] as unknown as Issue;
	const found = explain(issue, valueAt(issue.path));
	throw complain(found.path, found.message, REMEDY, { key: found.key ?? false });
}
