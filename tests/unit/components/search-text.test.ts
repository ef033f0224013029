import { expect, test } from 'vitest';
import { SearchText } from '../../../src/lib/components/search-text.svelte.ts';

/** A search box whose link and time the test moves. */
function box() {
	let link = '';
	let due: (() => void) | null = null;
	const asked: { text: string; land: () => void }[] = [];
	const clock = {
		now: () => 0,
		after: (_: number, callback: () => void) => {
			due = callback;
			return () => (due = null);
		}
	};
	const find = (text: string) =>
		new Promise<void>((resolve) =>
			asked.push({
				text,
				land: () => {
					link = text;
					resolve();
				}
			})
		);
	const search = new SearchText(() => link, find, clock);
	const wait = () => {
		const run = due;
		due = null;
		run?.();
	};
	return {
		search,
		asked,
		wait,
		visit: (text: string) => (link = text),
		settled: () => Promise.resolve().then(() => {})
	};
}

test('what is typed stays while the page of an earlier letter comes', () => {
	const { search, asked, wait } = box();
	search.focus();
	search.type('c');
	wait();
	search.type('c-1');
	asked[0]!.land();
	expect(search.text).toBe('c-1');
	wait();
	expect(asked.map(({ text }) => text)).toEqual(['c', 'c-1']);
});

test('the box says what the link says once nobody types in it', async () => {
	const { search, asked, wait, visit, settled } = box();
	search.focus();
	search.type('abc');
	wait();
	search.blur();
	expect(search.text).toBe('abc');
	asked[0]!.land();
	await settled();
	await settled();
	visit('');
	expect(search.text).toBe('');
});

test('a box that is gone looks for nothing any more', () => {
	const { search, asked, wait } = box();
	search.focus();
	search.type('abc');
	search.stop();
	wait();
	expect(asked).toEqual([]);
});
