import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';

export interface Picture {
	url: string;
	file: string;
	scheme: 'light' | 'dark';
	width: number;
	height: number;
}

/** Takes a picture of a page once it follows its server and its fonts are there. */
export async function take(browser: Browser, { url, file, scheme, width, height }: Picture): Promise<void> {
	const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
	const page = await context.newPage();
	await page.goto(url, { waitUntil: 'load' });
	const live = (word: string) => page.getByText(word, { exact: true });
	await live('实时').or(live('Live')).first().waitFor({ timeout: 15_000 });
	await page.evaluate(() => document.fonts.ready);
	await mkdir(dirname(file), { recursive: true });
	await page.screenshot({ path: file, animations: 'disabled' });
	await context.close();
}

/**
 * `node tests/e2e/pictures.ts [http://127.0.0.1:4600]` takes the README's picture from a running demo. The demo runs a day in
 * 24 minutes: take it while the clock of the lane shows a busy hour of a working day.
 */
async function main(server = 'http://127.0.0.1:4600'): Promise<void> {
	const browser = await launchBrowser();
	try {
		const file = 'docs/images/overview.png';
		await take(browser, { url: `${server}/?lane=demo`, file, scheme: 'light', width: 1440, height: 900 });
		process.stdout.write(`${file}\n`);
	} finally {
		await browser.close();
	}
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
	await main(process.argv[2]);
