import { ensureBuilt } from '../build.ts';
import { machine, mediansOf, report, type Result } from '../bench-report.ts';
import { BENCHES } from '../benches.ts';
import { EXIT, log, print, UsageError } from '../output.ts';

const NAMES = Object.entries(BENCHES)
	.map(([name, { about, defaults, runs }]) => {
		const options = Object.entries(defaults).map(([option, value]) =>
			typeof value === 'boolean' ? `--${option}` : `--${option} ${value === '' ? 'DIR' : value}`
		);
		return `  ${name.padEnd(10)} ${about}\n             ${[...options, `--runs ${runs}`].join(' ')}`;
	})
	.join('\n');

export const usage = `hotcard bench NAME [options] [--runs N] [--seed S] [--json]
  Measures this machine. Figures are medians over --runs; --json prints one document. Names, with their options and defaults:
${NAMES}`;

export async function run(args: readonly string[]): Promise<number> {
	const [name, ...rest] = args;
	if (name === undefined || name.startsWith('-')) throw new UsageError('bench needs a NAME', usage);
	const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
	if (bench === undefined) throw new UsageError(`there is no benchmark "${name}"`, usage);
	const { words, once } = bench.prepare(rest, usage);
	if (bench.server) await ensureBuilt({ asBuilt: process.env['HOTCARD_BUILD'] === '0' });
	const results: Result[] = [];
	const runs = bench.ownRuns ? 1 : words.runs;
	for (let number = 1; number <= runs; number++) {
		if (runs > 1) log(`${name}: run ${number} of ${runs} …`);
		results.push(await once());
	}
	const document = { ...mediansOf(results), bench: name, seed: words.seed, runs: words.runs, machine: machine() };
	print(words.json, document, report(document));
	return EXIT.ok;
}
