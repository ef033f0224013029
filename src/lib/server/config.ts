import { HotcardError } from '../domain/error.ts';
import type { Config } from './application.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export interface Flags {
	port?: string | undefined;
	host?: string | undefined;
	data?: string | undefined;
	demo?: boolean | undefined;
}

/** Flags win over the environment, the environment over defaults. Throws `config-invalid` or `bind-needs-key`. */
export function readConfig(flags: Flags, env: Readonly<Record<string, string | undefined>>): Config {
	const host = flags.host ?? env['HOTCARD_HOST'] ?? env['HOST'] ?? '127.0.0.1';
	const ingestKey = env['HOTCARD_INGEST_KEY'] || undefined;
	if (!LOOPBACK.has(host) && ingestKey === undefined) {
		throw new HotcardError('bind-needs-key', `binding to ${host} would let anybody on the network write events`, {
			remedy: 'Set HOTCARD_INGEST_KEY to a secret of your choice, or leave --host out to stay on 127.0.0.1.'
		});
	}
	return {
		dataDir: flags.data ?? env['HOTCARD_DATA'] ?? 'data',
		host,
		port: readPort(flags.port ?? env['HOTCARD_PORT'] ?? env['PORT'] ?? '4600'),
		demo: flags.demo ?? !/^(0|false|no|off)$/i.test(env['HOTCARD_DEMO'] ?? '1'),
		...(ingestKey === undefined ? {} : { ingestKey }),
		timeZone: env['HOTCARD_TZ'] ?? 'Asia/Shanghai'
	};
}

function readPort(text: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= 65_535) return port;
	throw new HotcardError('config-invalid', `port "${text}" is not a number from 0 to 65535`, {
		remedy: 'Give --port a free port number; 0 picks one.'
	});
}
