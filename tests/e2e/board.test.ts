import { AxeBuilder } from '@axe-core/playwright';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Serving, serve } from '../support/command.ts';

const PAGES = ['/', '/cases', '/branches', '/log', '/quarantine', '/import'] as const;
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

interface Visit {
	page: Page;
	context: BrowserContext;
	/** Console errors, page errors and requests that left the machine or failed. */
	trouble: string[];
}

async function visit(path: string, scheme: 'light' | 'dark' = 'light'): Promise<Visit> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: scheme });
	const page = await context.newPage();
	const trouble: string[] = [];
	page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
	page.on('pageerror', (error) => trouble.push(error.message));
	page.on('request', (request) => {
		const { hostname, protocol } = new URL(request.url());
		if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1')
			trouble.push(`left the machine: ${request.url()}`);
	});
	const response = await page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' });
	expect(response?.status(), path).toBe(200);
	return { page, context, trouble };
}

describe('the board in a browser', () => {
	test.each(PAGES)('%s opens in both languages without trouble and asks nobody outside', async (path) => {
		for (const prefix of ['', '/en']) {
			const { page, context, trouble } = await visit(`${prefix}${path}`);
			expect(await page.locator('html').getAttribute('lang')).toBe(prefix === '' ? 'zh-CN' : 'en');
			expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
			expect(trouble, `${prefix}${path}`).toEqual([]);
			await context.close();
		}
	});

	test.each(['light', 'dark'] as const)('every page passes the accessibility rules in the %s theme', async (scheme) => {
		for (const path of PAGES) {
			const { page, context } = await visit(`/en${path}`, scheme);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
				.analyze();
			expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
			await context.close();
		}
	});

	test('shows an event that was acknowledged a moment ago without a reload', async () => {
		const { page, context } = await visit('/en/cases?lane=live');
		const time = new Date().toISOString();
		const data = {
			caseId: 'C-e2e',
			kind: 'formal',
			channel: 'counter',
			customerRef: 'cst_1',
			card: { token: 't', bin: '622848', last4: '6789' }
		};
		const event = { specversion: '1.0', id: 'e2e-1', source: '/e2e', type: 'com.hotcard.case.reported.v1', time, data };
		const answer = await fetch(`${server.url}/api/v1/events`, {
			method: 'POST',
			headers: { 'content-type': 'application/cloudevents+json' },
			body: JSON.stringify(event)
		});
		expect(answer.status).toBe(202);
		await page.getByText('C-e2e').first().waitFor({ timeout: 5_000 });
		await context.close();
	});

	test('the command palette leads to another page by keyboard alone', async () => {
		const { page, context } = await visit('/en/');
		await page.keyboard.press('Control+k');
		await page.keyboard.type('Branches');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/en\/branches/);
		await context.close();
	});
});
