import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isLane } from '../../lib/domain/lane.ts';
import { HotcardError } from '../../lib/domain/error.ts';
import type { ImportSummary } from '../../lib/server/application.ts';
import { EXIT, print, UsageError } from '../output.ts';
import { absolute, onData } from '../session.ts';

export const usage = `hotcard import FILE --mapping M [--lane L] [--data DIR] [--json]
  Reads CSV, CSV.gz, Parquet, NDJSON, XES, OCEL 2.0 (JSON, SQLite). M is a mapping file: scenarios/mappings/ has examples.
  The events go into lane L, else into the lane that the mapping names, else into live.
  The summary: {"events":n,"cases":n,"rejected":n,"seconds":s,...}. Refused rows wait in the quarantine with their line and reason.
  A mapping that fits none of the first 10,000 rows is refused, and then nothing is imported.`;

export async function run(args: readonly string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			mapping: { type: 'string', short: 'm' },
			lane: { type: 'string' },
			data: { type: 'string' },
			json: { type: 'boolean' }
		}
	});
	const [file] = positionals;
	if (file === undefined || positionals.length > 1) throw new UsageError('import takes one FILE', usage);
	if (values.mapping === undefined) throw new UsageError('import needs --mapping M', usage);
	const { lane } = values;
	if (lane !== undefined && !isLane(lane))
		throw new UsageError(`"${lane}" is not a lane: live, demo, drill:ID or whatif:ID`, usage);
	const mapping = await readText(values.mapping);
	const request = { file: absolute(file), mapping, mappingFile: values.mapping, lane };
	const summary = await onData<ImportSummary>(values.data, 'import', request, (app) =>
		app.imports.run(request.file, mapping, { lane, mappingFile: request.mappingFile })
	);
	print(values.json ?? false, summary, sentence(summary));
	return EXIT.ok;
}

function sentence(summary: ImportSummary): string {
	const lines = [
		`${summary.events} events of ${summary.cases} cases into lane ${summary.lane} in ${summary.seconds.toFixed(2)} s`,
		`${summary.variants} variants, ${summary.duplicates} duplicates, ${refusals(summary)}`
	];
	for (const { code, rows, line, detail } of summary.reasons) {
		lines.push(`  ${rows} × ${code}, first on line ${line ?? '?'}: ${detail}`);
	}
	if (summary.unmapped.length > 0) lines.push(`shown as generic steps: ${summary.unmapped.join(', ')}`);
	return [...lines, ...summary.notes].join('\n');
}

function refusals({ rejected, rejectedBefore, lane }: ImportSummary): string {
	if (rejected === 0) return 'no row refused';
	const before = rejectedBefore > 0 ? `${rejectedBefore} of them known from an earlier import, ` : '';
	return `${rejected} rows refused (${before}see them on the page /quarantine?lane=${lane})`;
}

async function readText(path: string): Promise<string> {
	return readFile(path, 'utf8').catch((cause: unknown) => {
		throw new HotcardError('mapping-missing', `cannot read the mapping ${path}`, {
			cause,
			remedy: 'Copy one from scenarios/mappings/ and change its column names.'
		});
	});
}
