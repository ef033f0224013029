import { AxeBuilder } from '@axe-core/playwright';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Serving, serve } from '../support/command.ts';
import { take } from './pictures.ts';
import { report, send, visit } from './visit.ts';

const PAGES = ['/', '/cases', '/branches', '/log', '/quarantine', '/import', '/simulator'] as const;
let dir: string;
let server: Serving;
let browser: Browser;

beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'hotcard-e2e-'));
	[server, browser] = await Promise.all([serve(dir, []), launchBrowser()]);
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await rm(dir, { recursive: true, force: true });
});

const open = (path: string, colorScheme: 'light' | 'dark' = 'light') =>
	visit(browser, `${server.url}${path}`, { colorScheme });

describe('the board in a browser', () => {
	test.each(PAGES)('%s opens in both languages without trouble and asks nobody outside', async (path) => {
		for (const prefix of ['', '/en']) {
			const { page, context, trouble } = await open(`${prefix}${path}`);
			expect(await page.locator('html').getAttribute('lang')).toBe(prefix === '' ? 'zh-CN' : 'en');
			expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
			expect(trouble, `${prefix}${path}`).toEqual([]);
			await context.close();
		}
	});

	test.each(['light', 'dark'] as const)('every page passes the accessibility rules in the %s theme', async (scheme) => {
		const found: string[] = [];
		for (const path of PAGES) {
			const { page, context } = await open(`/en${path}`, scheme);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
				.analyze();
			found.push(...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`));
			await context.close();
		}
		expect(found).toEqual([]);
	});

	test('shows an event that was acknowledged a moment ago without a reload', async () => {
		const { page, context } = await open('/en/cases?lane=live');
		expect(await send(server.url, 'case.reported', report('C-e2e'))).toBe(202);
		await page.getByText('C-e2e').first().waitFor({ timeout: 5_000 });
		await context.close();
	});

	test('the command palette leads to another page by keyboard alone', async () => {
		const { page, context } = await open('/en/');
		await page.keyboard.press('Control+k');
		await page.keyboard.type('Branches');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/en\/branches/);
		await context.close();
	});

	test('the command palette finds a branch while events keep coming, and leads to its numbers', async () => {
		const { page, context } = await open('/en/?lane=live');
		const places = ['杭州分行营业部', '上海人民路支行'];
		for (const [at, name] of places.entries()) {
			const city = name.slice(0, 2);
			expect(await send(server.url, 'branch.opened', { branchId: `P${at}`, name, city, province: city })).toBe(202);
		}
		await page.keyboard.press('Control+k');
		await page.getByRole('dialog').waitFor();
		await page.keyboard.type('hangzhou');
		expect(await send(server.url, 'case.reported', report('C-palette'))).toBe(202);
		await page.getByRole('link', { name: /Cases/ }).first().waitFor();
		await page.getByRole('option', { name: /Hangzhou Main/ }).waitFor();
		expect(await page.getByRole('combobox').inputValue()).toBe('hangzhou');
		await page.keyboard.press('Enter');
		await page.waitForURL(/branches\?.*branch=P0/);
		await page.getByRole('heading', { name: /Hangzhou Main/ }).waitFor();
		await context.close();
	});

	test('no page scrolls sideways on a screen of 1024 px', async () => {
		for (const path of PAGES) {
			for (const prefix of ['', '/en']) {
				const viewport = { width: 1024, height: 768 };
				const { page, context } = await visit(browser, `${server.url}${prefix}${path}`, { viewport });
				const wide = await page.evaluate(() =>
					[document.documentElement, document.querySelector('main')].map(
						(element) => (element?.scrollWidth ?? 0) - (element?.clientWidth ?? 0)
					)
				);
				expect([prefix, path, wide]).toEqual([prefix, path, [0, 0]]);
				await context.close();
			}
		}
	});

	test('every page is pictured in both languages and themes', async () => {
		for (const path of PAGES) {
			const name = path === '/' ? 'overview' : path.slice(1);
			for (const [prefix, scheme] of [
				['', 'light'],
				['/en', 'dark']
			] as const) {
				const file = `test-results/${name}-${prefix === '' ? 'zh' : 'en'}-${scheme}.png`;
				await take(browser, { url: `${server.url}${prefix}${path}`, file, scheme, width: 1280, height: 800 });
				expect((await stat(file)).size).toBeGreaterThan(10_000);
			}
		}
	});
});
