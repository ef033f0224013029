import * as places from '#lib/i18n/places.ts';
import type { Place } from '#lib/protocol/views.ts';

const MOST = 8;

/**
 * Branches whose id, name or city a text names, in either language: each of its words has to be found. Where the name or the
 * id begins with the text comes first; an empty text finds none.
 */
export function found(branches: readonly Place[], text: string, most = MOST): Place[] {
	const needle = text.trim().toLowerCase();
	const words = needle.split(/\s+/);
	if (needle === '') return [];
	const [first, later]: [Place[], Place[]] = [[], []];
	for (const branch of branches) {
		const { id, name, city } = branch;
		const names = [id, name, places.branch(name, 'en')].map((known) => known.toLowerCase());
		const all = [...names, city, places.city(city, 'en').toLowerCase()].join(' ');
		if (!words.every((word) => all.includes(word))) continue;
		(names.some((known) => known.startsWith(needle)) ? first : later).push(branch);
		if (first.length === most) break;
	}
	return [...first, ...later].slice(0, most);
}
