import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
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
	const control: Control = { url, token, pid: process.pid };
	// Whole or not at all for whoever reads it meanwhile.
	await writeFile(`${path}.new`, JSON.stringify(control), { mode: 0o600 });
	await rename(`${path}.new`, path);
	return { token, close: () => rm(path, { force: true }) };
}

/** The server that runs on this folder, or undefined where none does (a file left by a killed one does not count). */
export async function findControl(dataDir: string): Promise<Control | undefined> {
	const text = await readFile(join(dataDir, NAME), 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	const control = parse(text);
	return control !== undefined && runs(control.pid) ? control : undefined;
}

function parse(text: string): Control | undefined {
	try {
		const { url, token, pid } = JSON.parse(text) as Partial<Control>;
		if (typeof url !== 'string' || typeof token !== 'string' || typeof pid !== 'number') return undefined;
		return URL.canParse(url) ? { url, token, pid } : undefined;
	} catch {
		return undefined;
	}
}

function runs(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (cause) {
		// It is there, but belongs to somebody else.
		return (cause as { code?: unknown }).code === 'EPERM';
	}
}
