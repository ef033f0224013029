import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import compression from 'compression';
import { type Clock, SECOND } from './lib/domain/time.ts';
import type { Application, Config } from './lib/server/application.ts';
import { compose, type Surrounding } from './lib/server/compose.ts';
import { attachHub } from './lib/server/hub/hub.ts';
import { createEdge } from './lib/server/http/edge.ts';
import { openControl } from './lib/server/http/control-file.ts';
import { HotcardError } from './lib/domain/error.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** How long requests that had begun may take once the server leaves. */
const LONGEST_DRAIN = 10 * SECOND;
const SILENT = SECOND / 2;

export interface RunningServer {
	url: string;
	app: Application;
	close(): Promise<void>;
}

/** Pages find the application of their request here; set once per process, it holds no application itself. */
const CURRENT = Symbol.for('hotcard.application');
type Current = AsyncLocalStorage<Application>;
const current: Current = ((globalThis as Record<symbol, unknown>)[CURRENT] ??=
	new AsyncLocalStorage<Application>()) as Current;

/** Builds the application, opens one HTTP server, attaches the socket hub and mounts the pages. */
export async function startServer(config: Config, options: Surrounding & { dev: boolean }): Promise<RunningServer> {
	const edge = createEdge();
	const server = createServer(edge.handle);
	await listen(server, config);
	const port = (server.address() as AddressInfo).port;
	const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
	const opened = await open(config, options, server).catch(async (error: unknown) => {
		await stop(server, options.clock);
		throw error;
	});
	const { app, pages } = opened;
	const control = await openControl(config.dataDir, url);
	const hub = attachHub(server, app, options.clock);
	const packed = compression();
	edge.ready(app, control.token, (request, response, next) =>
		packed(request, response, () => current.run(app, () => pages(request, response, next)))
	);
	return {
		url,
		app,
		async close() {
			const answered = edge.drain();
			await hub.close();
			await Promise.race([answered, passed(options.clock, LONGEST_DRAIN)]);
			await stop(server, options.clock);
			await app.close();
			await opened.closePages();
			await control.close();
		}
	};
}

async function open(config: Config, options: Surrounding & { dev: boolean }, server: Server) {
	const [app, { pages, closePages }] = await Promise.all([
		compose(config, options),
		options.dev ? developmentPages(server) : builtPages()
	]);
	return { app, pages, closePages };
}

async function builtPages(): Promise<{ pages: Handler; closePages: () => Promise<void> }> {
	// adapter-node reads these when its handler is loaded; bodies are bounded by the routes themselves.
	process.env['BODY_SIZE_LIMIT'] = 'Infinity';
	process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
	const path = new URL('../build/handler.js', import.meta.url).href;
	const { handler } = (await import(path)) as { handler: Handler };
	return { pages: handler, closePages: async () => {} };
}

async function developmentPages(server: Server): Promise<{ pages: Handler; closePages: () => Promise<void> }> {
	const { createServer: createVite } = await import('vite');
	const vite = await createVite({ server: { middlewareMode: true, hmr: { server } }, appType: 'custom' });
	return { pages: vite.middlewares as Handler, closePages: () => vite.close() };
}

function listen(server: Server, { port, host }: Config): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (cause: NodeJS.ErrnoException) =>
			reject(
				new HotcardError('listen-failed', `cannot listen on ${host}:${port}: ${cause.code ?? cause.message}`, {
					cause,
					remedy:
						cause.code === 'EADDRINUSE' ? 'Another program has the port: stop it or give --port another number.' : ''
				})
			)
		);
		server.listen(port, host, () => resolve());
	});
}

/** Closes the door. Connections that say nothing, such as those a browser opens in advance, are not waited for. */
async function stop(server: Server, clock: Clock): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	const cancel = clock.after(SILENT, () => server.closeAllConnections());
	await closed;
	cancel();
}

const passed = (clock: Clock, delay: number): Promise<void> =>
	new Promise((resolve) => void clock.after(delay, resolve));
