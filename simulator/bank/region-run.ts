import { join } from 'node:path';
import { DAY, HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { type BankOptions, runName } from './bank.ts';
import { lineWriter } from './envelope.ts';
import { LineFile } from './line-file.ts';
import { createNetwork } from './network.ts';
import { ParquetFile } from './parquet-file.ts';
import { openRegion } from './region.ts';
import { regionName, regionsOf } from './regions.ts';
import { dateOf, type Format, linesFile, ORACLE, parquetFile, partOf } from './run-files.ts';
import { RunRecorder, type Sink } from './run-recorder.ts';

/** One region of a bank over the whole time of a run. */
export interface RegionTask {
	options: BankOptions;
	days: number;
	/** Which region, from 0. */
	region: number;
	/** Where files go; nothing is written without it. */
	folder: string | null;
	formats: readonly Format[];
}

export interface RegionAnswer {
	events: number;
	cases: number;
}

/** Lets a region live for some days and writes what it says, a file a day and format. */
export function runRegion({ options, days, region: index, folder, formats }: RegionTask): RegionAnswer {
	const of = createNetwork(options.seed, options.branches ?? 200, options.profile);
	const all = regionsOf(of);
	const run = runName(options, of.length);
	const name = regionName(index);
	const file = (whole: string): string => join(folder ?? '', all.length === 1 ? whole : partOf(whole, index));
	const oracle = folder === null ? null : new LineFile(file(ORACLE));
	const end = options.start + days * DAY;
	const recorder = new RunRecorder(run, name, end, oracle);
	// What a region says while it opens belongs to the first day.
	recorder.sinks = sinksOf(options.start);
	const region = openRegion(options, { name, branches: all[index] ?? [], of }, recorder);
	for (let day = options.start; day < end; day += DAY) {
		if (day > options.start) recorder.sinks = sinksOf(day);
		for (let at = day + HOUR; at <= day + DAY; at += HOUR) {
			region.advance(at);
			recorder.flush(at);
		}
		for (const sink of recorder.sinks) sink.close();
	}
	oracle?.close();
	return { events: recorder.events, cases: recorder.cases };

	function sinksOf(day: Millis): Sink[] {
		if (folder === null) return [];
		const date = dateOf(day);
		return formats.map((format) => {
			if (format === 'parquet') return new ParquetFile(join(folder, parquetFile(date, index, all.length)), run);
			const lines = new LineFile(file(linesFile(date)));
			const write = lineWriter(run);
			return { add: (entry) => lines.add(write(entry)), close: () => lines.close() };
		});
	}
}
