import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How the command line reaches a server that runs on the same data folder. Whoever may read the folder may use it. */
export interface Control {
	url: string;
	token: string;
	pid: number;
}

const NAME = 'server.json';

export async function openControl(dataDir: string, url: string): Promise<{ token: string; close(): Promise<void> }> {
	const token = randomBytes(24).toString('base64url');
	const path = join(dataDir, NAME);
	await writeFile(path, JSON.stringify({ url, token, pid: process.pid } satisfies Control), { mode: 0o600 });
	return { token, close: () => rm(path, { force: true }) };
}

/** The server that runs on this folder, or undefined where none does (a file left by a killed one does not count). */
export async function findControl(dataDir: string): Promise<Control | undefined> {
	const text = await readFile(join(dataDir, NAME), 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	const control = JSON.parse(text) as Control;
	try {
		process.kill(control.pid, 0);
		return control;
	} catch {
		return undefined;
	}
}
