import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEdge } from '../../../src/lib/server/http/edge.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))));

async function asked(accept: string): Promise<Response> {
	const edge = createEdge();
	server = createServer((request, response) => edge.handle(request, response));
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return fetch(`http://127.0.0.1:${port}/cases`, { headers: { accept } });
}

describe('a server that is not ready yet', () => {
	it('shows a browser a page in both languages that asks again by itself', async () => {
		const answer = await asked('text/html,application/xhtml+xml');
		const page = await answer.text();
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
		expect(page).toContain('http-equiv="refresh"');
		expect(page).toMatch(/正在启动[\s\S]*Starting/);
	});
	it('tells a program so as a problem document', async () => {
		const answer = await asked('application/json');
		expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
		expect(await answer.json()).toMatchObject({ status: 503, detail: 'starting' });
	});
});
