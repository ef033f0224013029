import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Alias, type Document } from 'yaml';
import type * as z from 'zod';
import { HotcardError, type ErrorPlace } from './error.ts';
import type { Said } from './said.ts';
import { type Fault, mistakesOf, type Path, pointer } from './schema-mistakes.ts';

export type { Fault };

/** A YAML document that met its schema, with the way to point at any part of it. */
export interface Reading<T> {
	readonly value: T;
	/** The error for a part that means nothing, although its shape is right; thrown by the caller. */
	fault(path: Path, detail: string | Fault): HotcardError;
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

/** Mistakes of one file that are told at most. */
const MOST = 10;

/**
 * Reads YAML and checks it. Throws HotcardError `<kind>-invalid` with file, line, column, JSON pointer and what was expected, one line
 * for each mistake in the order of the file, what is missing last; its place is that of the first. `kind` is a word such as `policy`.
 */
export function readYaml<S extends z.ZodType>(
	text: string,
	file: string,
	kind: string,
	schema: S
): Reading<z.output<S>> {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
	const failure = (faults: readonly { offset: number; at: string; detail: string | Fault }[]) => {
		const told = faults.slice(0, MOST).map(({ offset, at, detail }) => {
			const { line, col: column } = lines.linePos(offset);
			const where = `${file}:${line}:${column} ${at === '' ? '' : `${at}: `}`;
			const { en, zh, suggestion }: Partial<Fault> = typeof detail === 'string' ? { en: detail } : detail;
			return { where, place: { file, line, column, pointer: at } satisfies ErrorPlace, en, zh, suggestion };
		});
		const { place, suggestion, zh: first } = told[0]!;
		const { length: n } = faults;
		const more = n - told.length;
		const message = [...told.map(({ where, en }) => where + en), ...(more > 0 ? [`and ${more} more`] : [])];
		const zh = [...told.map((each) => each.where + (each.zh ?? each.en)), ...(more > 0 ? [`另有 ${more} 处`] : [])];
		const { line } = place;
		return new HotcardError(`${kind}-invalid`, message.join('\n'), {
			place,
			suggestion,
			remedy:
				n === 1
					? `Correct ${file} at line ${line} and try again.`
					: `Correct these ${n} places of ${file}, the first at line ${line}, and try again.`,
			zh: {
				...(n === 1 && first === undefined ? {} : { message: zh.join('\n') }),
				remedy:
					n === 1
						? `请修改 ${file} 第 ${line} 行后重试。`
						: `请修改 ${file} 的这 ${n} 处（首处在第 ${line} 行）后重试。`
			}
		});
	};
	const broken = document.errors[0];
	if (broken) {
		const why = broken.message.split('\n')[0]?.replace(/ at line .*$/, '');
		const detail = { en: `expected YAML: ${why}`, zh: `不是有效的 YAML：${why}` };
		throw failure([{ offset: broken.pos[0], at: '', detail }]);
	}
	const read = valuesOf(document);
	if ('at' in read) throw failure([{ offset: read.at, at: '', detail: read }]);
	const raw = read.values;
	const checked = schema.safeParse(raw);
	const placed = (path: Path, detail: string | Fault, asKey = false) => {
		return { offset: offsetOf(document, path, asKey), at: pointer(path), detail };
	};
	if (!checked.success) {
		const mistakes = mistakesOf(checked.error.issues, schema, raw).map(({ path, asKey, missing, detail }) => {
			return { missing, ...placed(path, detail, asKey) };
		});
		throw failure(mistakes.sort((a, b) => Number(a.missing) - Number(b.missing) || a.offset - b.offset));
	}
	return { value: checked.data, fault: (path, detail) => failure([placed(path, detail)]) };
}
