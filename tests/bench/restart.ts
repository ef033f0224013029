import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Finished, hotcard, serve } from '../support/command.ts';
import { dataFolder } from './data-folder.ts';
import type { HistoryOptions } from './history.ts';
import { median, round } from './statistics.ts';
import { usageOf } from './usage.ts';

export interface RestartOptions extends HistoryOptions {
	data?: string;
	runs: number;
	/** Also measure `rebuild`: the projections anew from the log. */
	rebuild: boolean;
}

export interface RestartBench {
	events: number;
	runs: number;
	/** From the start of the process to the first Overview at the head of the log, medians, s. */
	afterStop: number;
	/** The same after a kill: no checkpoint at the end, write-ahead logs to recover. */
	afterKill: number;
	/** To the first page of the Overview as HTML with its figures. */
	toPage: number;
	rssMb: number;
	logBytesPerEvent: number;
	duckdbBytesPerEvent: number;
	checkpointMb: number;
	/** Events per second of the first projection and of `hotcard rebuild`. */
	projectedPerSecond: number;
	rebuiltPerSecond: number | null;
}

/** Starts a server on a data folder with a long history, again and again. */
export async function benchRestart(options: RestartOptions): Promise<RestartBench> {
	const folder = await dataFolder(options, options.data);
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-'));
	try {
		await cp(folder.dir, dir, { recursive: true });
		const views: number[] = [];
		const pages: number[] = [];
		const killed: number[] = [];
		let rssMb = 0;
		for (let run = 0; run < options.runs; run++) {
			const first = await startOnce(dir, folder.head, 'SIGKILL');
			const second = await startOnce(dir, folder.head, 'SIGTERM');
			// The first start of each pair follows a clean stop, the second a kill.
			views.push(first.view);
			pages.push(first.page);
			killed.push(second.view);
			rssMb = Math.max(rssMb, first.rssMb, second.rssMb);
		}
		return {
			events: folder.head,
			runs: options.runs,
			afterStop: round(median(views)),
			afterKill: round(median(killed)),
			toPage: round(median(pages)),
			rssMb: Math.round(rssMb),
			logBytesPerEvent: folder.logBytesPerEvent,
			duckdbBytesPerEvent: folder.duckdbBytesPerEvent,
			checkpointMb: folder.checkpointMb,
			projectedPerSecond: folder.projectedPerSecond,
			rebuiltPerSecond: options.rebuild ? await rebuild(dir) : null
		};
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
}

async function startOnce(
	dir: string,
	head: number,
	end: NodeJS.Signals
): Promise<{ view: number; page: number; rssMb: number }> {
	const began = performance.now();
	const server = await serve(dir);
	try {
		for (;;) {
			const response = await fetch(`${server.url}/api/v1/views/overview?lane=live`);
			const { offset } = (await response.json()) as { offset?: number };
			if (response.status === 200 && offset === head) break;
			if (offset !== undefined && offset > head) throw new Error(`offset ${offset} is beyond the head ${head}`);
			await wait(5);
		}
		const view = (performance.now() - began) / 1_000;
		const page = await fetch(`${server.url}/?lane=live`);
		const html = await page.text();
		if (page.status !== 200 || !html.includes('<h1')) throw new Error(`the Overview page answered ${page.status}`);
		return { view, page: (performance.now() - began) / 1_000, rssMb: usageOf(server.child.pid ?? 0).peakRssMb };
	} finally {
		await server.stop(end);
	}
}

async function rebuild(dir: string): Promise<number> {
	const done: Finished = await hotcard(['rebuild', '--data', dir, '--json']);
	if (done.code !== 0) throw new Error(done.err);
	const { events, seconds } = JSON.parse(done.out) as { events: number; seconds: number };
	return Math.round(events / seconds);
}
