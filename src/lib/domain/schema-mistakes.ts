import * as z from 'zod';
import { nearest } from './nearest.ts';
import { KINDS, type Said } from './said.ts';

export type Path = readonly PropertyKey[];
interface JsonSchema {
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly additionalProperties?: JsonSchema | boolean;
	readonly items?: JsonSchema;
	readonly prefixItems?: readonly JsonSchema[];
	readonly anyOf?: readonly JsonSchema[];
	/** Of a record: the words that its keys may be. */
	readonly propertyNames?: { readonly enum?: readonly string[] };
	readonly $ref?: string;
	readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** What was expected and what was found instead, with the word that was most likely meant. */
export interface Fault extends Said {
	readonly suggestion?: string | undefined;
}

export interface Mistake {
	readonly path: Path;
	/** The key is what is wrong, not its value. */
	readonly asKey: boolean;
	/** Nothing stands there. */
	readonly missing: boolean;
	readonly detail: Fault;
}

/** A path as a JSON pointer. */
export function pointer(path: Path): string {
	return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * What a schema's issues mean to who wrote the file, one for each thing to correct. A key with a slip is unknown, and what it was
 * meant for is missing: the slip is what helps.
 */
export function mistakesOf(issues: readonly z.core.$ZodIssue[], schema: z.ZodType, raw: unknown): Mistake[] {
	const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema;
	const mistakes = issues.flatMap((issue): Mistake[] => {
		const { path, at } = follow(raw, issue.path);
		if (issue.code === 'unrecognized_keys')
			return issue.keys.map((key) => ({
				path: [...path, key],
				asKey: true,
				missing: false,
				detail: detailOf(issue, root, at, key)
			}));
		const missing = at === undefined && path.length > 0;
		return [{ path, asKey: issue.code === 'invalid_key', missing, detail: detailOf(issue, root, at) }];
	});
	const meant = new Set(
		mistakes.flatMap(({ path, asKey, detail: { suggestion } }) =>
			asKey && suggestion !== undefined ? [pointer([...path.slice(0, -1), suggestion])] : []
		)
	);
	return mistakes.filter(({ path, missing }) => !missing || !meant.has(pointer(path)));
}

function knownKeys(schema: JsonSchema, root: JsonSchema, path: Path): string[] {
	if (schema.$ref) {
		const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
		return target ? knownKeys(target, root, path) : [];
	}
	if (schema.anyOf) return schema.anyOf.flatMap((one) => knownKeys(one, root, path));
	const [head, ...rest] = path;
	if (head === undefined) return [...Object.keys(schema.properties ?? {}), ...(schema.propertyNames?.enum ?? [])];
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

type Bounds = z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall;

/** Too much or too little of something; a list is counted, not copied out. */
function beyond(issue: Bounds, at: unknown): Fault {
	const big = issue.code === 'too_big';
	const bound = big ? issue.maximum : issue.minimum;
	if (Array.isArray(at)) {
		const n = `${bound} ${bound === 1 ? 'entry' : 'entries'}`;
		// A schema may say what it counts.
		const own = issue.message.startsWith('expected ') ? issue.message : undefined;
		const en = own ?? `expected ${issue.exact ? '' : big ? 'at most ' : 'at least '}${n}`;
		const zh = `${issue.exact ? '应为' : big ? '最多' : '至少'} ${bound} 项，实际为 ${at.length} 项`;
		return { en: `${en}, found ${at.length}`, zh };
	}
	if (typeof at === 'string' && !big && bound === 1)
		return { en: 'expected a text that is not empty', zh: '文本不得为空' };
	const [en, zh] = [found(at), found(at, '空')];
	if (issue.inclusive === false) {
		const [than, than_zh] = big ? ['less than', '小于'] : ['more than', '大于'];
		return { en: `expected ${than} ${bound}, found ${en}`, zh: `应${than_zh} ${bound}，实际为 ${zh}` };
	}
	return big
		? { en: `expected at most ${bound}, found ${en}`, zh: `最多 ${bound}，实际为 ${zh}` }
		: { en: `expected at least ${bound}, found ${en}`, zh: `至少 ${bound}，实际为 ${zh}` };
}

function detailOf(issue: z.core.$ZodIssue, root: JsonSchema, at: unknown, key?: string): Fault {
	const [en, zh] = [found(at), found(at, '空')];
	switch (issue.code) {
		case 'unrecognized_keys': {
			const known = knownKeys(root, root, issue.path);
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
		case 'too_small':
			return beyond(issue, at);
		case 'custom': {
			const own: unknown = issue.params?.['zh'];
			if (typeof own !== 'string') break;
			const plain = issue.params?.['plain'] === true;
			return { en: plain ? issue.message : `${issue.message}, found ${en}`, zh: plain ? own : `${own}，实际为 ${zh}` };
		}
		case 'invalid_key': {
			const key = String(issue.path.at(-1));
			const wanted = issue.issues[0]?.message ?? issue.message;
			return { en: `${wanted}, found "${key}"`, zh: `键“${key}”的写法不符合要求：${wanted}` };
		}
		default:
	}
	return { en: `${issue.message}, found ${en}`, zh: `不符合要求（${issue.message}），实际为 ${zh}` };
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
