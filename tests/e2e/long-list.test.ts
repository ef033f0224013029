import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { launchBrowser } from '../support/browser.ts';

const STAGE = fileURLToPath(new URL('long-list.stage.svelte.ts', import.meta.url));
const TOTAL = 1_000_000;

interface Stage {
	asked: { offset: number; limit: number }[];
	reveal(index: number): void;
}

let browser: Browser;
let page: Page;

beforeAll(async () => {
	const made = await build({
		configFile: false,
		logLevel: 'error',
		plugins: [svelte({ configFile: false, compilerOptions: { runes: true, css: 'injected' } })],
		build: { write: false, minify: false, lib: { entry: STAGE, formats: ['es'], fileName: () => 'stage.mjs' } }
	});
	const [bundle] = Array.isArray(made) ? made : [made];
	if (bundle === undefined || !('output' in bundle)) throw new Error('nothing was built');
	browser = await launchBrowser();
	page = await browser.newPage();
	await page.setContent(
		'<style>.overflow-y-auto { overflow-y: auto; flex: 1; position: relative } .absolute { position: absolute }</style>'
	);
	await page.addScriptTag({ type: 'module', content: bundle.output[0].code });
	await page.locator('.row').first().waitFor();
});

afterAll(() => browser?.close());

const shown = () => page.locator('.row').allInnerTexts();
const asked = () => page.evaluate(() => (window as unknown as Stage).asked);
const reveal = (index: number) => page.evaluate((at) => (window as unknown as Stage).reveal(at), index);

describe('a list of a million cases', () => {
	test('asks for one page at the start and lays out no more rows than are in sight', async () => {
		expect(await asked()).toEqual([{ offset: 0, limit: 150 }]);
		expect((await shown()).length).toBeLessThan(40);
	});

	test.each([0.25, 0.5, 0.999_9])('shows the rows at %d of its length and asks for their page alone', async (share) => {
		const before = (await asked()).length;
		const index = Math.floor(TOTAL * share);
		await reveal(index);
		await page.getByText(`C-${index}`, { exact: true }).waitFor();
		const since = (await asked()).slice(before);
		expect(since.length).toBe(1);
		const [last] = since;
		expect(index).toBeGreaterThanOrEqual(last?.offset ?? Infinity);
		expect(index).toBeLessThan((last?.offset ?? 0) + 150);
		expect((await shown()).length).toBeLessThan(40);
	});

	test('reaches its very last row', async () => {
		await reveal(TOTAL - 1);
		await page.getByText(`C-${TOTAL - 1}`, { exact: true }).waitFor();
		const box = await page.getByText(`C-${TOTAL - 1}`, { exact: true }).boundingBox();
		expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(610);
	});
});
