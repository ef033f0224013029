import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { HotcardError } from '../lib/domain/error.ts';
import { log } from './output.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const INPUTS = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'project.inlang'];
const GENERATED = join('i18n', 'paraglide');

const LONGEST_BUILD = 300_000;

/** Builds the web pages where they are missing or, unless `asBuilt`, older than their source. Only one process builds at a time. */
export async function ensureBuilt({ asBuilt }: { asBuilt: boolean }): Promise<void> {
	if (isBuilt(asBuilt)) return;
	const lock = takeLock();
	try {
		if (!isBuilt(asBuilt)) await build();
	} finally {
		lock.close();
	}
}

function isBuilt(asBuilt: boolean): boolean {
	const built = modified(join(ROOT, 'build', 'handler.js'));
	return built > (asBuilt ? 0 : Math.max(...INPUTS.map((input) => newestIn(join(ROOT, input)))));
}

/** Waits until no other process builds. The operating system drops the lock with the process, however it ends. */
function takeLock(): DatabaseSync {
	const folder = join(ROOT, '.svelte-kit');
	mkdirSync(folder, { recursive: true });
	const lock = new DatabaseSync(join(folder, 'build-lock.db'), { timeout: LONGEST_BUILD });
	lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	return lock;
}

async function build(): Promise<void> {
	log('building the pages (first start or changed source) …');
	const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
	const code = await new Promise<number | null>((resolve, reject) => {
		const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
			cwd: ROOT,
			stdio: ['ignore', 2, 2]
		});
		child.once('error', reject).once('exit', resolve);
	});
	if (code !== 0) {
		throw new HotcardError('build-failed', `the page build ended with code ${code}`, {
			remedy: 'Read the lines above; `npm run build` repeats it.'
		});
	}
}

function newestIn(path: string): number {
	const stat = statSync(path, { throwIfNoEntry: false });
	if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
	let newest = 0;
	for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
		if (!entry.includes(GENERATED)) newest = Math.max(newest, modified(join(path, entry), true));
	}
	return newest;
}

function modified(path: string, filesOnly = false): number {
	const stat = statSync(path, { throwIfNoEntry: false });
	return stat === undefined || (filesOnly && stat.isDirectory()) ? 0 : stat.mtimeMs;
}
