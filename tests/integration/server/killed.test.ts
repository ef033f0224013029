import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECOND } from '../../../src/lib/domain/time.ts';
import { hotcard, serve } from '../../support/command.ts';
import { connect, eventually, fact, folder, follow, goneProcess, load, post, report, rows, see } from './support.ts';

const FREEZE_TARGET = 10 * SECOND;

let dir: Awaited<ReturnType<typeof folder>>;
beforeAll(async () => {
	dir = await folder('killed');
});
afterAll(() => dir.remove());

test('a server killed under load has lost nothing it acknowledged, holds nothing twice and serves its browsers again', async () => {
	const data = join(dir.path, 'load');
	const first = await serve(data);
	const port = new URL(first.url).port;
	const { acknowledged, ended } = load(first.url, 'K');
	const browser = connect(first.url);
	await eventually(() => acknowledged.length > 500 && browser.connected);
	expect(await first.stop('SIGKILL')).toBeNull();
	await ended;

	// What the killed server left behind does not lead the command line astray.
	expect(JSON.parse(await readFile(join(data, 'server.json'), 'utf8'))).toHaveProperty('pid');
	const counted = await hotcard([
		'query',
		'SELECT case_id, count(*) AS n FROM events GROUP BY 1',
		'--data',
		data,
		'--json'
	]);
	expect(counted.code).toBe(0);
	const kept = new Map(
		(JSON.parse(counted.out) as { case_id: string; n: number }[]).map((row) => [row.case_id, row.n])
	);
	for (const caseId of acknowledged) expect([caseId, kept.get(caseId)]).toEqual([caseId, 1]);
	expect([...kept.values()].every((n) => n === 1)).toBe(true);

	const back = new Promise<void>((resolve) => browser.once('connect', () => resolve()));
	const second = await serve(data, ['--no-demo', '--port', port]);
	await back;
	expect(await follow(browser, 'shell', { lane: 'live' })).toMatchObject({ open: kept.size, offset: kept.size });
	const again = await post(
		second.url,
		acknowledged.slice(0, 100).map((caseId) => report(caseId))
	);
	expect(again).toMatchObject({ status: 202, body: { accepted: 0, duplicates: 100 } });
	const verified = await hotcard(['verify', '--data', data, '--json']);
	expect(JSON.parse(verified.out)).toMatchObject({ ok: true, offset: kept.size });
	browser.disconnect();
	expect(await second.stop()).toBe(0);
});

/** An address where somebody listened and nobody does any more. */
async function silentUrl(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return `http://127.0.0.1:${port}`;
}

test('a control file that is rubbish, or of a process that has gone or is somebody else, does not confuse the command line', async () => {
	const data = join(dir.path, 'stale');
	expect(await (await serve(data)).stop()).toBe(0);
	const file = join(data, 'server.json');
	const other = await serve(join(dir.path, 'other'));
	const nobody = await silentUrl();
	const left = [
		'{"url":"http://127.0.0.1:4600","tok',
		JSON.stringify({ url: nobody, token: 'x', pid: goneProcess() }),
		JSON.stringify({ url: nobody, token: 'x', pid: process.pid }),
		JSON.stringify({ url: other.url, token: 'x', pid: process.pid })
	];
	for (const text of left) {
		await writeFile(file, text);
		const answer = await hotcard(['query', 'SELECT count(*) AS n FROM events', '--data', data, '--json']);
		expect([answer.code, JSON.parse(answer.out), answer.err]).toEqual([0, [{ n: 0 }], '']);
	}
	expect(await other.stop()).toBe(0);
});

test('deadlines that passed while the server was down show as soon as it is back', async () => {
	const data = join(dir.path, 'deadlines');
	const first = await serve(data);
	const soon = report('D-1', { ago: FREEZE_TARGET / 2 });
	// Frozen in time: its clock has stopped and must stay so.
	const frozen = [report('D-2', { ago: FREEZE_TARGET / 2 }), fact('case.freeze_completed', 'D-2', {}, { ago: SECOND })];
	expect((await post(first.url, [soon, ...frozen])).status).toBe(202);
	await first.stop('SIGKILL');
	const due = Date.parse(soon.time) + FREEZE_TARGET;
	await eventually(() => Date.now() > due);

	const second = await serve(data);
	expect(await see(second.url, 'shell', { lane: 'live' })).toMatchObject({ open: 2, breached: 1 });
	const { clocks } = (await see(second.url, 'case', { lane: 'live', caseId: 'D-1' })) ?? {};
	expect(clocks?.['freeze']).toMatchObject({ due, ended: null, status: 'breached' });
	const calm = await see(second.url, 'case', { lane: 'live', caseId: 'D-2' });
	expect(calm?.clocks['freeze']?.status).toBe('met');
	const listed = await see(second.url, 'cases', { lane: 'live', status: 'breached' });
	expect(listed.rows.map(({ caseId }) => caseId)).toEqual(['D-1']);
	expect((await see(second.url, 'overview', { lane: 'live' })).clocks['freeze']).toMatchObject({ breached: 1 });
	expect(await rows(second.url, data, "SELECT count(*) AS n FROM events WHERE case_id = 'D-1'")).toEqual([{ n: 1 }]);
	expect(await second.stop()).toBe(0);
});
