import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../src/cli/hotcard.ts', import.meta.url));

/** What `npm start` gives the server so that it stays small. */
const THRIFT = ['--max-semi-space-size=12'];

export interface Finished {
	code: number | null;
	out: string;
	err: string;
}

/** Runs `hotcard …` to its end, as a person would. */
export async function hotcard(args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
	const child = start(args, env);
	let out = '';
	let err = '';
	child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { code, out, err };
}

export interface Serving {
	url: string;
	child: ChildProcess;
	/** Everything it wrote to stderr so far. */
	log(): string;
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `hotcard start` on a free port and waits until it says where it is. */
export async function serve(
	dataDir: string,
	args: readonly string[] = ['--no-demo'],
	env: Record<string, string> = {}
): Promise<Serving> {
	const child = start(['start', '--port', '0', '--data', dataDir, ...args], env);
	let written = '';
	const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
	const url = await new Promise<string>((resolve, reject) => {
		if (child.stderr === null) throw new Error('no stderr');
		createInterface({ input: child.stderr }).on('line', (line) => {
			written += `${line}\n`;
			const found = /is on (http:\S+?)[ ;(]/.exec(line)?.[1];
			if (found !== undefined) resolve(found);
		});
		void closed.then((code) => reject(new Error(`hotcard start ended with ${code}:\n${written}`)));
	});
	return {
		url,
		child,
		log: () => written,
		stop(signal = 'SIGTERM') {
			child.kill(signal);
			return closed;
		}
	};
}

function start(args: readonly string[], env: Record<string, string>): ChildProcess {
	// What the test runner adds would change how the pages are built and served.
	const own = Object.entries(process.env).filter(
		([name]) => !/^(VITEST|NODE_ENV$|MODE$|TEST$|DEV$|PROD$|SSR$)/.test(name)
	);
	return spawn(process.execPath, [...(args[0] === 'start' ? THRIFT : []), CLI, ...args], {
		env: { HOTCARD_BUILD: '0', MALLOC_ARENA_MAX: '2', ...Object.fromEntries(own), ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
}
