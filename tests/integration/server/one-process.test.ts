import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, eventually, folder, follow, post, report, rows, see } from './support.ts';

const HOST = new URL('host.ts', import.meta.url);
const PLENTY = 2 ** 40;
const NOTHING = 4_096;

let dir: Awaited<ReturnType<typeof folder>>;
let host: ChildProcess;
let exited: Promise<number | null>;
let one = '';
let two = '';

function ask(message: object): Promise<Record<string, unknown>> {
	return new Promise((resolve) => {
		host.once('message', (answer) => resolve(answer as Record<string, unknown>));
		host.send(message);
	});
}

beforeAll(async () => {
	dir = await folder('one-process');
	host = fork(HOST, { env: { PATH: process.env['PATH'] ?? '' }, execArgv: [] });
	exited = new Promise((resolve) => host.once('exit', resolve));
	one = String((await ask({ start: join(dir.path, 'one') }))['url']);
	two = String((await ask({ start: join(dir.path, 'two') }))['url']);
});

afterAll(async () => {
	host.send({ stop: true });
	expect(await exited).toBe(0);
	await dir.remove();
});

test('two applications in one process share nothing: not events, not views, not pages', async () => {
	const [left, right] = [connect(one), connect(two)];
	await Promise.all([follow(left, 'shell', { lane: 'live' }), follow(right, 'shell', { lane: 'live' })]);
	const heard: string[] = [];
	right.on('delta', (text) => heard.push(text));
	const mine = new Promise<void>((resolve) =>
		left.on('delta', (text) => (JSON.parse(text) as { patch: { open?: number } }).patch.open === 2 && resolve())
	);
	// The same ids on both sides: each takes them, and only the first time.
	const events = [report('A-1'), report('A-2')];
	expect((await post(one, events)).body).toMatchObject({ accepted: 2 });
	await mine;
	expect(heard.filter((text) => text.includes('"open"'))).toEqual([]);
	expect((await see(two, 'cases', { lane: 'live' })).total).toBe(0);
	expect((await post(two, [...events, report('B-1')])).body).toMatchObject({ accepted: 3, duplicates: 0 });
	expect((await post(one, events)).body).toMatchObject({ accepted: 0, duplicates: 2 });
	const count = 'SELECT count(*) AS n FROM events';
	expect(await rows(one, join(dir.path, 'one'), count)).toEqual([{ n: 2 }]);
	expect(await rows(two, join(dir.path, 'two'), count)).toEqual([{ n: 3 }]);

	for (const path of ['/', '/cases', '/cases/B-1?lane=live', '/branches', '/log', '/quarantine', '/import']) {
		const [a, b] = await Promise.all([fetch(`${one}${path}`), fetch(`${two}${path}`)]);
		expect([path, b.status]).toEqual([path, 200]);
		expect(b.headers.get('content-type')).toContain('text/html');
		expect(a.status).toBe(200);
		expect((await b.text()).length).toBeGreaterThan(1_000);
		// The page's own address names the case; what the server knows of it must not be there.
		expect(await a.text()).not.toMatch(/B-1[^]*"?(?:stage|customerRef)"?:/);
	}
	left.disconnect();
	right.disconnect();
});

test('a full disk is answered with 503 until there is room again; nothing is half in, and the server recovers by itself', async () => {
	const before = (await see(one, 'log', { lane: 'live' })).head;
	await ask({ room: NOTHING });
	// Text that does not compress, so that it needs room.
	const noise = Array.from({ length: 400 }, (_, at) =>
		report(`F-${at}`, {
			data: {
				region: Array.from({ length: 8 }, (_, i) => Math.imul(at * 8 + i + 1, 0x9e3779b1).toString(36))
					.join('')
					.slice(0, 40)
			}
		})
	);
	const refused = await eventually(async () => {
		const answer = await post(one, noise);
		return answer.status === 202 ? undefined : answer;
	});
	expect([refused.status, Number(refused.retryAfter) > 0]).toEqual([503, true]);
	expect(refused.body.detail).toContain('room');
	const health = await fetch(`${one}/readyz`);
	expect(health.status).toBe(503);
	expect(await health.json()).toMatchObject({
		status: 'degraded',
		checks: { log: { ok: false, detail: refused.body.detail } }
	});
	expect((await fetch(`${one}/livez`)).status).toBe(200);
	// What is there can still be looked at, and the board says why nothing comes in.
	expect((await see(one, 'log', { lane: 'live' })).head).toBe(before);
	const shell = await eventually(async () => {
		const view = await see(one, 'shell', { lane: 'live' });
		return view.recording.ok ? undefined : view;
	});
	expect(shell.recording.reason).toContain('room');

	await ask({ room: PLENTY });
	// Nobody sends: it finds the room by itself.
	await eventually(async () => (await fetch(`${one}/readyz`)).status === 200);
	expect((await post(one, noise)).body).toMatchObject({ accepted: 400, duplicates: 0 });
	expect(await rows(one, join(dir.path, 'one'), "SELECT count(*) AS n FROM events WHERE case_id LIKE 'F-%'")).toEqual([
		{ n: 400 }
	]);
});
