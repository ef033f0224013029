import { parseArgs } from 'node:util';
import { openFaults } from '../../../simulator/faults/open-faults.ts';
import { dayStart, simulateToFiles } from '../../../simulator/bank/simulate.ts';
import { loadProfile } from '../../lib/server/policies.ts';
import { EXIT, print, UsageError } from '../output.ts';
import { absolute } from '../session.ts';

export const usage = `hotcard simulate --from DATE --days N --seed S --out DIR [--profile P] [--branches N] [--faults F] [--json]
  Writes the events of a simulated bank as NDJSON, one file a day, and run.json with what made them.
  P is the name of a shipped profile (default to-be) or a YAML file, F of shipped faults (scenarios/faults) or a YAML file.
  The same words write the same bytes.`;

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
			faults: { type: 'string' },
			json: { type: 'boolean' }
		}
	});
	const { from, out } = values;
	if (from === undefined || !isDate(from)) throw new UsageError('--from is a date such as 2026-11-01', usage);
	if (out === undefined) throw new UsageError('simulate needs --out DIR', usage);
	const days = whole('--days', values.days, 1);
	const seed = whole('--seed', values.seed, 0);
	const branches = values.branches === undefined ? undefined : whole('--branches', values.branches, 1);
	const profile = await loadProfile(values.profile).catch((cause: unknown) => {
		if ((cause as { code?: unknown }).code !== 'ENOENT') throw cause;
		throw new UsageError(`there is no profile "${values.profile}"`, usage);
	});
	const folder = absolute(out);
	const forRun = { seed, start: dayStart(from), branches: branches ?? 200, profile };
	const faults = values.faults === undefined ? [] : await openFaults(values.faults, forRun);
	const began = performance.now();
	const options = { profile, from, days, seed, faults, ...(branches === undefined ? {} : { branches }) };
	const done = await simulateToFiles(options, folder);
	const seconds = (performance.now() - began) / 1_000;
	print(
		values.json ?? false,
		{ ...done, seconds },
		`${done.events} events of ${done.cases} cases in ${done.files.length} files, ${seconds.toFixed(2)} s: ${folder}`
	);
	return EXIT.ok;
}

/** A day of the calendar: 2026-02-30 is none. */
function isDate(text: string): boolean {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function whole(name: string, text: string | undefined, least: number): number {
	const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
	if (!Number.isSafeInteger(value) || value < least)
		throw new UsageError(`${name} is a whole number from ${least}`, usage);
	return value;
}
