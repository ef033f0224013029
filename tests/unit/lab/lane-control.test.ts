import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Role } from '../../../src/lib/domain/actor.ts';
import type { EventData } from '../../../src/lib/domain/events/catalogue.ts';
import { isLane } from '../../../src/lib/domain/lane.ts';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import { DAY, HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import type { DrivenLane } from '../../../src/lib/protocol/lab.ts';
import { type Demo, openDemo } from '../../../src/lib/server/lab/demo.ts';
import { type LaneControl, laneControl } from '../../../src/lib/server/lab/lane-control.ts';
import { HandClock, profile, smallLane, TinyLog } from './support.ts';

type Handler = (event: never) => Promise<Response>;
/** Routes are typed by Kit's generated files, which only the browser project knows: loaded by name, not by type. */
const { GET, POST } = (await import(
	new URL('../../../src/routes/api/v1/lab/+server.ts', import.meta.url).href
)) as Record<'GET' | 'POST', Handler>;

const NOW = Date.parse('2026-11-19T10:03:11.250+08:00');

let dataDir = '';
let clock: HandClock;
let log: TinyLog;
let demo: Demo;
let lab: LaneControl;
let told = 0;
const audits: { lane: string; data: EventData<'audit.recorded'> }[] = [];

beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'hotcard-control-'));
	[clock, log, told] = [new HandClock(NOW), new TinyLog(), 0];
	audits.length = 0;
	demo = await openDemo({
		...smallLane(clock, log, dataDir),
		historyDays: 1
	});
	await demo.ready;
	await clock.pass(0);
	lab = laneControl({
		driver: (lane) => (lane === 'demo' ? demo : undefined),
		tell: () => told++,
		known: (lane) => lane === 'demo' || lane === 'live',
		laneNow: (lane) => (lane === 'demo' ? demo.laneNow() : NOW),
		async submit(lane, events) {
			for (const { data } of events) audits.push({ lane, data: data as EventData<'audit.recorded'> });
			return { accepted: events.length };
		},
		newId: () => String(audits.length),
		say: () => undefined
	});
});
afterEach(async () => {
	await demo.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

const person = (role: Role): Actor => PEOPLE.find((each) => each.role === role)!;

/** The clock goes on; between two beats there is time for files. */
async function beatWhile(going: () => boolean): Promise<void> {
	for (let beats = 0; going() && beats < 200; beats++) {
		await clock.pass(100);
		for (let turns = 0; going() && turns < 1_000; turns++) await setImmediate();
	}
}

async function answer(pending: Promise<Response>): Promise<{ status: number; type: string | null; body: object }> {
	let open = true;
	const settled = pending.finally(() => (open = false));
	await beatWhile(() => open);
	const response = await settled;
	const body = (await response.json()) as object;
	return { status: response.status, type: response.headers.get('content-type'), body };
}

function post(body: unknown, role: Role = 'trainer') {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const request = new Request('http://localhost/api/v1/lab', { method: 'POST', body: text });
	return answer(POST({ request, locals: { app: { lab }, actor: person(role) } } as never));
}

function get(query: string) {
	const app = { lab, defaultLane: () => 'demo' };
	return answer(GET({ url: new URL(`http://localhost/api/v1/lab${query}`), locals: { app } } as never));
}

const state = () => lab.state('demo') as DrivenLane;

describe('GET /api/v1/lab', () => {
	test('tells what drives a lane, its pace, its bank and what could be injected', async () => {
		const { status, body } = await get('');
		const { kinds, ...rest } = body as DrivenLane;
		expect([status, rest]).toMatchObject([
			200,
			{ lane: 'demo', driven: true, phase: 'live', speed: 60, paused: false, seed: 5, branches: 8, faults: [] }
		]);
		expect(rest.run).toBe(demo.known().run);
		expect(kinds).toContainEqual({
			kind: 'database-crash',
			place: 'site',
			choices: profile.sites.names,
			groups: [],
			numbers: [{ name: 'strength', whole: false, min: 1, max: 100, usual: 1.5 }],
			spans: [
				{ name: 'duration', max: 30 * DAY, needed: true },
				{ name: 'after', max: 30 * DAY, needed: false },
				{ name: 'ramp', max: 30 * DAY, needed: false }
			]
		});
		const spans = kinds.find(({ kind }) => kind === 'queue-lag')?.spans;
		expect(spans?.at(-1)).toEqual({ name: 'lag', max: DAY, needed: false });
		for (const { kind, numbers } of kinds)
			for (const { name, min, max } of numbers)
				expect([kind, name, min < max && max <= 1_000]).toEqual([kind, name, true]);
		const places = Object.fromEntries(kinds.map(({ kind, place }) => [kind, place]));
		expect(places).toMatchObject({
			'gateway-down': 'media',
			'queue-lag': 'paymentChannels',
			'network-cut': 'branches',
			'registry-down': 'none'
		});
	});

	test('says why nobody drives a lane, and knows which lanes there are', async () => {
		expect(await get('?lane=live')).toMatchObject({
			status: 200,
			body: {
				driven: false,
				reason: { en: expect.stringContaining('nobody drives'), zh: expect.stringContaining('驱动') }
			}
		});
		expect(await get('?lane=drill:x')).toMatchObject({ status: 200, body: { lane: 'drill:x', driven: false } });
		expect(await get('?lane=nowhere')).toMatchObject({ status: 400, body: { code: 'lane' } });
	});
});

describe('POST /api/v1/lab', () => {
	const pause = { lane: 'demo', command: 'speed', speed: 0 };

	test('sets the pace, steps while paused, and tells the engine at once', async () => {
		expect(await post(pause)).toMatchObject({ status: 200, body: { speed: 0, paused: true } });
		expect(told).toBe(1);
		const { laneNow } = state();
		expect(await post({ lane: 'demo', command: 'step', ms: HOUR })).toMatchObject({
			status: 200,
			body: { laneNow: laneNow + HOUR }
		});
		expect(await post({ ...pause, speed: 0.1 }, 'manager')).toMatchObject({ status: 200, body: { speed: 0.1 } });
		expect(audits).toMatchObject([
			{ lane: 'demo', data: { actor: 'R001', role: 'trainer', action: 'lane.speed', outcome: 'success' } },
			{ data: { action: 'lane.step', target: 'demo', reason: `step {"ms":${HOUR}}` } },
			{ data: { actor: 'M001', reason: 'speed {"speed":0.1}' } }
		]);
	});

	test.each([
		[{ kind: 'surge', strength: 1e9 }, '/strength', 'at most 100'],
		[{ kind: 'surge', strength: 0.5 }, '/strength', 'at least 1'],
		[{ kind: 'fraud-wave', reportsPerBranchHour: 1e6 }, '/reportsPerBranchHour', 'at most 600'],
		[{ kind: 'fraud-wave', reportsPerBranchHour: 1, devices: 1e9 }, '/devices', 'at most 1000'],
		[{ kind: 'slow-core', strength: 1e9 }, '/strength', 'at most 100'],
		[{ kind: 'database-crash', scope: { site: profile.sites.names[0] }, strength: 1e9 }, '/strength', 'at most 100'],
		[{ kind: 'queue-lag', lag: '2 d' }, '/lag', 'at most 1 d'],
		[{ kind: 'surge', strength: 2, duration: '31 d' }, '/duration', 'at most 30 days'],
		[{ kind: 'surge', strength: 2, after: '31 d' }, '/after', 'at most 30 days'],
		[{ kind: 'surge', strength: 2, ramp: `${'9'.repeat(400)} d` }, '/ramp', 'over before the fault ends'],
		[{ kind: 'surge', strength: 2, name: 'x'.repeat(61) }, '/name', '60'],
		[{ kind: 'fraud-wave', reportsPerBranchHour: 600, duration: '30 d' }, '/reportsPerBranchHour', '500000 reports']
	])('refuses what would be too much: %j', async (said, pointer, words) => {
		const fault = { duration: '2 h', ...said };
		const { status, body } = await post({ lane: 'demo', command: 'inject', fault });
		expect([status, body]).toMatchObject([422, { code: 'invalid-fault', place: { pointer: `/fault${pointer}` } }]);
		expect((body as { detail: string }).detail).toMatch(new RegExp(`^/fault${pointer}: .*${words}`));
		expect((body as { detailZh: string }).detailZh).toMatch(/[\u4e00-\u9fff]/);
		expect(state().faults).toEqual([]);
	});

	test('counts the reports of all faults that are not over', async () => {
		const fault = { kind: 'fraud-wave', reportsPerBranchHour: 600, duration: '4 d' };
		const first = await post({ lane: 'demo', command: 'inject', fault });
		const second = await post({ lane: 'demo', command: 'inject', fault });
		expect([first.status, second.status]).toEqual([200, 422]);
		await post({ lane: 'demo', command: 'end-fault', id: 'fraud-wave-1' });
		expect((await post({ lane: 'demo', command: 'inject', fault })).status).toBe(200);
	});

	test('injects a fault under a name of its own that begins later, and takes it back', async () => {
		const fault = { kind: 'surge', duration: '2 h', after: '3 h', strength: 3, name: 'rush' };
		const injected = await post({ lane: 'demo', command: 'inject', fault });
		const [first] = (injected.body as DrivenLane).faults;
		expect(first).toMatchObject({ id: 'rush', active: false });
		expect(first!.to - first!.from).toBe(2 * HOUR);
		expect(first!.from - state().laneNow).toBeGreaterThan(2 * HOUR);
		expect(await post({ lane: 'demo', command: 'inject', fault })).toMatchObject({
			status: 422,
			body: { place: { pointer: '/fault/name' } }
		});
		const back = await post({ lane: 'demo', command: 'end-fault', id: 'rush' });
		const [after] = (back.body as DrivenLane).faults;
		expect(after!.to).toBeLessThan(after!.from);
		expect((await post({ lane: 'demo', command: 'end-fault', id: 'rush' })).status).toBe(409);
	});

	test('injects a fault, lists it with the time it has, and ends it', async () => {
		const fault = { kind: 'staff-absence', duration: '2 h', ramp: '30 min', strength: 0.5 };
		const injected = await post({ lane: 'demo', command: 'inject', fault });
		const [first] = (injected.body as DrivenLane).faults;
		expect(first).toMatchObject({ id: 'staff-absence-1', scope: {}, ramp: 30 * MINUTE, strength: 0.5, active: true });
		expect(first!.to - first!.from).toBe(2 * HOUR);
		expect(Math.abs(first!.from - state().laneNow)).toBeLessThan(MINUTE);
		const ended = await post({ lane: 'demo', command: 'end-fault', id: 'staff-absence-1' });
		const [after] = (ended.body as DrivenLane).faults;
		expect(after).toMatchObject({ active: false });
		expect(after!.to).toBeLessThan(first!.to);
		expect(await post({ lane: 'demo', command: 'end-fault', id: 'staff-absence-1' })).toMatchObject({
			status: 409,
			body: { code: 'no-fault' }
		});
	});

	test('begins a bank of another seed after the answer', async () => {
		expect(await post({ lane: 'demo', command: 'seed', seed: 9 })).toMatchObject({
			status: 200,
			body: { phase: 'history' }
		});
		await beatWhile(() => state().phase !== 'live');
		expect(state()).toMatchObject({ phase: 'live', seed: 9 });
	});

	test.each([
		['a person who may not', pause, 'teller', 403, 'forbidden'],
		['a lane that nobody drives', { ...pause, lane: 'live' }, 'trainer', 409, 'lane-not-driven'],
		['a step of a lane that runs', { lane: 'demo', command: 'step', ms: 1_000 }, 'trainer', 409, 'lane-running'],
		[
			'a fault that is wrong',
			{ lane: 'demo', command: 'inject', fault: { kind: 'surg' } },
			'trainer',
			422,
			'invalid-fault'
		]
	] as const)('refuses %s in both languages and keeps a record', async (_, command, role, status, code) => {
		const refused = await post(command, role);
		expect(refused).toMatchObject({ status, type: 'application/problem+json', body: { code } });
		const { detailZh, remedyZh } = refused.body as { detailZh: string; remedyZh: string };
		expect(detailZh).toMatch(/[\u4e00-\u9fff]/);
		expect(remedyZh).toMatch(/[\u4e00-\u9fff]/);
		const { lane } = command;
		const data = {
			actor: person(role).id,
			action: `lane.${command.command}`,
			target: lane,
			outcome: 'refused',
			reason: code
		};
		expect(audits).toMatchObject([{ lane, data }]);
		expect(state()).toMatchObject({ speed: 60, faults: [] });
	});

	test.each([
		[{ ...pause, speed: 0.05 }, '/speed', '0.1'],
		[{ ...pause, speed: 4_000 }, '/speed', '3600'],
		[{ ...pause, speed: 'fast' }, '/speed', 'number'],
		[{ ...pause, sped: 1 }, '', 'sped'],
		[{ lane: 'demo', command: 'step', ms: 25 * HOUR }, '/ms', '86400000'],
		[{ lane: 'demo', command: 'step', ms: 0 }, '/ms', '1'],
		[{ lane: 'demo', command: 'seed', seed: 1.5 }, '/seed', 'int'],
		[{ lane: 'nowhere', command: 'seed', seed: 1 }, '/lane', 'lane'],
		[{ lane: 'demo', command: 'paws' }, '/command', 'expected one of']
	])('does not understand %j and says what was expected', async (command, pointer, words) => {
		const { status, body } = await post(command);
		expect([status, body]).toMatchObject([422, { code: 'invalid-command', place: { pointer } }]);
		expect((body as { detail: string }).detail).toContain(words);
		expect((body as { detailZh: string }).detailZh).toMatch(/[\u4e00-\u9fff]/);
		expect(audits).toEqual([]);
	});

	test('leaves nothing in a lane that does not exist, and takes no body but JSON', async () => {
		expect(isLane('drill:new')).toBe(true);
		expect(await post({ ...pause, lane: 'drill:new' })).toMatchObject({ status: 404, body: { code: 'no-lane' } });
		expect(await post('{')).toMatchObject({ status: 400, body: { code: 'bad-request' } });
		expect(audits).toEqual([]);
	});
});
