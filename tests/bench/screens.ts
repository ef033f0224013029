import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HeatmapView } from '../../src/lib/protocol/views.ts';
import { launchBrowser } from '../support/browser.ts';
import { serve } from '../support/command.ts';
import { dataFolder } from './data-folder.ts';
import { HISTORY_START, historyEnd, type HistoryOptions } from './history.ts';
import { quantile, round } from './statistics.ts';

export interface ScreensOptions extends HistoryOptions {
	data?: string;
	/** Times each thing is done. */
	times: number;
}

export interface ScreensBench {
	events: number;
	branches: number;
	/** Cells in sight, and the time to paint them again (ms). */
	cells: number;
	redrawP50: number;
	redrawP95: number;
	/** Per screen: first paint (ms), and what came over the wire at the first visit (KB). */
	screens: { screen: string; firstPaintP50: number; firstPaintP95: number; payloadKb: number; requests: number }[];
	/** From the click to the last change of the page that it caused (ms). */
	acts: { act: string; p50: number; p95: number }[];
}

const SIZE = { width: 1_600, height: 900 };
/** Tall enough that every branch of the default is in sight. */
const TALL = { width: 1_600, height: 3_600 };
const QUIET = 120;

/** Screens in a real browser: redraw of the heatmap, first paint, payload, and what a click costs. */
export async function benchScreens(options: ScreensOptions): Promise<ScreensBench> {
	const folder = await dataFolder(options, options.data);
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-'));
	await cp(folder.dir, dir, { recursive: true });
	const server = await serve(dir);
	const browser = await launchBrowser();
	try {
		const [from, to] = [HISTORY_START, historyEnd(options)];
		const address = `${server.url}/en/branches?lane=live&from=${from}&to=${to}`;
		const heat = await redraws(browser, address, options.times);
		const screens: ScreensBench['screens'] = [];
		for (const screen of ['/', '/cases', '/branches', '/log'])
			screens.push(await visits(browser, screen, `${server.url}/en${screen}?lane=live`, options.times));
		return {
			events: folder.head,
			branches: options.branches,
			cells: heat.rows * (await columnsOf(server.url, from, to)),
			redrawP50: round(quantile(heat.paints, 0.5), 1),
			redrawP95: round(quantile(heat.paints, 0.95), 1),
			screens,
			acts: await actsOf(browser, `${server.url}/en/cases?lane=live`, options.times)
		};
	} finally {
		await browser.close();
		await server.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

/**
 * Browser code, so text: notes how long each paint of the heatmap takes, from the canvas that it begins to the pixel that
 * can be read again: by then everything that was asked of the canvas has been done.
 */
const WATCH_PAINTS = `
	window.paints = [];
	const createElement = document.createElement;
	let under = false;
	document.createElement = function (...args) {
		if (args[0] === 'canvas' && !under) {
			under = true;
			const began = performance.now();
			queueMicrotask(() => {
				under = false;
				const canvas = document.querySelector('[role=application] canvas');
				if (canvas === null || canvas.width === 0) return;
				canvas.getContext('2d').getImageData(0, 0, 1, 1);
				window.paints.push(performance.now() - began);
			});
		}
		return createElement.apply(this, args);
	};
`;

/** Resolves with the first paint after `count` others. */
const paintAfter = (count: number): string => `new Promise((resolve) => {
	const look = () => (window.paints.length > ${count} ? resolve(window.paints[${count}]) : requestAnimationFrame(look));
	look();
})`;

/** The painting alone, every branch in sight, each time another measure. */
async function redraws(browser: Browser, url: string, times: number): Promise<{ rows: number; paints: number[] }> {
	const context = await browser.newContext({ viewport: TALL });
	try {
		const page = await context.newPage();
		await page.addInitScript(WATCH_PAINTS);
		await page.goto(url, { waitUntil: 'networkidle' });
		const measures = page.getByRole('navigation', { name: 'Measure' }).getByRole('link');
		const count = await measures.count();
		if (count < 2) throw new Error('the heatmap offers no measures');
		const paints: number[] = [];
		for (let run = 1; run <= times; run++) {
			const before = await page.evaluate<number>('window.paints.length');
			await measures.nth(run % count).click();
			paints.push(await page.evaluate<number>(paintAfter(before)));
		}
		return { rows: await rowsInSight(page), paints };
	} finally {
		await context.close();
	}
}

/** Branches whose line is drawn: the canvas paints those alone. */
const rowsInSight = (page: Page): Promise<number> =>
	page.evaluate(`document.querySelectorAll('[role=application] canvas ~ span.left-3').length`);

/** Columns of the heatmap: the hours in which any branch has a visit, from the first to the last, on each day. */
async function columnsOf(server: string, from: number, to: number): Promise<number> {
	const response = await fetch(`${server}/api/v1/views/branches?lane=live&measure=wait&from=${from}&to=${to}`);
	const { view } = (await response.json()) as { view: HeatmapView };
	const hours = view.counts.flatMap((count, at) => (count > 0 ? [at % 24] : []));
	const [first, last] = hours.reduce(([low, high], hour) => [Math.min(low, hour), Math.max(high, hour)], [24, -1]);
	return 7 * Math.max(0, last - first + 1);
}

async function visits(
	browser: Browser,
	screen: string,
	url: string,
	times: number
): Promise<ScreensBench['screens'][number]> {
	const paints: number[] = [];
	const sizes: number[] = [];
	let requests = 0;
	for (let run = 0; run < times; run++) {
		const context = await browser.newContext({ viewport: SIZE });
		try {
			const page = await context.newPage();
			await page.goto(url, { waitUntil: 'networkidle' });
			const { paint, bytes, count } = await page.evaluate<{ paint: number; bytes: number; count: number }>(`(() => {
				const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
				return {
					paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
					bytes: loaded.reduce((sum, entry) => sum + entry.transferSize, 0),
					count: loaded.length
				};
			})()`);
			paints.push(paint);
			sizes.push(bytes / 1_024);
			requests = count;
		} finally {
			await context.close();
		}
	}
	return {
		screen,
		firstPaintP50: round(quantile(paints, 0.5), 1),
		firstPaintP95: round(quantile(paints, 0.95), 1),
		payloadKb: round(quantile(sizes, 0.5), 1),
		requests
	};
}

async function actsOf(browser: Browser, url: string, times: number): Promise<ScreensBench['acts']> {
	const context: BrowserContext = await browser.newContext({ viewport: SIZE });
	try {
		const page = await context.newPage();
		const acts: [string, string][] = [
			['filter the cases', 'nav a[href*="stage="]:not([aria-current])'],
			['sort the cases', 'a[href*="descending="]'],
			['open a case', '[role=row] a[href*="/cases/"]']
		];
		const measured: ScreensBench['acts'] = [];
		for (const [act, selector] of acts) {
			const took: number[] = [];
			for (let run = 0; run < times; run++) {
				await page.goto(url, { waitUntil: 'networkidle' });
				took.push(await clicked(page, selector));
			}
			measured.push({ act, p50: round(quantile(took, 0.5), 1), p95: round(quantile(took, 0.95), 1) });
		}
		return measured;
	} finally {
		await context.close();
	}
}

/** Clicks and waits until the page has another address and has been still for a moment; answers when it last changed. */
function clicked(page: Page, selector: string): Promise<number> {
	return page.evaluate<number>(`new Promise((resolve, reject) => {
		const target = document.querySelector(${JSON.stringify(selector)});
		if (target === null) return reject(new Error('nothing to click: ' + ${JSON.stringify(selector)}));
		const address = location.href;
		const began = performance.now();
		let timer;
		const observer = new MutationObserver(() => {
			if (location.href === address) return;
			const took = performance.now() - began;
			clearTimeout(timer);
			timer = setTimeout(() => {
				observer.disconnect();
				resolve(took);
			}, ${QUIET});
		});
		observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
		target.click();
	})`);
}
