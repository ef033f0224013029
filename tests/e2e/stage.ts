import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Serving, serve } from '../support/command.ts';
import { type Visit, visit } from './visit.ts';

export interface Stage {
	dir: string;
	/** May be put in the place of one that a test has stopped. */
	server: Serving;
	browser: Browser;
	open(path: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** A server on an empty folder and a browser, for the tests of one file. */
export function useStage(): Stage {
	const stage = {
		open: (path, options = {}) => visit(stage.browser, `${stage.server.url}${path}`, options)
	} as Stage;
	beforeAll(async () => {
		stage.dir = await mkdtemp(join(tmpdir(), 'hotcard-e2e-'));
		[stage.server, stage.browser] = await Promise.all([serve(stage.dir), launchBrowser()]);
	});
	afterAll(async () => {
		await stage.browser?.close();
		await stage.server?.stop();
		await rm(stage.dir, { recursive: true, force: true });
	});
	return stage;
}
