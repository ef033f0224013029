import { createRawSnippet } from 'svelte';
import { render } from 'svelte/server';
import { beforeEach, describe, expect, it } from 'vitest';
import StatusMark from '../../../src/lib/components/StatusMark.svelte';
import Tile from '../../../src/lib/components/Tile.svelte';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';

const children = createRawSnippet(() => ({ render: () => '<p>17</p>' }));
const text = (html: string) =>
	html
		.replace(/<!--.*?-->/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

describe('a tile', () => {
	beforeEach(() => overwriteGetLocale(() => 'en'));

	it('shows its content while it is fresh', () => {
		const { body } = render(Tile, { props: { title: 'Stock', age: 0, children } });
		expect(text(body)).toBe('Stock just now 17');
		expect(body).not.toContain('stale');
	});
	it('greys and says since when once it is old', () => {
		const { body } = render(Tile, { props: { title: 'Stock', age: 60_000, children } });
		expect(body).toContain('stale');
		expect(text(body)).toMatch(/no update since \d\d:\d\d:\d\d/);
	});
	it('says why it is empty and never a figure', () => {
		const { body } = render(Tile, { props: { title: 'Stock', empty: 'no stock events yet', children } });
		expect(text(body)).toBe('Stock no stock events yet');
	});
	it('hands its table out, and has no twin of it where it is a table itself', () => {
		const table = { title: 'Stock', columns: [{ id: 'a', name: 'A' }], rows: [['x']] };
		const shown = (tabular: boolean) =>
			render(Tile, { props: { title: 'Stock', sheet: { name: 'stock', lane: 'demo', table }, tabular, children } })
				.body;
		expect(shown(false)).toContain('<table');
		expect(shown(true)).not.toContain('<table');
		expect(shown(true)).toMatch(/aria-label="[^"]*Stock[^"]*CSV|aria-label="[^"]*CSV[^"]*"/);
	});
	it('says what failed in Chinese, too, and in English only where nothing else was given', () => {
		overwriteGetLocale(() => 'zh-CN');
		const told = (error: { detail: string; detailZh?: string; remedy?: string; remedyZh?: string }) =>
			text(render(Tile, { props: { title: '库存', error, children } }).body);
		const both = { detail: 'no such lane', detailZh: '没有这个泳道', remedy: 'Name another.', remedyZh: '请写别的。' };
		expect(told(both)).toMatch(/没有这个泳道 请写别的。$/);
		expect(told({ detail: 'no such lane' })).toContain('no such lane');
	});
	it('says what failed and offers to try again', () => {
		const error = { detail: 'the engine is starting', remedy: 'Wait a moment.' };
		const { body } = render(Tile, { props: { title: 'Stock', error, retry: () => {}, children } });
		expect(text(body)).toBe('Stock Stock could not be read the engine is starting Wait a moment. Try again');
		expect(body).toContain('role="alert"');
	});
});

describe('a status', () => {
	it('is a shape and a word, also where the word is not seen', () => {
		for (const status of ['broken', 'soon', 'fine', 'info', 'unknown', 'at_risk'] as const) {
			const { body } = render(StatusMark, { props: { status, word: false } });
			expect(body).toContain('<path');
			expect(text(body)).not.toBe('');
		}
	});
	it('has a shape of its own for each of broken, soon and fine', () => {
		const shape = (status: 'broken' | 'soon' | 'fine') =>
			/d="([^"]+)"/.exec(render(StatusMark, { props: { status } }).body)?.[1];
		expect(new Set([shape('broken'), shape('soon'), shape('fine')]).size).toBe(3);
	});
});
