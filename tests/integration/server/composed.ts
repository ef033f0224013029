import type { Application, Config } from '../../../src/lib/server/application.ts';
import { systemClock } from '../../../src/lib/server/clock.ts';
import { compose } from '../../../src/lib/server/compose.ts';

/** The whole application on a folder, in this process and without a port. `said` collects what it tells its operator. */
export async function composed(
	dataDir: string,
	more: Partial<Config> = {}
): Promise<{ app: Application; said: string[] }> {
	const config = { dataDir, host: '127.0.0.1', port: 0, demo: false, timeZone: 'Asia/Shanghai', ...more };
	const said: string[] = [];
	const app = await compose(config, { clock: systemClock, log: (message) => void said.push(message) });
	return { app, said };
}
