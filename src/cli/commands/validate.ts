import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LIMITS } from '../../../simulator/bank/limits.ts';
import { isFileFailure, makeFolder, unusable } from '../../../simulator/bank/make-folder.ts';
import type { Check } from '../../../simulator/validation/queues.ts';
import { EXIT, print } from '../output.ts';
import { absolute } from '../session.ts';
import { whole } from '../whole.ts';

export const usage = `hotcard validate [--out DIR] [--replications R] [--customers N] [--branches B] [--days D] [--seed S] [--json]
  Runs textbook queues on the simulation kernel and holds them against their closed forms (99 % intervals), and with
  --out draws what it found: validation plots and the process map of both shipped banks, as SVG.`;

interface Options {
	replications: number;
	customers: number;
	branches: number;
	days: number;
	seed: number;
}

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			out: { type: 'string', short: 'o' },
			replications: { type: 'string', default: '20' },
			customers: { type: 'string', default: '100000' },
			branches: { type: 'string', default: '60' },
			days: { type: 'string', default: '20' },
			seed: { type: 'string', default: '1' },
			json: { type: 'boolean', default: false }
		}
	});
	const options: Options = {
		replications: whole('--replications', values.replications, [2, 10_000], usage),
		customers: whole('--customers', values.customers, [1_000, 100_000_000], usage),
		branches: whole('--branches', values.branches, [1, LIMITS.branches], usage),
		days: whole('--days', values.days, [1, LIMITS.days], usage),
		seed: whole('--seed', values.seed, [0, Infinity], usage)
	};
	const folder = values.out === undefined ? undefined : absolute(values.out);
	if (folder !== undefined) await makeFolder(folder);
	const { checkQueues } = await import('../../../simulator/validation/queues.ts');
	const checks = [...checkQueues(options)];
	const files = folder === undefined ? [] : await draw(folder, options);
	const missed = checks.filter((check) => !check.inside).length;
	print(
		values.json,
		{ checks: checks.map(shown), missed, files, ...options },
		[...checks.map(line), ...files].join('\n')
	);
	// One of a hundred intervals misses by design; more than that says that something is wrong.
	return missed > 1 ? EXIT.failed : EXIT.ok;
}

const shown = ({ name, measure, theory, simulated, inside }: Check): Record<string, unknown> => ({
	name,
	measure,
	theory,
	simulated: simulated.mean,
	halfWidth: simulated.halfWidth,
	n: simulated.n,
	inside
});

function line({ name, measure, theory, simulated, inside }: Check): string {
	const figures = `${theory.toFixed(4)}  simulated ${simulated.mean.toFixed(4)} ± ${simulated.halfWidth.toFixed(4)} (n ${simulated.n})`;
	return `${inside ? 'inside ' : 'OUTSIDE'}  ${name.padEnd(30)} ${measure.padEnd(10)} theory ${figures}`;
}

/** Writes the pictures and answers their files. */
async function draw(folder: string, options: Options): Promise<string[]> {
	const { pictures } = await import('../svg/validation.ts');
	const files: string[] = [];
	for await (const { name, svg } of pictures(options)) {
		const file = join(folder, name);
		await writeFile(file, svg).catch((cause: unknown) => {
			throw isFileFailure(cause) ? unusable(file, cause) : cause;
		});
		files.push(file);
	}
	return files;
}
