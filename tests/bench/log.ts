import { performance } from 'node:perf_hooks';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../src/lib/server/clock.ts';
import type { LogEntry } from '../../src/lib/server/log/port.ts';
import { openSqliteLog } from '../../src/lib/server/log/sqlite.ts';
import { benchEvent } from './cases.ts';
import { quantile, round } from './statistics.ts';

export interface LogBenchOptions {
	events?: number;
	batch?: number;
	/** Appends under way at the same time. */
	connections?: number;
	/** Events per second to send; 0 = as fast as they are taken. */
	rate?: number;
}

const BASE = Date.parse('2026-11-01T00:00:00Z');

/** Appends batches of ready-made entries to a new SQLite log, then opens it again. Times in ms, `mainShare` of one core. */
export async function benchLog(options: LogBenchOptions = {}): Promise<Record<string, number>> {
	const { events = 500_000, batch = 250, connections = 8, rate = 0 } = options;
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-log-'));
	try {
		const log = await openSqliteLog(dir, systemClock);
		const batches: LogEntry[][] = [];
		for (let from = 0; from < events; from += batch) batches.push(made(from, Math.min(batch, events - from)));
		const bytes = batches.flat().reduce((sum, { line }) => sum + line.length + 1, 0);
		const latencies: number[] = [];
		let next = 0;
		const began = performance.now();
		const idle = performance.eventLoopUtilization();
		async function sender(): Promise<void> {
			for (;;) {
				const index = next++;
				const entries = batches[index];
				if (entries === undefined) return;
				const due = rate === 0 ? 0 : began + (index * batch * 1_000) / rate - performance.now();
				if (due > 0) await wait(due);
				const sent = performance.now();
				await log.append('live', entries);
				latencies.push(performance.now() - sent);
			}
		}
		await Promise.all(Array.from({ length: connections }, sender));
		const wall = performance.now() - began;
		const busy = performance.eventLoopUtilization(idle).active;
		await log.close();
		const opening = performance.now();
		const again = await openSqliteLog(dir, systemClock);
		const reopenMs = performance.now() - opening;
		const repeat = await again.append('live', batches[0] ?? []);
		await again.close();
		if (repeat.accepted !== 0) throw new Error('a repeated batch was taken twice');
		return {
			events,
			eventsPerSecond: Math.round((events * 1_000) / wall),
			ackP50: round(quantile(latencies, 0.5)),
			ackP99: round(quantile(latencies, 0.99)),
			ackMax: round(Math.max(...latencies)),
			mainShare: round(busy / wall),
			bytesPerEvent: round((await sizeOf(dir)) / events, 1),
			lineBytes: round(bytes / events, 1),
			reopenMs: round(reopenMs)
		};
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
}

function made(from: number, count: number): LogEntry[] {
	return Array.from({ length: count }, (_, i) => {
		const line = benchEvent('log', from + i, BASE);
		const { source, id } = JSON.parse(line) as { source: string; id: string };
		return { source, id, key: source, line };
	});
}

async function sizeOf(dir: string): Promise<number> {
	let bytes = 0;
	for (const name of await readdir(dir)) bytes += (await stat(join(dir, name))).size;
	return bytes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const [events, batch, connections, rate] = process.argv.slice(2).map(Number);
	const given = Object.entries({ events, batch, connections, rate }).filter(([, value]) => value !== undefined);
	const options = Object.fromEntries(given) as LogBenchOptions;
	process.stdout.write(`${JSON.stringify(await benchLog(options))}\n`);
}
