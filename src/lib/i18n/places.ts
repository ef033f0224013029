import type { Locale } from './format.ts';
import places from './places.json' with { type: 'json' };

const { provinces, cities, streets } = places as Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Names have two to four signs in all but a few cities; the longest known one wins. */
const LONGEST = 5;

function known(table: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
	return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A province in the reader's language; one that we do not know keeps its own name. */
export function province(name: string, locale: Locale): string {
	return locale === 'en' ? (known(provinces, name) ?? name) : name;
}

/** A city in the reader's language; one that we do not know keeps its own name. */
export function city(name: string, locale: Locale): string {
	return locale === 'en' ? (known(cities, name) ?? name) : name;
}

/**
 * A branch in the reader's language: `杭州分行营业部` is `Hangzhou Main`, `杭州人民路支行` is `Hangzhou Renmin Rd`. A name that
 * is not made of a city and a part of it that we know stays as the bank wrote it.
 */
export function branch(name: string, locale: Locale): string {
	if (locale !== 'en') return name;
	for (let length = Math.min(LONGEST, name.length); length > 1; length -= 1) {
		const place = known(cities, name.slice(0, length));
		if (place === undefined) continue;
		const rest = name.slice(length);
		if (rest === '分行营业部') return `${place} Main`;
		const [, street = '', nth = ''] = /^(\D+)(\d*)支行$/.exec(rest) ?? [];
		const part = known(streets, street);
		if (part !== undefined) return `${place} ${part}${nth === '' ? '' : ` ${nth}`}`;
	}
	return name;
}
