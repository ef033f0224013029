import type * as z from 'zod';
import { nearest } from '../nearest.ts';
import { KINDS, type Said } from '../said.ts';

/** What was expected of an event, in both languages, and the word that was most likely meant. */
export interface Expected extends Said {
	readonly suggestion?: string;
}

/** Units of what is counted when something is too short or too long. */
const UNITS: Readonly<Record<string, string>> = { string: ' 个字符', array: ' 项' };

/** The same with a question after it, where a word comes to mind. */
export function withHint({ en, zh }: Said, suggestion: string | undefined): Expected {
	if (suggestion === undefined) return { en, zh };
	return { en: `${en}; did you mean "${suggestion}"?`, zh: `${zh}；是否想写“${suggestion}”？`, suggestion };
}

/** The value at a path, or undefined where the path leads nowhere. */
function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
	let at = data;
	for (const step of path)
		at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined;
	return at;
}

/** The field that was sent under a name near the one that is missing. */
function sentAs(data: unknown, path: readonly PropertyKey[], known: readonly string[]): string | undefined {
	const missing = path.at(-1);
	const beside = valueAt(data, path.slice(0, -1));
	if (typeof missing !== 'string' || typeof beside !== 'object' || beside === null) return undefined;
	return nearest(
		missing,
		Object.keys(beside)
			.filter((key) => !known.includes(key))
			.slice(0, 100)
	);
}

function bound(issue: { origin: string; inclusive?: boolean | undefined }, least: boolean, amount: unknown): string {
	const unit = UNITS[issue.origin] ?? '';
	if (unit !== '') return `${least ? '至少' : '最多'} ${String(amount)}${unit}`;
	if (issue.inclusive === false) return `${least ? '须大于' : '须小于'} ${String(amount)}`;
	return `${least ? '不得小于' : '不得大于'} ${String(amount)}`;
}

function chinese(issue: z.core.$ZodIssue, missing: boolean): string {
	switch (issue.code) {
		case 'invalid_type': {
			const kind = KINDS[issue.expected] ?? issue.expected;
			return missing ? `缺少此项，应为${kind}` : `应为${kind}`;
		}
		case 'invalid_value':
			return `${missing ? '缺少此项，' : ''}应为以下之一：${issue.values.map(String).join('、')}`;
		case 'too_small':
			return bound(issue, true, issue.minimum);
		case 'too_big':
			return bound(issue, false, issue.maximum);
		case 'invalid_format':
			return `格式不符，应为 ${issue.pattern ?? issue.format}`;
		default:
			return `不符合要求（${issue.message}）`;
	}
}

/** Says what the schema of a type found wrong with `data`; `known` are the fields that the schema names. */
export function describe(issue: z.core.$ZodIssue, data: unknown, known: readonly string[]): Expected {
	const text = issue.message.replace(/^Invalid (?:input|string|option|number)?:? ?/, '');
	const en = text.startsWith('expected') || text.startsWith('Too') || text.startsWith('must') ? text : issue.message;
	const value = valueAt(data, issue.path);
	const said = { en, zh: chinese(issue, value === undefined) };
	if (value === undefined) {
		const sent = sentAs(data, issue.path, known);
		if (sent === undefined) return said;
		const both = { en: `${said.en} ("${sent}" was sent)`, zh: `${said.zh}（收到的是“${sent}”）` };
		return withHint(both, String(issue.path.at(-1)));
	}
	if (issue.code !== 'invalid_value' || typeof value !== 'string') return said;
	return withHint(said, nearest(value, issue.values.map(String)));
}
