import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LARGEST = 2 ** 30;
const DEBIAN = '/usr/lib/postgresql';

export interface Cluster {
	version: string;
	/** Runs SQL or psql commands from a file; answers stdout. */
	psql(script: string, options?: readonly string[]): Promise<string>;
	stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs, or undefined where there are none. */
export function postgresPrograms(): string | undefined {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number).filter(Number.isFinite) : [];
	const folders = versions.sort((a, b) => b - a).map((version) => join(DEBIAN, String(version), 'bin'));
	const path = (process.env['PATH'] ?? '').split(':');
	return [...folders, ...path].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'psql')));
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is no such person. */
async function ownerOf(): Promise<string | undefined> {
	if (!isRoot()) return undefined;
	return run('id', ['-u', 'postgres']).then(
		() => 'postgres',
		() => 'nobody'
	);
}

/** A cluster of its own in a temporary folder, reachable through a socket there only. */
export async function startCluster(bin: string): Promise<Cluster> {
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-pg-'));
	const owner = await ownerOf();
	const as = (program: string, args: readonly string[]): Promise<{ stdout: string }> => {
		const options = { maxBuffer: LARGEST, cwd: dir };
		if (owner === undefined) return run(join(bin, program), args, options);
		return run('runuser', ['-u', owner, '--', join(bin, program), ...args], options);
	};
	if (owner !== undefined) await run('chown', [owner, dir]);
	await chmod(dir, 0o755);
	const data = join(dir, 'data');
	const settings = {
		listen_addresses: '',
		unix_socket_directories: dir,
		shared_buffers: '2GB',
		work_mem: '256MB',
		maintenance_work_mem: '512MB',
		effective_cache_size: '8GB',
		random_page_cost: '1.1',
		max_wal_size: '8GB',
		// For the load alone: nobody needs this copy after a crash.
		wal_level: 'minimal',
		max_wal_senders: '0',
		fsync: 'off',
		full_page_writes: 'off',
		TimeZone: 'Asia/Shanghai'
	};
	const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
	try {
		await as('initdb', ['-D', data, '-U', 'bench', '-A', 'trust', '--no-sync', '--locale=C.UTF-8', '-E', 'UTF8']);
		await as('pg_ctl', ['-D', data, '-w', '-l', join(dir, 'log'), '-o', flags.join(' '), 'start']);
	} catch (error) {
		await rm(dir, { recursive: true, force: true });
		throw error;
	}
	let scripts = 0;
	const psql: Cluster['psql'] = async (script, options = []) => {
		const file = join(dir, `script-${scripts++}.sql`);
		await writeFile(file, script);
		const args = ['-h', dir, '-U', 'bench', '-d', 'postgres', '-X', '-q', '-v', 'ON_ERROR_STOP=1', ...options];
		return (await as('psql', [...args, '-f', file])).stdout;
	};
	return {
		version: (await as('postgres', ['--version'])).stdout.trim(),
		psql,
		async stop() {
			await as('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']).catch(() => undefined);
			await rm(dir, { recursive: true, force: true });
		}
	};
}
