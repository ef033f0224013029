import type * as z from 'zod';

type Section = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** What a section must not say, although the shape of it is right. `plain` where what was found says nothing. */
interface Nonsense {
	readonly path: Path;
	readonly en: string;
	readonly zh: string;
	readonly plain?: boolean;
}

/** Looks at one section; answers what is wrong with it, with paths from there. */
export type Rule = (section: Section) => readonly Nonsense[];

/** A section with rules that no single value can break. All of them are looked at, so that all mistakes are told at once. */
export function sensible<S extends z.ZodType>(schema: S, ...rules: readonly Rule[]): S {
	return schema.superRefine((value, context) => {
		for (const rule of rules)
			for (const { path, en, zh, plain } of rule(value as Section))
				context.addIssue({ code: 'custom', path: [...path], message: en, params: { zh, plain } });
	});
}

/** Numbers that must not fall from one key to the next, such as levels of money. */
export function rising(...keys: readonly string[]): Rule {
	return (section) =>
		keys.slice(1).flatMap((key, index) => {
			const before = keys[index] as string;
			const [low, high] = [section[before] as number, section[key] as number];
			if (low <= high) return [];
			return [{ path: [before], en: `expected at most ${key} (${high})`, zh: `不得大于 ${key}（${high}）` }];
		});
}

/** A time of day that must lie before another one. */
export function earlier(first: string, then: string): Rule {
	return (section) => {
		const [from, to] = [section[first] as number, section[then] as number];
		if (from < to) return [];
		return [{ path: [first], en: `expected an hour before ${then} (${to})`, zh: `应早于 ${then}（${to}）` }];
	};
}

/** Shares of one whole. */
export function together(...keys: readonly string[]): Rule {
	return (section) => {
		const sum = keys.reduce((total, key) => total + (section[key] as number), 0);
		// A sum of tenths may miss 1 by a hair.
		if (sum <= 1 + 1e-9) return [];
		const [last, found] = [keys.at(-1) as string, String(Math.round(sum * 1e6) / 1e6)];
		return [
			{
				path: [last],
				en: `expected ${keys.slice(0, -1).join(', ')} and ${last} to come to at most 1 together, found ${found}`,
				zh: `${keys.join('、')} 合计不得大于 1，实际为 ${found}`,
				plain: true
			}
		];
	};
}

/** Weights or hours of which at least one must count; `path` leads to them. */
export function someAbove0(...path: readonly string[]): Rule {
	return (section) => {
		let weights: unknown = section;
		for (const step of path) weights = (weights as Section)[step];
		if (Object.values(weights as object).some((weight) => (weight as number) > 0)) return [];
		return [{ path, en: 'expected at least one of them above 0', zh: '至少有一项应大于 0', plain: true }];
	};
}

/** Words that must differ from each other. */
export function different(key: string): Rule {
	return (section) => {
		const words = section[key] as readonly string[];
		return words.flatMap((word, index) =>
			words.indexOf(word) === index
				? []
				: [{ path: [key, index], en: 'expected a name that stands there only once', zh: '名称不得重复' }]
		);
	};
}
