import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import type { QuarantineQuestion } from '../../../src/lib/server/ingest/quarantine.ts';
import { event, testDoor, type TestDoor } from '../../support/ingest.ts';

type Handler = (event: never) => Response | Promise<Response>;

/** Routes are typed by Kit's generated files, which only the browser project knows: loaded by name, not by type. */
const route = async (path: string) =>
	(await import(new URL(`../../../src/routes/api/v1/${path}/+server.ts`, import.meta.url).href)) as Record<
		string,
		Handler
	>;
const { POST } = await route('events');
const { GET } = await route('quarantine');
const { POST: RESUBMIT, DELETE } = await route('quarantine/[id]');

const person = (role: Actor['role']): Actor => ({ id: 'T04', name: { zh: '王', en: 'Wang' }, role, scope: '*' });

/** Calls a route with just what it reads of a request. */
function call(
	handler: Handler | undefined,
	{ door, quarantine }: TestDoor,
	request: Request,
	more: { key?: string; role?: Actor['role']; id?: string } = {}
): Promise<Response> {
	const app = {
		ingest: door,
		config: { ingestKey: more.key },
		defaultLane: () => 'live',
		views: { read: (_: string, question: QuarantineQuestion) => ({ view: quarantine.list(question) }) }
	};
	const locals = { app, actor: person(more.role ?? 'viewer') };
	const given = { request, url: new URL(request.url), locals, params: { id: more.id } };
	return Promise.resolve(handler!(given as never));
}

const post = (body: string | ReadableStream<Uint8Array>, search = '', headers: Record<string, string> = {}) =>
	new Request(`http://localhost/api/v1/events${search}`, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/cloudevents-batch+json', ...headers },
		...(body instanceof ReadableStream ? { duplex: 'half' } : {})
	} as RequestInit);

describe('POST /api/v1/events', () => {
	it('answers 202 with the counts, in the lane that the address names', async () => {
		const door = testDoor();
		const answer = await call(POST, door, post(JSON.stringify([event('1'), event('1')]), '?lane=demo'));
		expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1, duplicates: 1, rejected: [] }]);
		expect(await door.stored('demo')).toHaveLength(1);
		expect((await call(POST, door, post('[]', '?lane=nowhere'))).status).toBe(400);
	});

	it('wants the ingest key where one is set', async () => {
		const door = testDoor();
		const refused = await call(POST, door, post('[]', '', { authorization: 'Bearer wrong' }), { key: 'secret' });
		expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
		const taken = await call(POST, door, post('[]', '', { authorization: 'Bearer secret' }), { key: 'secret' });
		expect(taken.status).toBe(202);
	});

	it('stops reading a body of 100 MB at its limit, whether its length is announced or not', async () => {
		const door = testDoor();
		let pulled = 0;
		const endless = new ReadableStream<Uint8Array>({
			pull(controller) {
				pulled += 65_536;
				if (pulled > 100 * 1024 * 1024) controller.close();
				else controller.enqueue(new Uint8Array(65_536).fill(32));
			}
		});
		const streamed = await call(POST, door, post(endless));
		expect([streamed.status, streamed.headers.get('connection')]).toEqual([413, 'close']);
		expect(pulled).toBeLessThan(2 * 1024 * 1024);
		const announced = await call(POST, door, post('[]', '', { 'content-length': String(100 * 1024 * 1024) }));
		expect(announced.status).toBe(413);
	});

	it('describes refusals as problem+json, with headers that say when to come back', async () => {
		const bad = await call(POST, testDoor(), post('{'));
		expect(bad.headers.get('content-type')).toBe('application/problem+json');
		expect(await bad.json()).toMatchObject({ type: 'urn:hotcard:problem:malformed', status: 400 });
		const ready = testDoor({ unready: () => 'starting' });
		const later = await call(POST, ready, post('[]'));
		expect([later.status, later.headers.get('retry-after')]).toEqual([503, '1']);
		const busyDoor = testDoor({ limits: { pendingBytes: -1 } });
		const busy = await call(POST, busyDoor, post('[]'));
		expect(busy.status).toBe(429);
		expect(busy.headers.get('retry-after')).toBe('1');
		expect(busy.headers.get('ratelimit-remaining')).toBe('0');
	});
});

describe('/api/v1/quarantine', () => {
	it('lists, takes repaired events from those who may, and dismisses', async () => {
		const door = testDoor();
		await door.send([event('1', { data: {} }), event('2', { data: {} })]);
		const address = 'http://localhost/api/v1/quarantine';
		const list = await call(GET, door, new Request(`${address}?lane=live&code=schema&limit=1`));
		expect(await list.json()).toMatchObject({ total: 2, rows: [{ id: 2 }] });
		const repaired = () => new Request(`${address}/1`, { method: 'POST', body: JSON.stringify(event('1')) });
		expect((await call(RESUBMIT, door, repaired(), { id: '1' })).status).toBe(403);
		expect((await call(RESUBMIT, door, repaired(), { id: '9', role: 'manager' })).status).toBe(404);
		expect((await call(RESUBMIT, door, repaired(), { id: '1', role: 'manager' })).status).toBe(202);
		expect((await call(RESUBMIT, door, repaired(), { id: '1', role: 'manager' })).status).toBe(409);
		const away = () => new Request(`${address}/2`, { method: 'DELETE' });
		expect((await call(DELETE, door, away(), { id: '2', role: 'teller' })).status).toBe(403);
		expect((await call(DELETE, door, away(), { id: '2', role: 'planner' })).status).toBe(204);
		expect(door.quarantine.open('live')).toBe(0);
	});
});
