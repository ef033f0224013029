import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { DAY, HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { createBank } from './bank.ts';
import type { Profile } from './profile.ts';

export interface SimulateOptions {
	profile: Profile;
	/** First day, `YYYY-MM-DD` in the bank's zone. */
	from: string;
	days: number;
	seed: number;
	branches?: number;
}

/** The bank's events hour by hour, in order of time, as fast as they are taken. */
export async function* simulate(options: SimulateOptions): AsyncGenerator<DomainEvent[]> {
	const start = dayStart(options.from);
	if (!Number.isInteger(options.days) || options.days < 1)
		throw new HotcardError('bad-option', `days is ${options.days}, expected a whole number above 0`);
	const { seed, profile, branches } = options;
	const bank = createBank({ seed, profile, start, ...(branches === undefined ? {} : { branches }) });
	const end = start + options.days * DAY;
	for (let at = start + HOUR; at <= end; at += HOUR) {
		const events = bank.advance(at);
		if (events.length > 0) yield events;
	}
}

export interface SimulateSummary {
	events: number;
	cases: number;
	files: string[];
}

/** Writes a run as NDJSON, one file a day, and `run.json` with what made it. */
export async function simulateToFiles(options: SimulateOptions, folder: string): Promise<SimulateSummary> {
	await mkdir(folder, { recursive: true });
	const summary: SimulateSummary = { events: 0, cases: 0, files: [] };
	let day = '';
	let file: ReturnType<typeof createWriteStream> | undefined;
	for await (const events of simulate(options)) {
		const date = (events[0] as DomainEvent).time.slice(0, 10);
		if (date !== day) {
			await closed(file);
			day = date;
			summary.files.push(`events-${date}.ndjson`);
			file = createWriteStream(join(folder, `events-${date}.ndjson`));
		}
		summary.events += events.length;
		summary.cases += events.filter((event) => event.type === 'com.hotcard.case.reported.v1').length;
		const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
		if (file && !file.write(text)) await once(file, 'drain');
	}
	await closed(file);
	const { profile, from, days, seed, branches = 200 } = options;
	const run = { profile: profile.name, from, days, seed, branches, ...summary };
	await writeFile(join(folder, 'run.json'), `${JSON.stringify(run, null, '\t')}\n`);
	return summary;
}

async function closed(file: ReturnType<typeof createWriteStream> | undefined): Promise<void> {
	if (!file) return;
	file.end();
	await once(file, 'close');
}

function dayStart(from: string): Millis {
	const start = /^\d{4}-\d{2}-\d{2}$/.test(from) ? Date.parse(`${from}T00:00:00+08:00`) : NaN;
	if (Number.isNaN(start))
		throw new HotcardError('bad-option', `from is "${from}", expected a date such as 2026-11-01`);
	return start;
}
