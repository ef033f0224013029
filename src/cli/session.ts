import { resolve } from 'node:path';
import { HotcardError } from '../lib/domain/error.ts';
import type { Application } from '../lib/server/application.ts';
import { systemClock } from '../lib/server/clock.ts';
import { compose } from '../lib/server/compose.ts';
import { readConfig } from '../lib/server/config.ts';
import { type Control, findControl } from '../lib/server/http/control-file.ts';
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
		const answer = await ask<T>(control, command, args);
		if (answer !== undefined) return answer;
	}
	const app = await compose(config, { clock: systemClock, log, engine: 'later' });
	try {
		return await local(app);
	} finally {
		await app.close();
	}
}

export const absolute = (path: string): string => resolve(path);

/** undefined where this server is not there any more: it was killed and left its file behind, and its port may be another's by now. */
async function ask<T>(control: Control, command: string, args: Record<string, unknown>): Promise<T | undefined> {
	const response = await fetch(`${control.url}/api/v1/control/${command}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${control.token}` },
		body: JSON.stringify(args)
	}).catch((cause: unknown) => {
		if (/ECONNREFUSED/.test(String((cause as { cause?: { code?: string } }).cause?.code))) return undefined;
		throw cause;
	});
	if (response === undefined) return undefined;
	// Another program has the port, or a server of another folder: neither knows our token. The lock of the folder decides.
	if (response.headers.get('x-hotcard-control') !== 'yes') return undefined;
	const body = (await response.json()) as T & { code?: string; detail?: string; remedy?: string; place?: object };
	if (response.ok) return body;
	throw new HotcardError(
		body.code ?? 'server-refused',
		body.detail ?? `the running server answered ${response.status}`,
		{
			...(body.place ? { place: body.place } : {}),
			remedy:
				body.remedy ??
				`The server ${control.url} (process ${control.pid}) has this data folder open; stop it and repeat.`
		}
	);
}
