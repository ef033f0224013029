import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('simpy-mmc.py', import.meta.url));
/** Debian's package is seen by Debian's own Python alone, which need not be the first in PATH. */
const PYTHONS = ['python3', '/usr/bin/python3'];
/** Enough for a steady rate, at some 100,000 a second. */
const MOST = 200_000;

export type SimpyPeer =
	{ peer: string; peerCustomersPerSecond: number; peerMeanWait: number; ratio: number } | { peer: string };

/** The same M/M/c in SimPy, and how many times as many customers a second `ours` is; a word where there is no SimPy. */
export async function besideSimpy(
	spec: { servers: number; lambda: number; mu: number; customers: number; seed: number },
	ours: number,
	pythons: readonly string[] = PYTHONS
): Promise<SimpyPeer> {
	const python = await firstWith(pythons);
	if (python === undefined) return { peer: 'skipped: no python3 here has SimPy (in Debian: python3-simpy3)' };
	const customers = Math.min(spec.customers, MOST);
	const words = [spec.servers, spec.lambda, spec.mu, customers, spec.seed].map(String);
	const { stdout } = await run(python, [SCRIPT, ...words]);
	const { version, seconds, meanWait } = JSON.parse(stdout) as { version: string; seconds: number; meanWait: number };
	const theirs = customers / seconds;
	return { peer: `SimPy ${version}`, peerCustomersPerSecond: theirs, peerMeanWait: meanWait, ratio: ours / theirs };
}

async function firstWith(pythons: readonly string[]): Promise<string | undefined> {
	for (const python of pythons) {
		const found = await run(python, ['-c', 'import simpy']).then(
			() => true,
			() => false
		);
		if (found) return python;
	}
	return undefined;
}
