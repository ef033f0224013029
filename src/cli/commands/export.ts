import { parseArgs } from 'node:util';
import { isLane } from '../../lib/domain/lane.ts';
import type { ExportOptions } from '../../lib/server/application.ts';
import { EXIT, print, UsageError } from '../output.ts';
import { absolute, onData } from '../session.ts';

const FORMATS = ['csv', 'parquet', 'ocel', 'xes'] as const;
const SUFFIX = { csv: 'csv', parquet: 'parquet', ocel: 'jsonocel', xes: 'xes' } as const;

export const usage = `hotcard export --format csv|parquet|ocel|xes [--out FILE] [--lane L] [--personal] [--data DIR] [--json]
  Writes a lane of the log as an event log for other tools. Personal fields (C2) stay out unless --personal says so.`;

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			format: { type: 'string' },
			out: { type: 'string', short: 'o' },
			lane: { type: 'string' },
			personal: { type: 'boolean' },
			data: { type: 'string' },
			json: { type: 'boolean' }
		}
	});
	const format = FORMATS.find((known) => known === values.format);
	if (format === undefined) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`, usage);
	const lane = values.lane ?? 'live';
	if (!isLane(lane)) throw new UsageError(`"${lane}" is not a lane: live, demo, drill:ID or whatif:ID`, usage);
	const out = absolute(values.out ?? `hotcard-${lane.replace(':', '-')}.${SUFFIX[format]}`);
	const options: ExportOptions = { lane, format, out, personal: values.personal ?? false };
	const done = await onData(values.data, 'export', { ...options }, (app) => app.exportLog(options));
	print(
		values.json ?? false,
		done,
		`${done.events} events of ${done.cases} cases in ${done.seconds.toFixed(2)} s: ${done.out}`
	);
	return EXIT.ok;
}
