#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { joinNegatives } from './negative-numbers.ts';
import { complain, EXIT, UsageError } from './output.ts';

const COMMANDS = [
	'start',
	'import',
	'query',
	'rebuild',
	'verify',
	'export',
	'simulate',
	'calibrate',
	'compare',
	'validate',
	'bench'
] as const;
type CommandName = (typeof COMMANDS)[number];

interface CommandModule {
	/** Answers the exit code; throws UsageError for wrong words and HotcardError for what failed. */
	run(args: readonly string[]): Promise<number>;
	usage: string;
}

const HELP = `hotcard – live board, simulator and log of card replacement

  hotcard start    [--port P] [--host H] [--data DIR] [--no-demo]
  hotcard import   FILE --mapping M [--lane L] [--data DIR] [--json]
  hotcard query    "SQL" [--data DIR] [--json]
  hotcard export   --format csv|parquet|ocel|xes --out FILE [--lane L] [--data DIR]
  hotcard rebuild  [--data DIR] [--json]
  hotcard verify   [--data DIR] [--json]
  hotcard simulate --from DATE --days N --seed S --out DIR [--profile P] [--branches N] [--faults F]
  hotcard compare  --profiles BEFORE,AFTER [--branches N] [--days N] [--seed S] [--replications R] [--json]
  hotcard calibrate --lane L [--data DIR] [--out FILE] [--holdout 0.2] [--seed S] [--json]
  hotcard validate [--out DIR] [--json]
  hotcard bench    NAME [options] [--json]

  hotcard COMMAND --help tells more.
`;

/** Keeps compiled code between runs. Threads that start later learn of it from the environment. */
function keepCompiled(): void {
	const folder = fileURLToPath(new URL('../../node_modules/.cache/hotcard', import.meta.url));
	const { directory } = enableCompileCache(process.env['NODE_COMPILE_CACHE'] ?? folder);
	if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= directory;
}

async function main(argv: readonly string[]): Promise<number> {
	const [name, ...rest] = argv;
	if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
		process.stdout.write(HELP);
		return name === undefined ? EXIT.usage : EXIT.ok;
	}
	if (!(COMMANDS as readonly string[]).includes(name)) throw new UsageError(`unknown command "${name}"`, HELP);
	const command = (await import(`./commands/${name as CommandName}.ts`)) as CommandModule;
	if (rest.includes('--help') || rest.includes('-h')) {
		process.stdout.write(`${command.usage}\n`);
		return EXIT.ok;
	}
	return command.run(joinNegatives(rest));
}

keepCompiled();
try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	process.exitCode = complain(error, process.argv.includes('--json'));
}
