import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Role } from '../../../src/lib/domain/actor.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import { HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import type { DrivenLane, LabState } from '../../../src/lib/protocol/lab.ts';
import type { Application } from '../../../src/lib/server/application.ts';
import type { LaneRun } from '../../../src/lib/server/lab/lane-file.ts';
import { composed } from '../server/composed.ts';
import { eventually, folder } from '../server/support.ts';

type Handler = (event: never) => Promise<Response>;
/** Routes are typed by Kit's generated files, which only the browser project knows: loaded by name, not by type. */
const { GET, POST } = (await import(
	new URL('../../../src/routes/api/v1/lab/+server.ts', import.meta.url).href
)) as Record<'GET' | 'POST', Handler>;

/** Thirty days of 200 branches, as `npm start` writes them. */

let dir: Awaited<ReturnType<typeof folder>>;
let app: Application;
let said: string[] = [];

const person = (role: Role): Actor => PEOPLE.find((each) => each.role === role)!;

async function open(): Promise<void> {
	({ app, said } = await composed(dir.path, { demo: true }));
	await eventually(() => state().phase === 'live');
}

const state = (): DrivenLane => app.lab.state('demo') as DrivenLane;

async function post(body: unknown, role: Role = 'trainer'): Promise<{ status: number; body: Problem & LabState }> {
	const request = new Request('http://localhost/api/v1/lab', { method: 'POST', body: JSON.stringify(body) });
	const answer = await POST({ request, locals: { app, actor: person(role) } } as never);
	return { status: answer.status, body: (await answer.json()) as Problem & LabState };
}

interface Problem {
	code: string;
	detail: string;
	detailZh: string;
	suggestion?: string;
	place?: { pointer?: string };
}

const audits = async (lane: string) => {
	const { rows } = await app.query(
		`SELECT "offset" FROM events WHERE lane = '${lane}' AND type = 'audit.recorded' ORDER BY "offset"`
	);
	const raw = await Promise.all(rows.map(({ offset }) => app.event!(Number(offset), person('auditor'))));
	const records = raw.map((each) => (each!.event as DomainEvent<'audit.recorded'>).data);
	// The bank writes records of its own, such as the report to the regulator.
	return records.filter(({ action }) => action.startsWith('lane.'));
};

const count = async (sql: string) => Number((await app.query(`SELECT count(*) AS n FROM ${sql}`)).rows[0]!['n']);

const fileOf = async () => JSON.parse(await readFile(join(dir.path, 'lane-demo.json'), 'utf8')) as LaneRun;

beforeAll(async () => {
	dir = await folder('lab');
	await open();
});
afterAll(async () => {
	await app.close();
	await dir.remove();
});

describe('/api/v1/lab over the whole application', () => {
	test('tells what drives a lane, and why nothing drives another', async () => {
		const ask = async (lane: string) =>
			(await GET({ url: new URL(`http://localhost/api/v1/lab?lane=${lane}`), locals: { app } } as never)).json();
		const demo = (await ask('demo')) as DrivenLane;
		expect(demo).toMatchObject({ driven: true, phase: 'live', speed: 60, paused: false, branches: 200, faults: [] });
		expect(demo.run).toMatch(/^r\w+$/);
		expect(demo.kinds.map(({ kind }) => kind)).toContain('site-loss');
		expect(await ask('live')).toMatchObject({ driven: false, reason: { en: expect.stringContaining('nobody') } });
		expect(await ask('nowhere')).toMatchObject({ status: 400, code: 'lane' });
	});

	test('is refused in both languages, with a record of who asked for what may not be', async () => {
		const pause = { lane: 'demo', command: 'speed', speed: 0 };
		expect(await post(pause, 'teller')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
		expect(state().speed).toBe(60);
		expect(await post({ ...pause, lane: 'live' })).toMatchObject({ status: 409, body: { code: 'lane-not-driven' } });
		expect(await post({ lane: 'demo', command: 'step', ms: MINUTE })).toMatchObject({
			status: 409,
			body: { code: 'lane-running' }
		});
		const slow = await post({ ...pause, speed: 0.01 });
		expect(slow).toMatchObject({ status: 422, body: { place: { pointer: '/speed' } } });
		expect(slow.body.detail).toContain('0.1 to 3600');
		expect(slow.body.detailZh).toContain('0.1 至 3600');
		const surg = { kind: 'surg', duration: '1 h', strength: 3 };
		expect(await post({ lane: 'demo', command: 'inject', fault: surg })).toMatchObject({
			status: 422,
			body: { code: 'invalid-fault', suggestion: 'surge', detailZh: expect.stringContaining('应为') }
		});
		expect(await post({ lane: 'demo', command: 'sped', speed: 1 })).toMatchObject({
			status: 422,
			body: { suggestion: 'speed' }
		});
		expect(await audits('live')).toMatchObject([
			{ outcome: 'refused', action: 'lane.speed', reason: 'lane-not-driven' }
		]);
		expect(await audits('demo')).toMatchObject([
			{ actor: person('teller').id, action: 'lane.speed', outcome: 'refused', reason: 'forbidden' },
			{ actor: person('trainer').id, action: 'lane.step', outcome: 'refused', reason: 'lane-running' },
			{ action: 'lane.inject', outcome: 'refused', reason: 'invalid-fault' }
		]);
	});

	test('pauses, steps and sets another pace, and the views follow', async () => {
		expect(await post({ lane: 'demo', command: 'speed', speed: 0 })).toMatchObject({
			status: 200,
			body: { paused: true, speed: 0 }
		});
		const from = state().laneNow;
		expect(await post({ lane: 'demo', command: 'step', ms: HOUR })).toMatchObject({
			status: 200,
			body: { laneNow: from + HOUR }
		});
		const { view } = await app.views.read('shell', { lane: 'demo' }, PEOPLE[0]!);
		expect(view).toMatchObject({ speed: 0, laneNow: from + HOUR });
		expect(await post({ lane: 'demo', command: 'speed', speed: 600 })).toMatchObject({ body: { speed: 600 } });
		const last = (await audits('demo')).at(-1);
		expect(last).toMatchObject({ action: 'lane.speed', outcome: 'success', reason: 'speed {"speed":600}' });
	});

	test('goes on with the same run after a fault and a restart, and tells the same events', async () => {
		const fault = { kind: 'surge', duration: '6 h', ramp: '30 min', strength: 4, scope: { provinces: ['浙江'] } };
		const injected = await post({ lane: 'demo', command: 'inject', fault });
		expect(injected.body).toMatchObject({ faults: [{ id: 'surge-1', kind: 'surge', strength: 4, active: true }] });
		await post({ lane: 'demo', command: 'speed', speed: 3_600 });
		const { laneNow } = state();
		await eventually(() => state().laneNow > laneNow + 2 * HOUR);
		expect((await post({ lane: 'demo', command: 'end-fault', id: 'surge-1' })).body).toMatchObject({
			faults: [{ id: 'surge-1', active: false }]
		});
		expect(await post({ lane: 'demo', command: 'end-fault', id: 'surge-1' })).toMatchObject({ status: 409 });
		await eventually(() => state().laneNow > laneNow + 3 * HOUR);
		const { run } = state();
		await app.close();
		await open();
		const events = () => count(`events WHERE lane = 'demo'`);
		const before = await events();
		expect(said.join('\n')).not.toContain('cannot go on');
		expect(state()).toMatchObject({
			run,
			speed: 3_600,
			faults: [{ id: 'surge-1', active: false, to: expect.any(Number) }]
		});
		expect((await fileOf()).orders).toHaveLength(2);
		await post({ lane: 'demo', command: 'speed', speed: 3_600 });
		await eventually(async () => (await events()) > before + 500);
		const { view } = await app.views.read('quarantine', { lane: 'demo' }, PEOPLE[0]!);
		expect(view.total).toBe(0);
		expect((await app.verify()).ok).toBe(true);
	});

	test('hands the lane over to a bank of another seed, which ends what was open', async () => {
		expect(await count(`cases WHERE lane = 'demo' AND NOT closed`)).toBeGreaterThan(100);
		const { run } = state();
		const asked = await post({ lane: 'demo', command: 'seed', seed: 77 });
		expect(asked).toMatchObject({ status: 200, body: { phase: 'history' } });
		expect(await post({ lane: 'demo', command: 'seed', seed: 78 })).toMatchObject({
			status: 409,
			body: { code: 'lane-not-live' }
		});
		await eventually(() => state().phase === 'live');
		expect(state()).toMatchObject({ seed: 77, faults: [] });
		expect(state().run).not.toBe(run);
		expect(await fileOf()).toMatchObject({ seed: 77, joins: { mark: expect.any(String) } });
		expect(await count(`events WHERE lane = 'demo' AND type = 'case.cancelled'`)).toBeGreaterThan(100);
		expect((await app.verify()).ok).toBe(true);
	});
});
