import { request } from 'node:http';
import { connect as open } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hotcard, serve } from '../../support/command.ts';
import { BATCH, connect, eventually, folder, load, report } from './support.ts';

let dir: Awaited<ReturnType<typeof folder>>;
beforeAll(async () => {
	dir = await folder('leaving');
});
afterAll(() => dir.remove());

/** A request of which only the first half has arrived; `finish` sends the rest. */
function halfSent(url: string, body: string): { finish(): Promise<{ status: number; connection: string }> } {
	const { hostname, port } = new URL(url);
	const headers = { 'content-type': BATCH, 'content-length': Buffer.byteLength(body) };
	const sending = request({ hostname, port, path: '/api/v1/events', method: 'POST', headers });
	const answered = new Promise<{ status: number; connection: string }>((resolve, reject) => {
		sending.once('error', reject).once('response', (response) => {
			response.resume();
			resolve({ status: response.statusCode ?? 0, connection: response.headers.connection ?? '' });
		});
	});
	sending.write(body.slice(0, 40));
	return {
		finish() {
			sending.end(body.slice(40));
			return answered;
		}
	};
}

test('on SIGTERM a server under load says that it leaves, answers what had begun, exits 0 and has kept what it acknowledged', async () => {
	const server = await serve(dir.path);
	const { acknowledged, others, ended } = load(server.url, 'L');
	const socket = connect(server.url);
	const told = new Promise<number>((resolve) => socket.once('leaving', resolve));
	await eventually(() => acknowledged.length > 500 && socket.connected);
	const half = halfSent(server.url, JSON.stringify([report('L-half')]));
	// The half has arrived once a request that was sent after it is answered.
	await eventually(async () => (await fetch(`${server.url}/readyz`)).status === 200);

	const exited = server.stop();
	expect(await told).toBeGreaterThan(0);
	const health = await fetch(`${server.url}/readyz`);
	expect([health.status, ((await health.json()) as { status: string }).status]).toEqual([503, 'draining']);
	expect((await fetch(`${server.url}/livez`)).status).toBe(200);
	expect(await half.finish()).toEqual({ status: 202, connection: 'close' });
	expect(await exited).toBe(0);
	await ended;
	socket.disconnect();

	for (const { status, retryAfter } of others) expect([status, retryAfter]).toEqual([503, '2']);
	const counted = await hotcard([
		'query',
		'SELECT case_id, count(*) AS n FROM events GROUP BY 1',
		'--data',
		dir.path,
		'--json'
	]);
	const kept = new Map(
		(JSON.parse(counted.out) as { case_id: string; n: number }[]).map((row) => [row.case_id, row.n])
	);
	for (const caseId of [...acknowledged, 'L-half']) expect([caseId, kept.get(caseId)]).toEqual([caseId, 1]);
	expect([...kept.values()].every((n) => n === 1)).toBe(true);
});

test('a connection that never says anything does not keep a server from leaving', async () => {
	const server = await serve(dir.path);
	const silent = open(Number(new URL(server.url).port), '127.0.0.1');
	silent.on('error', () => undefined);
	await new Promise((resolve) => silent.once('connect', resolve));
	expect(await server.stop()).toBe(0);
	silent.destroy();
});
