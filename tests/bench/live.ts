import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { systemClock } from '../../src/lib/server/clock.ts';
import { typeOf } from '../../src/lib/domain/events/catalogue.ts';
import { launchBrowser } from '../support/browser.ts';
import { serve } from '../support/command.ts';
import { keepSending, send } from './load.ts';
import { quantile, round } from './statistics.ts';
import { usageOf } from './usage.ts';

export interface LiveBench {
	viewers: number;
	eventsPerSecond: number;
	samples: number;
	ackToDomP50: number;
	ackToDomP95: number;
	ackToDomP99: number;
	cpuCores: number;
	rssMb: number;
}

export interface LiveOptions {
	viewers: number;
	rate: number;
	samples: number;
}

const CROWD = fileURLToPath(new URL('./crowd.ts', import.meta.url));
/** Cases of the load live 35 hours: their last events must not lie in the future. */
const LONGEST_LIFE = 40 * 3_600_000;

/** From the acknowledgement of an event to its row in a real browser's case page (ms), under load and with a crowd of sockets. */
export async function benchLive({ viewers, rate, samples }: LiveOptions): Promise<LiveBench> {
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-'));
	const server = await serve(dir);
	const browser = await launchBrowser();
	const crowd =
		viewers > 0
			? spawn(process.execPath, [CROWD, server.url, String(viewers)], { stdio: ['ignore', 'pipe', 'inherit'] })
			: undefined;
	const load = new AbortController();
	try {
		if (crowd?.stdout) await once(crowd.stdout, 'data');
		await send(server.url, step('probe-0', 0));
		const page = await browser.newPage();
		await page.goto(`${server.url}/en/cases/probe?lane=live`, { waitUntil: 'networkidle' });
		const loading = keepSending(server.url, rate, systemClock.now() - LONGEST_LIFE, load.signal);
		loading.catch(() => undefined);
		const before = usageOf(server.child.pid ?? 0);
		const began = performance.now();
		const delays: number[] = [];
		for (let number = 1; number <= samples; number++) {
			const seen = appearance(page, `probe step ${number}`);
			await send(server.url, step(`probe-${number}`, number));
			const acknowledged = performance.timeOrigin + performance.now();
			delays.push(Math.max(0, (await seen) - acknowledged));
			await wait(37);
		}
		const seconds = (performance.now() - began) / 1_000;
		const after = usageOf(server.child.pid ?? 0);
		load.abort();
		await loading;
		return {
			viewers,
			eventsPerSecond: rate,
			samples,
			ackToDomP50: round(quantile(delays, 0.5), 1),
			ackToDomP95: round(quantile(delays, 0.95), 1),
			ackToDomP99: round(quantile(delays, 0.99), 1),
			cpuCores: round((after.cpuSeconds - before.cpuSeconds) / seconds),
			rssMb: Math.round(after.peakRssMb)
		};
	} finally {
		load.abort();
		crowd?.kill();
		await browser.close();
		await server.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

/** Resolves with the wall time at which the text stood in the page. Source text, for it is browser code in a file of Node. */
function appearance(page: Page, text: string): Promise<number> {
	return page.evaluate<number>(`new Promise((resolve) => {
		const found = () => document.body.textContent?.includes(${JSON.stringify(text)}) ?? false;
		const done = () => resolve(performance.timeOrigin + performance.now());
		if (found()) return done();
		const observer = new MutationObserver(() => {
			if (!found()) return;
			observer.disconnect();
			done();
		});
		observer.observe(document.body, { subtree: true, childList: true, characterData: true });
	})`);
}

function step(id: string, number: number): string {
	const time = new Date(performance.timeOrigin + performance.now()).toISOString();
	const data = { caseId: 'probe', activity: `probe step ${number}` };
	return JSON.stringify([{ specversion: '1.0', id, source: '/bench/probe', type: typeOf('process.step'), time, data }]);
}
