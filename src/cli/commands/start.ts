import { parseArgs } from 'node:util';
import { systemClock } from '../../lib/server/clock.ts';
import { readConfig } from '../../lib/server/config.ts';
import { startServer } from '../../main.ts';
import { ensureBuilt } from '../build.ts';
import { EXIT, log } from '../output.ts';

export const usage = `hotcard start [--port P] [--host H] [--data DIR] [--no-demo] [--dev]
  Opens the board. Defaults: --port 4600 --host 127.0.0.1 --data data.
  Environment: HOTCARD_PORT, HOTCARD_HOST, HOTCARD_DATA, HOTCARD_DEMO=0, HOTCARD_INGEST_KEY (needed for a host other than loopback),
  HOTCARD_BUILD=0 (serve the pages as they are built, even where their source is newer).`;

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		allowNegative: true,
		options: {
			port: { type: 'string' },
			host: { type: 'string' },
			data: { type: 'string' },
			demo: { type: 'boolean' },
			dev: { type: 'boolean' }
		}
	});
	const config = readConfig(values, process.env);
	if (!values.dev) await ensureBuilt({ asBuilt: process.env['HOTCARD_BUILD'] === '0' });
	// Before anybody is told where the server is: whoever knows it may ask it to leave. A second signal ends it at once.
	const leaving = new Promise<string>((resolve) => {
		for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
	});
	const server = await startServer(config, { clock: systemClock, dev: values.dev ?? false, log });
	log(`Hotcard is on ${server.url}${config.demo ? ' (demo lane, synthetic data)' : ''}; stop with Ctrl-C`);
	const signal = await leaving;
	log(`${signal}: draining`);
	await server.close();
	log('stopped');
	return EXIT.ok;
}
