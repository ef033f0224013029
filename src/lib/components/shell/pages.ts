import { m } from '#lib/i18n/paraglide/messages.js';
import { readRange } from '../range.ts';

/** What a page shows where the link names no range; pages that are not named show all times, whatever the link says. */
export const USUAL_RANGE: Readonly<Record<string, () => string>> = {
	'/': m.range_today,
	'/branches': m.range_28d,
	'/cases': m.range_all
};

/** The pages that exist, in the order of the navigation; `key` is pressed after `g`. */
export const PAGES = [
	{ path: '/', name: m.nav_overview, key: 'o' },
	{ path: '/cases', name: m.nav_cases, key: 'c' },
	{ path: '/branches', name: m.nav_branches, key: 'b' },
	{ path: '/log', name: m.nav_log, key: 'l' },
	{ path: '/quarantine', name: m.nav_quarantine, key: 'q' },
	{ path: '/import', name: m.nav_import, key: 'i' },
	{ path: '/simulator', name: m.simulator_title, key: 's' }
] as const;

/** Whether a page shows a range that has ended. On a page that shows all times a range merely travels along. */
export function showsHistory(path: string, query: URLSearchParams, now: number): boolean {
	return USUAL_RANGE[path] !== undefined && readRange(query.get('from'), query.get('to'), now)?.live === false;
}
