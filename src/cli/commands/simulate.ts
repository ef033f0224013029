import { parseArgs } from 'node:util';
import { LIMITS } from '../../../simulator/bank/limits.ts';
import { type Format, FORMATS, linesFile } from '../../../simulator/bank/run-files.ts';
import { inRunFolder } from '../../../simulator/bank/run-folder.ts';
import { dayStart, type SimulateOptions, simulateToFiles } from '../../../simulator/bank/simulate.ts';
import { openFaults, tooLate } from '../../../simulator/faults/open-faults.ts';
import { DAY } from '../../lib/domain/time.ts';
import { loadProfile } from '../../lib/server/policies.ts';
import { EXIT, log, print, UsageError } from '../output.ts';
import { absolute } from '../session.ts';
import { processProfileIn, simulateProcessToFiles } from '../simulate-process.ts';
import { whole } from '../whole.ts';

export const usage = `hotcard simulate --from DATE --days N --seed S --out DIR [--profile P] [--branches N] [--cases-per-day N]
                 [--faults F] [--format ndjson|parquet|both] [--workers W] [--json]
  Writes the events of a simulated bank as NDJSON, one file a day, and as Parquet, one file a day and region of the bank;
  beside them what truly happened (oracle.ndjson) and what made them (run.json).
  P is the name of a shipped profile (default to-be) or a YAML file, also one that calibrate wrote; F that of shipped faults or a YAML file.
  The same words write the same bytes, whatever the number of workers (default: the machine's cores).
  DIR is made where there is none; an earlier run in it is replaced, file by file of its run.json, and nothing else is touched.
  At most ${LIMITS.branches} branches, ${LIMITS.days} days, ${LIMITS.casesPerDay} cases a day and ${LIMITS.casesPerBranchDay} of them a branch.`;

/** Years for which there are holidays and clocks. */
const [FIRST, LAST] = ['1990-01-01', '2199-12-31'];

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
	if (from < FIRST || from > LAST) throw new UsageError(`--from lies between ${FIRST} and ${LAST}`, usage);
	if (!out) throw new UsageError('simulate needs --out DIR', usage);
	const formats = formatsOf(values.format);
	const number = (
		name: 'days' | 'seed' | 'branches' | 'workers' | 'cases-per-day',
		least = 1,
		most = Infinity
	): number => whole(`--${name}`, values[name], [least, most], usage);
	const workers = values.workers === undefined ? undefined : number('workers');
	const days = number('days', 1, LIMITS.days);
	const seed = number('seed', 0);
	const branches = values.branches === undefined ? 200 : number('branches', 1, LIMITS.branches);
	const mostCases = Math.min(LIMITS.casesPerDay, branches * LIMITS.casesPerBranchDay);
	const casesPerDay = values['cases-per-day'] === undefined ? undefined : number('cases-per-day', 1, mostCases);
	const folder = absolute(out);
	const process = await processProfileIn(values.profile);
	if (process !== undefined) {
		const ofBanks = (['branches', 'cases-per-day', 'faults', 'workers'] as const).find(
			(name) => values[name] !== undefined
		);
		if (ofBanks !== undefined) throw new UsageError(`--${ofBanks} is for banks: ${values.profile} is a process`, usage);
		if (!formats.includes('ndjson')) throw new UsageError('a process is written as ndjson', usage);
		return told(values.json ?? false, folder, () =>
			inRunFolder(folder, linesFrom(from, days), () => simulateProcessToFiles(process, { from, days, seed }, folder))
		);
	}
	const profile = await loadProfile(values.profile).catch((cause: unknown) => {
		if ((cause as { code?: unknown }).code !== 'ENOENT') throw cause;
		throw new UsageError(`there is no profile "${values.profile}"`, usage);
	});
	const faults = values.faults && (await openFaults(values.faults, { seed, start: dayStart(from), branches, profile }));
	if (faults) for (const warning of tooLate(faults, dayStart(from) + days * DAY)) log(`hotcard: ${warning}`);
	const options: SimulateOptions = {
		...{ profile, from, days, seed, branches },
		...(casesPerDay === undefined ? {} : { casesPerDay }),
		...(faults ? { faults } : {})
	};
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

/** The files of lines of so many days. */
function linesFrom(from: string, days: number): string[] {
	const first = Date.parse(`${from}T00:00:00Z`);
	return Array.from({ length: days }, (_, day) => linesFile(new Date(first + day * DAY).toISOString().slice(0, 10)));
}

/** A day of the calendar: 2026-02-30 is none. */
function isDate(text: string): boolean {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
