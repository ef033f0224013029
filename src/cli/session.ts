import { resolve } from 'node:path';
import type { Application } from '../lib/server/application.ts';
import { systemClock } from '../lib/server/clock.ts';
import { compose } from '../lib/server/compose.ts';
import { readConfig } from '../lib/server/config.ts';
import { findControl } from '../lib/server/http/control-file.ts';
import { askServer } from './ask-server.ts';
import { log } from './output.ts';

/**
 * Does a piece of work on a data folder: in this process when no server has it open, else by asking that server,
 * which calls the same application function and answers the same document.
 */
export async function onData<T>(
	data: string | undefined,
	command: string,
	args: Record<string, unknown>,
	local: (app: Application) => Promise<T>
): Promise<T> {
	const config = readConfig({ data, demo: false }, process.env);
	const control = await findControl(config.dataDir);
	if (control !== undefined) {
		const answer = await askServer<T>(control, command, args);
		if (answer !== undefined) return answer;
	}
	// Only an import begins a folder: of whoever asks about one, a name with a slip would be answered as an empty bank.
	const folder = command === 'import' ? 'any' : 'existing';
	const app = await compose(config, { clock: systemClock, log, engine: 'later', folder });
	try {
		return await local(app);
	} finally {
		await app.close();
	}
}

export const absolute = (path: string): string => resolve(path);
