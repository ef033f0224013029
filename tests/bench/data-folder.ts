import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/lib/domain/time.ts';
import { systemClock } from '../../src/lib/server/clock.ts';
import { Engine } from '../../src/lib/server/live/engine.ts';
import { policyOf } from '../../src/lib/server/live/policy-source.ts';
import type { EventLog, LogEntry } from '../../src/lib/server/log/port.ts';
import { openSqliteLog } from '../../src/lib/server/log/sqlite.ts';
import { loadPolicy } from '../../src/lib/server/policies.ts';
import { history, historyEnd, type HistoryOptions } from './history.ts';
import { round } from './statistics.ts';

/** Raised with every change of the history or of how it is written. */
const VERSION = 5;
const BATCH = 2_500;
const UNDER_WAY = 4;

export interface DataFolder extends HistoryOptions {
	dir: string;
	/** Events in the log. */
	head: number;
	logSeconds: number;
	/** Log to projections, live views and checkpoint, as at the first start of a server. */
	projectSeconds: number;
	projectedPerSecond: number;
	logBytesPerEvent: number;
	duckdbBytesPerEvent: number;
	checkpointMb: number;
}

/** A data folder with a history, built once and kept beside its facts. `base` defaults to the temporary folder of the system. */
export async function dataFolder(
	options: HistoryOptions,
	base: string = join(tmpdir(), 'hotcard-bench-data')
): Promise<DataFolder> {
	const { events, branches, days, seed } = options;
	const dir = join(base, `${events}-${branches}-${days}-${seed}-v${VERSION}`);
	const facts = join(dir, 'bench.json');
	const known = await readFile(facts, 'utf8').catch(() => undefined);
	if (known !== undefined) return { ...(JSON.parse(known) as DataFolder), dir };
	process.stderr.write(`building ${events} events in ${dir} (once; minutes at 12 million) …\n`);
	const building = `${dir}.building`;
	await rm(building, { recursive: true, force: true });
	await mkdir(building, { recursive: true });
	const made = await build(options, building);
	await writeFile(join(building, 'bench.json'), `${JSON.stringify(made, null, '\t')}\n`);
	await rm(dir, { recursive: true, force: true });
	await rename(building, dir);
	return { ...made, dir };
}

/** The clock of a bank that stands at the end of its history; timers run as ever. */
export const clockAtEnd = (options: HistoryOptions): Clock => {
	const offset = historyEnd(options) - systemClock.now();
	return { now: () => systemClock.now() + offset, after: systemClock.after };
};

/** Opens log and engine of a data folder in this thread. Close the engine first. */
export async function openFolder(dir: string, clock: Clock): Promise<{ log: EventLog; engine: Engine }> {
	const policy = policyOf(await loadPolicy(dir));
	const log = await openSqliteLog(dir, clock);
	const engine = new Engine({ file: join(dir, 'projections.duckdb'), policy, clock, log });
	await engine.recover();
	return { log, engine };
}

async function build(options: HistoryOptions, dir: string): Promise<DataFolder> {
	const clock = clockAtEnd(options);
	let began = performance.now();
	await writeLog(options, dir);
	const logSeconds = (performance.now() - began) / 1_000;
	process.stderr.write(`log written in ${logSeconds.toFixed(0)} s; projecting …\n`);
	began = performance.now();
	const { log, engine } = await openFolder(dir, clock);
	const projectSeconds = (performance.now() - began) / 1_000;
	const head = log.head();
	await engine.close();
	await log.close();
	const size = async (name: string): Promise<number> => (await stat(join(dir, name))).size;
	return {
		...options,
		dir,
		head,
		logSeconds: round(logSeconds),
		projectSeconds: round(projectSeconds),
		projectedPerSecond: Math.round(head / projectSeconds),
		logBytesPerEvent: round((await size('log.db')) / head, 1),
		duckdbBytesPerEvent: round((await size('projections.duckdb')) / head, 1),
		checkpointMb: round((await size('projections.duckdb.checkpoint')) / 2 ** 20, 1)
	};
}

async function writeLog(options: HistoryOptions, dir: string): Promise<void> {
	// Events are recorded when they happen, as by a server that was there.
	let now = 0;
	const log = await openSqliteLog(dir, { now: () => now, after: systemClock.after });
	const running: Promise<unknown>[] = [];
	let batch: LogEntry[] = [];
	for (const { at, entry } of history(options)) {
		batch.push(entry);
		now = Math.max(now, at);
		if (batch.length < BATCH) continue;
		running.push(log.append('live', batch));
		batch = [];
		if (running.length >= UNDER_WAY) await running.shift();
	}
	if (batch.length > 0) running.push(log.append('live', batch));
	await Promise.all(running);
	await log.close();
}
