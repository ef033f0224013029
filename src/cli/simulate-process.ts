import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProcessProfile, readProcessProfile } from '../../simulator/process/profile.ts';
import { simulateProcess, type SimulateProcessOptions } from '../../simulator/process/simulate.ts';

/** The profile in a file of kind process; undefined where the file is another's, or none. Throws `profile-invalid`. */
export async function processProfileIn(file: string): Promise<ProcessProfile | undefined> {
	if (!/\.ya?ml$/.test(file)) return undefined;
	const text = await readFile(file, 'utf8').catch(() => '');
	return /^kind: process\s*$/m.test(text) ? readProcessProfile(text, file) : undefined;
}

/** Writes a process's events as NDJSON, one file a day of its zone, and `run.json` with what made them. */
export async function simulateProcessToFiles(
	profile: ProcessProfile,
	options: SimulateProcessOptions,
	folder: string
): Promise<{ events: number; cases: number; files: string[] }> {
	await mkdir(folder, { recursive: true });
	const cases = new Set<string>();
	const files: string[] = [];
	let count = 0;
	for (const events of simulateProcess(profile, options)) {
		const file = `events-${events[0]!.time.slice(0, 10)}.ndjson`;
		await writeFile(join(folder, file), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
		files.push(file);
		count += events.length;
		for (const { data } of events) cases.add(data.caseId);
	}
	const summary = { events: count, cases: cases.size, files };
	await writeFile(
		join(folder, 'run.json'),
		`${JSON.stringify({ profile: profile.name, ...options, ...summary }, null, '\t')}\n`
	);
	return summary;
}
