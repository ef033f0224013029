import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Application, Health } from '../application.ts';
import { strangeEvents } from './strange-events.ts';
import { waitingPage } from './waiting-page.ts';
import { type ProblemBody, problemOf } from './words.ts';

type Next = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface Edge {
	handle(request: IncomingMessage, response: ServerResponse): void;
	ready(app: Application, controlToken: string, pages: Next): void;
	/** From now on turns away what is new. Resolves once everything that had begun is answered. */
	drain(): Promise<void>;
}

/** The outermost handler: answers health and metrics at any time and turns everything else away until the application is ready. */
export function createEdge(): Edge {
	let app: Application | undefined;
	let pages: Next | undefined;
	let token = '';
	let leaving = false;
	let drained = () => {};
	const open = new Set<ServerResponse>();

	/** Counts a request until its answer is out. A connection is not kept for another one while the server leaves. */
	function track(response: ServerResponse): void {
		open.add(response);
		if (leaving) response.setHeader('connection', 'close');
		response.once('close', () => {
			open.delete(response);
			if (open.size === 0) drained();
		});
	}

	async function probe(path: string, response: ServerResponse): Promise<void> {
		if (path === '/livez') return send(response, 200, { status: 'alive' });
		if (path === '/metrics') {
			if (app === undefined) return refuse(response, 'starting');
			const body = await app.metrics();
			response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body);
			return;
		}
		const health = await currentHealth();
		send(response, health.status === 'ready' ? 200 : 503, health);
	}

	async function currentHealth(): Promise<Health> {
		if (app === undefined) return { status: 'starting', version: '', checks: {} };
		const health = await app.health();
		return leaving ? { ...health, status: 'draining' } : health;
	}

	return {
		handle(request, response) {
			track(response);
			const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
			if (path === '/livez' || path === '/readyz' || path === '/metrics') {
				probe(path, response).catch((cause: unknown) =>
					send(response, 500, { status: 'failed', detail: String(cause) })
				);
				return;
			}
			const controls = request.headers.authorization === `Bearer ${token}`;
			if (controls) response.setHeader('x-hotcard-control', 'yes');
			if (pages === undefined || leaving)
				return refuse(response, leaving ? 'draining' : 'starting', request.headers.accept);
			const strange = strangeEvents(request, path, app?.config.ingestKey);
			if (strange !== undefined) return sendProblem(response, strange.status, strange.problem);
			// The proxy in front may say https; without one the page is served over plain http.
			request.headers['x-forwarded-proto'] ??= 'http';
			request.headers['x-hotcard-control'] = controls ? 'yes' : 'no';
			pages(request, response, () => send(response, 404, { title: 'not found' }));
		},
		ready(application, controlToken, handler) {
			app = application;
			token = controlToken;
			pages = handler;
		},
		drain() {
			leaving = true;
			for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
			if (open.size === 0) return Promise.resolve();
			return new Promise((resolve) => (drained = resolve));
		}
	};
}

function refuse(response: ServerResponse, why: string, accept = ''): void {
	response.setHeader('retry-after', '2');
	if (accept.includes('text/html')) {
		response.writeHead(503, { 'content-type': 'text/html; charset=utf-8' }).end(waitingPage(why));
		return;
	}
	const detailZh = why === 'draining' ? '服务正在停止' : '服务正在启动';
	sendProblem(response, 503, problemOf('not-ready', { detail: why, detailZh }));
}

function sendProblem(response: ServerResponse, status: number, problem: ProblemBody): void {
	if (status === 401) response.setHeader('www-authenticate', 'Bearer');
	send(response, status, { ...problem, status }, 'application/problem+json');
}

function send(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
	response.writeHead(status, { 'content-type': type }).end(`${JSON.stringify(body)}\n`);
}
