import { expect, test } from 'vitest';
import { showsHistory } from '../../../src/lib/components/shell/pages.ts';
import { limitOf } from '../../../src/lib/components/stale.ts';
import { sameQuestion } from '../../../src/lib/components/url-state.svelte.ts';
import { listOf } from '../../../src/routes/cases/query.ts';

const NOW = Date.UTC(2026, 10, 23, 2);
const query = (text: string) => new URLSearchParams(text);

test('a page shows history only where it uses a range, and one that has ended', () => {
	const ended = query(`from=${NOW - 2_000}&to=${NOW - 1_000}`);
	expect(['/', '/cases', '/branches'].map((path) => showsHistory(path, ended, NOW))).toEqual([true, true, true]);
	expect(['/log', '/quarantine', '/cases/C-1'].map((path) => showsHistory(path, ended, NOW))).toEqual([
		false,
		false,
		false
	]);
	const going = [`from=now-1h`, `from=now-1h&to=now`, `to=${NOW}`, `from=${NOW}&to=${NOW - 1}`, ''];
	expect(going.map((text) => showsHistory('/', query(text), NOW))).toEqual([false, false, false, false, false]);
});

test('a case is opened from a list with its filters and order, and leads back to it', () => {
	const list = query(
		'lane=demo&from=now-1h&status=breached&stage=approve&text=a b&sort=opened&descending=1&selected=C-1'
	);
	expect(listOf(list)).toBe('status=breached&sort=opened&descending=1&stage=approve&text=a+b');
	expect(listOf(query('selected=C-1&lane=live'))).toBe('');
});

test('choosing, opening and pausing on a page ask the server for nothing, other changes do', () => {
	const from = new URL('http://bank/en/cases?lane=demo&status=open');
	const to = (link: string) => sameQuestion(from, new URL(link, from));
	expect(to('?lane=demo&status=open&selected=C-1&paused=1')).toBe(true);
	expect(to('?lane=demo&status=closed')).toBe(false);
	expect(to('/en/log?lane=demo&status=open')).toBe(false);
});

test('what is held still by its reader never counts as stale, the same on every page', () => {
	expect(limitOf({ paused: true })).toBe(Infinity);
	expect(limitOf({ paused: false })).toBe(15_000);
});
