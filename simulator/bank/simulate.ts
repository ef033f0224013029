import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { DAY, HOUR, type Millis } from '../../src/lib/domain/time.ts';
import type { AnyFault } from '../faults/read-faults.ts';
import { type BankOptions, createBank, runName } from './bank.ts';
import { runRegions } from './crew.ts';
import { checkSize } from './limits.ts';
import { mergeLines } from './merge-lines.ts';
import { createNetwork } from './network.ts';
import type { Profile } from './profile.ts';
import type { RegionTask } from './region-run.ts';
import { regionsOf } from './regions.ts';
import { dateOf, type Format, FORMATS, linesFile, ORACLE, parquetFile, partOf, RUN } from './run-files.ts';
import { inRunFolder } from './run-folder.ts';
import { withLoad } from './scale.ts';

export interface SimulateOptions {
	profile: Profile;
	/** First day, `YYYY-MM-DD` in the bank's zone. */
	from: string;
	days: number;
	seed: number;
	/** 200 unless told. */
	branches?: number;
	/** Cases a day of the whole bank, instead of the profile's. */
	casesPerDay?: number;
	/** What goes wrong on purpose. */
	faults?: readonly AnyFault[];
}

export interface FilesOptions {
	/** Both unless told. */
	formats?: readonly Format[];
	/** Threads, as many as the machine has unless told; they change nothing but the time it takes. */
	workers?: number;
}

export interface SimulateSummary {
	events: number;
	cases: number;
	/** Files of events, in the order of days and regions. */
	files: string[];
}

/** The bank's events hour by hour, in order of time, as fast as they are taken. */
export async function* simulate(options: SimulateOptions): AsyncGenerator<DomainEvent[]> {
	const of = bankOptions(options);
	const bank = createBank(of);
	const end = of.start + options.days * DAY;
	for (let at = of.start + HOUR; at <= end; at += HOUR) {
		const events = bank.advance(at);
		if (events.length > 0) yield events;
	}
}

/** Runs the regions of a bank and writes their events into a folder that is there, or nothing where none is named. */
export async function simulateRegions(
	options: SimulateOptions,
	folder: string | null,
	{ formats = FORMATS, workers = availableParallelism() }: FilesOptions = {}
): Promise<{ events: number; cases: number; regions: number }> {
	const of = bankOptions(options);
	const regions = regionsIn(of);
	const tasks = Array.from({ length: regions }, (_, region): RegionTask => {
		return { options: of, days: options.days, region, folder, formats };
	});
	const answers = await runRegions(tasks, workers);
	const sum = (name: 'events' | 'cases'): number => answers.reduce((total, answer) => total + answer[name], 0);
	return { events: sum('events'), cases: sum('cases'), regions };
}

/**
 * Writes a run: its events as NDJSON and Parquet, what truly happened as `oracle.ndjson`, and `run.json` with what made
 * them. The same options make the same bytes, whatever the number of workers. An earlier run in the folder is replaced.
 */
export async function simulateToFiles(
	options: SimulateOptions,
	folder: string,
	how: FilesOptions = {}
): Promise<SimulateSummary> {
	const { formats = FORMATS } = how;
	const of = bankOptions(options);
	const regions = regionsIn(of);
	const dates = Array.from({ length: options.days }, (_, day) => dateOf(of.start + day * DAY));
	const lines = formats.includes('ndjson') ? dates.map(linesFile) : [];
	const columns = dates.flatMap((date) => Array.from({ length: regions }, (_, at) => parquetFile(date, at, regions)));
	const files = [...lines, ...(formats.includes('parquet') ? columns : [])];
	const merged = regions > 1 ? [...lines, ORACLE] : [];
	const parts = merged.flatMap((file) => partsOf(file, regions));
	return inRunFolder(folder, [...files, ORACLE, ...parts], async () => {
		const { events, cases } = await simulateRegions(options, folder, how);
		for (const file of merged) merge(folder, file, regions);
		await writeRun(options, of, folder, { regions, events, cases, files });
		return { events, cases, files };
	});
}

/** `run.json`: what made the files, and which they are. */
async function writeRun(
	{ from, days, seed, faults = [] }: SimulateOptions,
	of: BankOptions,
	folder: string,
	{ regions, ...done }: SimulateSummary & { regions: number }
): Promise<void> {
	const { branches = 200, profile } = of;
	const run = {
		run: runName(of, branches),
		version: await version(),
		profile: profile.name,
		profileHash: createHash('sha256').update(JSON.stringify(profile)).digest('hex'),
		...{ from, days, seed, branches, regions, ...done },
		...(faults.length > 0 ? { faults: faults.map(({ name }) => name) } : {})
	};
	await writeFile(join(folder, RUN), `${JSON.stringify(run, null, '\t')}\n`);
}

function regionsIn({ seed, branches = 200, profile }: BankOptions): number {
	return regionsOf(createNetwork(seed, branches, profile)).length;
}

function partsOf(file: string, regions: number): string[] {
	return Array.from({ length: regions }, (_, region) => partOf(file, region));
}

function merge(folder: string, file: string, regions: number): void {
	const parts = partsOf(file, regions).map((part) => join(folder, part));
	mergeLines(parts, join(folder, file));
}

function bankOptions({
	profile,
	from,
	days,
	seed,
	branches = 200,
	casesPerDay,
	faults = []
}: SimulateOptions): BankOptions {
	checkSize({ days, branches, casesPerDay });
	const loaded = casesPerDay === undefined ? profile : withLoad(profile, branches, casesPerDay);
	const start = dayStart(from);
	return { seed, profile: loaded, start, branches, faults, undisturbedUntil: start + days * DAY };
}

/** Midnight of a day in the bank's zone; HotcardError `bad-option` where the text is none. */
export function dayStart(from: string): Millis {
	const start = /^\d{4}-\d{2}-\d{2}$/.test(from) ? Date.parse(`${from}T00:00:00+08:00`) : NaN;
	if (Number.isNaN(start))
		throw new HotcardError('bad-option', `from is "${from}", expected a date such as 2026-11-01`);
	return start;
}

async function version(): Promise<string> {
	const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}
