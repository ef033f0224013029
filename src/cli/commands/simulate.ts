import { parseArgs } from 'node:util';
import { type Format, FORMATS } from '../../../simulator/bank/run-files.ts';
import { dayStart, type SimulateOptions, simulateToFiles } from '../../../simulator/bank/simulate.ts';
import { openFaults } from '../../../simulator/faults/open-faults.ts';
import { loadProfile } from '../../lib/server/policies.ts';
import { EXIT, print, UsageError } from '../output.ts';
import { absolute } from '../session.ts';
import { processProfileIn, simulateProcessToFiles } from '../simulate-process.ts';

export const usage = `hotcard simulate --from DATE --days N --seed S --out DIR [--profile P] [--branches N] [--cases-per-day N]
                 [--faults F] [--format ndjson|parquet|both] [--workers W] [--json]
  Writes the events of a simulated bank as NDJSON, one file a day, and as Parquet, one file a day and region of the bank;
  beside them what truly happened (oracle.ndjson) and what made them (run.json).
  P is the name of a shipped profile (default to-be) or a YAML file, also one that calibrate wrote; F that of shipped faults or a YAML file.
  The same words write the same bytes, whatever the number of workers (default: the machine's cores).`;

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			from: { type: 'string' },
			days: { type: 'string' },
			seed: { type: 'string' },
			out: { type: 'string', short: 'o' },
			profile: { type: 'string', default: 'to-be' },
			branches: { type: 'string' },
			'cases-per-day': { type: 'string' },
			faults: { type: 'string' },
			format: { type: 'string', default: 'both' },
			workers: { type: 'string' },
			json: { type: 'boolean' }
		}
	});
	const { from, out } = values;
	if (from === undefined || !isDate(from)) throw new UsageError('--from is a date such as 2026-11-01', usage);
	if (out === undefined) throw new UsageError('simulate needs --out DIR', usage);
	const formats = formatsOf(values.format);
	const workers = wholeIfGiven('--workers', values.workers);
	const casesPerDay = wholeIfGiven('--cases-per-day', values['cases-per-day']);
	const days = whole('--days', values.days, 1);
	const seed = whole('--seed', values.seed, 0);
	const process = await processProfileIn(values.profile);
	if (process !== undefined) {
		const ofBanks = (['branches', 'cases-per-day', 'faults', 'workers'] as const).find(
			(name) => values[name] !== undefined
		);
		if (ofBanks !== undefined) throw new UsageError(`--${ofBanks} is for banks: ${values.profile} is a process`, usage);
		if (!formats.includes('ndjson')) throw new UsageError('a process is written as ndjson', usage);
		return told(values.json ?? false, absolute(out), () =>
			simulateProcessToFiles(process, { from, days, seed }, absolute(out))
		);
	}
	const branches = wholeIfGiven('--branches', values.branches) ?? 200;
	const profile = await loadProfile(values.profile).catch((cause: unknown) => {
		if ((cause as { code?: unknown }).code !== 'ENOENT') throw cause;
		throw new UsageError(`there is no profile "${values.profile}"`, usage);
	});
	const faults = values.faults && (await openFaults(values.faults, { seed, start: dayStart(from), branches, profile }));
	const options: SimulateOptions = {
		...{ profile, from, days, seed, branches },
		...(casesPerDay === undefined ? {} : { casesPerDay }),
		...(faults ? { faults } : {})
	};
	const folder = absolute(out);
	return told(values.json ?? false, folder, () =>
		simulateToFiles(options, folder, { formats, ...(workers === undefined ? {} : { workers }) })
	);
}

async function told(
	json: boolean,
	folder: string,
	simulate: () => Promise<{ events: number; cases: number; files: string[] }>
): Promise<number> {
	const began = performance.now();
	const done = await simulate();
	const seconds = (performance.now() - began) / 1_000;
	const casesPerSecond = Math.round(done.cases / seconds);
	print(
		json,
		{ ...done, seconds, casesPerSecond },
		`${done.events} events of ${done.cases} cases in ${done.files.length} files, ${seconds.toFixed(2)} s (${casesPerSecond} cases/s): ${folder}`
	);
	return EXIT.ok;
}

function formatsOf(word: string): readonly Format[] {
	if (word === 'both') return FORMATS;
	const format = FORMATS.find((each) => each === word);
	if (format === undefined) throw new UsageError(`--format is ${FORMATS.join(', ')} or both`, usage);
	return [format];
}

/** A day of the calendar: 2026-02-30 is none. */
function isDate(text: string): boolean {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function wholeIfGiven(name: string, text: string | undefined): number | undefined {
	return text === undefined ? undefined : whole(name, text, 1);
}

function whole(name: string, text: string | undefined, least: number): number {
	const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
	if (!Number.isSafeInteger(value) || value < least)
		throw new UsageError(`${name} is a whole number from ${least}`, usage);
	return value;
}
