import { m } from '#lib/i18n/paraglide/messages.js';

/** The pages that exist, in the order of the navigation; `key` is pressed after `g`. */
export const PAGES = [
	{ path: '/', name: m.nav_overview, key: 'o' },
	{ path: '/cases', name: m.nav_cases, key: 'c' },
	{ path: '/branches', name: m.nav_branches, key: 'b' },
	{ path: '/log', name: m.nav_log, key: 'l' },
	{ path: '/quarantine', name: m.nav_quarantine, key: 'q' },
	{ path: '/import', name: m.nav_import, key: 'i' }
] as const;
