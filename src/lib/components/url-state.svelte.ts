import { goto } from '$app/navigation';
import { page } from '$app/state';
import { localizeHref } from '#lib/i18n/paraglide/runtime.js';

/** What travels from page to page; everything else belongs to the page that wrote it. */
export const SHARED = ['lane', 'from', 'to', 'paused'] as const;

/** What only the screen reads: a change of these asks the server for nothing. */
const SCREEN = { selected: null, event: null, id: null, axis: null, paused: null } as const;

/** Whether a page needs nothing from the server to get from one link to the other. */
export function sameQuestion(from: URL, to: URL): boolean {
	return from.pathname === to.pathname && patched(from.search, SCREEN) === patched(to.search, SCREEN);
}

export type Patch = Record<string, string | number | boolean | null | undefined>;

/** `search` with the patch applied: null, undefined, false and '' remove a key. Keys keep their order, so equal states are equal links. */
export function patched(search: string, patch: Patch): string {
	const params = new URLSearchParams(search);
	for (const [key, value] of Object.entries(patch)) {
		if (value === null || value === undefined || value === false || value === '') params.delete(key);
		else params.set(key, value === true ? '1' : String(value));
	}
	const text = params.toString().replaceAll('%3A', ':');
	return text === '' ? '' : `?${text}`;
}

/** Only the keys that every page understands. */
export function shared(search: string): string {
	const params = new URLSearchParams(search);
	return patched('', Object.fromEntries(SHARED.map((key) => [key, params.get(key)])));
}

/** The state of the screen, which is its link. Reactive where it is read. */
export const urlState = {
	get: (key: string): string | null => page.url.searchParams.get(key),
	has: (key: string): boolean => page.url.searchParams.has(key),
	/** This page with some keys changed. */
	href: (patch: Patch): string => page.url.pathname + patched(page.url.search, patch),
	/** Another page of the product in the same language, lane and time range. `path` may bring a query of its own. */
	to(path: string, patch: Patch = {}): string {
		const [name = '/', own = ''] = path.split('?');
		const query = { ...Object.fromEntries(new URLSearchParams(own)), ...patch };
		return localizeHref(name) + patched(shared(page.url.search), query);
	},
	/** Changes this page's link; `replace` leaves no entry in the history (for typing and dragging). */
	set: (patch: Patch, options: { replace?: boolean } = {}): Promise<void> =>
		goto(page.url.pathname + patched(page.url.search, patch), {
			replaceState: options.replace ?? false,
			keepFocus: true,
			noScroll: true
		})
};
