import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { askServer } from '../../../src/cli/ask-server.ts';

let server: Server | undefined;
afterEach(() => {
	server?.close();
	vi.restoreAllMocks();
});

async function control(listener: RequestListener) {
	server = createServer(listener);
	await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'secret', pid: 7 };
}

test('a long command waits for its answer for as long as it takes: neither fetch nor a time-out ends it', async () => {
	vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetch gives up after 300 s'));
	const known = await control((request, response) => {
		expect([request.url, request.headers.authorization]).toEqual(['/api/v1/control/verify', 'Bearer secret']);
		response.writeHead(200, { 'x-hotcard-control': 'yes' }).end('{"ok":true}');
	});
	expect(await askServer(known, 'verify', {})).toEqual({ ok: true });
});

test('what the server refuses is told with its reason and what to do, in both languages', async () => {
	const problem = { code: 'query-refused', detail: 'only SELECT', detailZh: '只允许查询' };
	const known = await control((_, response) =>
		response.writeHead(409, { 'x-hotcard-control': 'yes' }).end(JSON.stringify(problem))
	);
	await expect(askServer(known, 'query', {})).rejects.toMatchObject({
		code: 'query-refused',
		message: 'only SELECT',
		remedy: expect.stringContaining('process 7') as string,
		zh: { message: '只允许查询', remedy: expect.stringContaining('7') as string }
	});
});

test('a port where nobody listens, or another program does, is no server of this folder', async () => {
	const known = await control((_, response) => response.writeHead(200).end('hello'));
	expect(await askServer(known, 'query', {})).toBeUndefined();
	await new Promise((resolve) => server?.close(resolve));
	expect(await askServer(known, 'query', {})).toBeUndefined();
});
