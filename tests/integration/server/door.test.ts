import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Serving, serve } from '../../support/command.ts';

const BATCH = 'application/cloudevents-batch+json';
let dir: string;
let server: Serving;

beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'hotcard-door-'));
	server = await serve(dir);
});

afterAll(async () => {
	await server.stop();
	await rm(dir, { recursive: true, force: true });
});

const post = (body: string, type = BATCH, query = '') =>
	fetch(`${server.url}/api/v1/events${query}`, { method: 'POST', headers: { 'content-type': type }, body });

const report = (id: string, caseId: string, extra: object = {}) => ({
	specversion: '1.0',
	id,
	source: '/cn/bank/branch/310101/teller/T04',
	type: 'com.hotcard.case.reported.v1',
	subject: `case/${caseId}`,
	time: '2026-11-20T10:03:11.204+08:00',
	data: {
		caseId,
		kind: 'formal',
		channel: 'branch',
		branchId: '310101',
		customerRef: 'cst_9f3a',
		card: { token: 'tok_7c1', bin: '622848', last4: '6789', product: 'debit-std' },
		...extra
	}
});

describe('the door for events', () => {
	test('is open: livez, readyz and metrics answer', async () => {
		expect((await fetch(`${server.url}/livez`)).status).toBe(200);
		const ready = await fetch(`${server.url}/readyz`);
		expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([200, 'ready']);
		expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('hotcard_ingest_events_total');
	});

	test('takes a batch, knows the second delivery as a duplicate and names what it refuses', async () => {
		const batch = [report('e-1', 'C-1'), report('e-2', 'C-2')];
		const first = await post(JSON.stringify(batch));
		expect(first.status).toBe(202);
		expect(await first.json()).toMatchObject({ accepted: 2, duplicates: 0, rejected: [] });
		const broken = { ...report('e-3', 'C-3'), data: { caseId: 'C-3', kind: 'whim' } };
		const second = await post(JSON.stringify([...batch, broken]));
		expect(second.status).toBe(207);
		const answer = (await second.json()) as { rejected: { index: number; pointer: string }[] };
		expect(answer).toMatchObject({ accepted: 0, duplicates: 2 });
		expect(answer.rejected[0]).toMatchObject({ index: 2, id: 'e-3' });
		expect(answer.rejected[0]?.pointer).toMatch(/^\/data/);
	});

	test('refuses what is no JSON with 400, a foreign type with 415 and an unknown lane with 400', async () => {
		expect((await post('{"specversion":')).status).toBe(400);
		expect((await post('<a/>', 'text/xml')).status).toBe(415);
		expect((await post('[]', BATCH, '?lane=moon')).status).toBe(400);
	});

	test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'application/json'])(
		'says of %s that is not read here 415 and what is, as it says everything else',
		async (type) => {
			const headers = { 'content-type': type, ...(type === 'application/json' ? { 'content-encoding': 'gzip' } : {}) };
			const answer = await fetch(`${server.url}/api/v1/events`, { method: 'POST', headers, body: '[]' });
			expect([answer.status, answer.headers.get('content-type')]).toEqual([415, 'application/problem+json']);
			const problem = (await answer.json()) as Record<string, string>;
			expect(problem).toMatchObject({ status: 415, code: 'media-type' });
			expect(problem['detail']).toMatch(type === 'application/json' ? /gzip/ : /cloudevents-batch/);
			expect(problem['detailZh']).toMatch(/[\u4e00-\u9fff]/);
		}
	);

	test('refuses a full card number with 422 and keeps it nowhere', async () => {
		const number = ['6228', '4804', '0256', '4890', '018'].join('');
		const refused = await post(JSON.stringify([report('e-9', 'C-9', { region: `card ${number}` })]));
		expect(refused.status).toBe(422);
		const text = await refused.text();
		expect(text).toContain('pan-detected');
		expect(text).not.toContain(number);
		const listed = await (await fetch(`${server.url}/api/v1/views/quarantine?lane=live`)).text();
		expect(listed).toContain('pan-detected');
		expect(listed).not.toContain(number);
	});

	test('refuses a body of 100 MB before it has read it', async () => {
		const status = await new Promise<number>((resolve, reject) => {
			const { hostname, port } = new URL(server.url);
			const headers = { 'content-type': BATCH, 'content-length': 100 * 1024 * 1024 };
			const sending = request({ hostname, port, path: '/api/v1/events', method: 'POST', headers }, (response) => {
				resolve(response.statusCode ?? 0);
				sending.destroy();
			});
			sending.once('error', reject);
			sending.write('[');
		});
		expect(status).toBe(413);
	});
});
