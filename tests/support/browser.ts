import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--disable-gpu',
	'--disable-quic'
];

/** The machine's own Chromium where there is one, else the one that npm brought. */
export async function launchBrowser(): Promise<Browser> {
	const own = SYSTEM.find((path) => existsSync(path));
	if (own !== undefined) return chromium.launch({ executablePath: own, args: ['--no-sandbox', ...QUIET] });
	// Makes the package unpack the libraries (NSS) that a bare machine lacks; read while it is imported.
	process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs22.x';
	const { default: packaged } = await import('@sparticuz/chromium');
	return chromium.launch({
		executablePath: await packaged.executablePath(),
		// In one process the browser dies with the first window that is closed.
		args: [...packaged.args.filter((arg) => arg !== '--single-process'), ...QUIET],
		headless: true
	});
}
