import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/lib/domain/time.ts';
import type { CaseView } from '../../../src/lib/protocol/views.ts';
import { type Serving, serve } from '../../support/command.ts';
import { act, eventually, fact, folder, post, report, rows, see } from './support.ts';

let dir: Awaited<ReturnType<typeof folder>>;
let server: Serving;
let url = '';
beforeAll(async () => {
	dir = await folder('answers');
	server = await serve(dir.path);
	url = server.url;
});
afterAll(async () => {
	expect(await server.stop()).toBe(0);
	await dir.remove();
});

/** A case once the live view shows `events` events of it. */
const seen = (caseId: string, events: number, lane: 'live' | 'drill:x' = 'live'): Promise<CaseView> =>
	eventually(async () => {
		const view = await see(url, 'case', { lane, caseId });
		return view !== null && view.row.events >= events && view;
	});
const reasons = (view: CaseView) => view.violations.map(({ event, reason }) => [event, reason.split(':', 1)[0]]);

describe('odd events', () => {
	test('for a closed case are kept and counted as violations, but what customers say after the close is none', async () => {
		const events = [
			report('C-1', { ago: 5 * MINUTE }),
			fact('case.closed', 'C-1', { outcome: 'cancelled' }, { ago: 4 * MINUTE }),
			fact('case.verified', 'C-1', {}, { ago: 3 * MINUTE }),
			fact('case.closed', 'C-1', { outcome: 'completed' }, { ago: 2 * MINUTE, id: 'again' }),
			fact('case.annotated', 'C-1', { by: 'S001', text: 'called back' }, { ago: MINUTE })
		];
		expect((await post(url, events)).body).toMatchObject({ accepted: 5, rejected: [] });
		const view = await seen('C-1', 5);
		expect(view.row).toMatchObject({ status: 'closed', stage: 'closed', violations: 2 });
		expect(reasons(view)).toEqual([
			['case.verified', 'after-close'],
			['case.closed', 'repeated']
		]);
		expect(view.timeline.find(({ name }) => name === 'case.annotated')?.violation).toBeNull();
	});

	test('out of order are kept where they belong, and a step that cannot be is named', async () => {
		const events = [
			report('C-2', { ago: 10 * MINUTE }),
			fact('case.card_activated', 'C-2', {}, { ago: 4 * MINUTE }),
			fact('case.frozen', 'C-2', {}, { ago: 8 * MINUTE })
		];
		expect((await post(url, events)).status).toBe(202);
		const view = await seen('C-2', 3);
		expect(reasons(view)).toEqual([
			['case.card_activated', 'impossible-step'],
			['case.frozen', 'out-of-order']
		]);
		expect(view.timeline.map(({ name }) => name)).toEqual(['case.reported', 'case.frozen', 'case.card_activated']);
		const late = await seen('C-2', 3);
		expect(late.clocks['freeze']?.ended ?? 0).toBeGreaterThanOrEqual(0);
	});

	test('twice in one request or in two are in the log once, also when they say something else the second time', async () => {
		const event = report('C-3', { id: 'twice' });
		expect((await post(url, [event, event])).body).toMatchObject({ accepted: 1, duplicates: 1 });
		const other = report('C-3b', { id: 'twice' });
		expect((await post(url, [other])).body).toMatchObject({ accepted: 0, duplicates: 1 });
		expect((await seen('C-3', 1)).row.events).toBe(1);
		expect(await see(url, 'case', { lane: 'live', caseId: 'C-3b' })).toBeNull();
	});

	test('4 minutes ahead are taken, 6 minutes ahead, before 1990 or of no known time are refused with the place', async () => {
		const events = [
			report('C-4', { ago: -4 * MINUTE }),
			report('C-5', { ago: -6 * MINUTE }),
			{ ...report('C-6'), time: '1989-12-31T23:59:59Z' },
			{ ...report('C-7'), time: '1990-01-02T00:00:00Z' },
			{ ...report('C-8'), time: '2026-02-30T00:00:00Z' },
			{ ...report('C-9'), time: '2026-11-22 10:00' }
		];
		const { status, body } = await post(url, events);
		expect([status, body.accepted]).toEqual([207, 2]);
		expect(body.rejected.map(({ index, code, pointer }) => [index, code, pointer])).toEqual([
			[1, 'time-in-future', '/time'],
			[2, 'time-too-old', '/time'],
			[4, 'envelope', '/time'],
			[5, 'envelope', '/time']
		]);
		expect((await seen('C-4', 1)).violations).toEqual([]);
		expect((await seen('C-7', 1)).row.openedAt).toBe(Date.UTC(1990, 0, 2));
	});

	test('of an unknown type or version are refused with the place', async () => {
		const events = [
			{ ...report('C-10'), type: 'com.hotcard.case.reportd.v1' },
			{ ...report('C-11'), type: 'com.hotcard.case.reported.v9' },
			{ ...report('C-12'), specversion: '0.3' },
			'not an event'
		];
		const { status, body } = await post(url, events);
		expect([status, body.accepted]).toEqual([207, 0]);
		expect(body.rejected.map(({ pointer }) => pointer)).toEqual(['/type', '/type', '/specversion', '']);
		expect(body.rejected[0]?.detail).toContain('catalogue');
		expect(await see(url, 'case', { lane: 'live', caseId: 'C-10' })).toBeNull();
	});
});

test('lanes never leak: the same ids go into two lanes, and no view of one shows what is in the other', async () => {
	const old = { ago: 3 * DAY };
	const mine = [report('X-live', { id: 'x-1', ...old }), report('X-both', { id: 'x-2', ...old })];
	const theirs = [
		report('X-drill', { id: 'x-1', ...old }),
		report('X-both', { id: 'x-2', ...old, data: { tier: 'vip' } })
	];
	expect((await post(url, mine, 'live')).body).toMatchObject({ accepted: 2, duplicates: 0 });
	expect((await post(url, theirs, 'drill:x')).body).toMatchObject({ accepted: 2, duplicates: 0 });
	expect((await post(url, [{ ...report('X-bad'), type: 'x' }], 'drill:x')).status).toBe(207);
	await seen('X-drill', 1, 'drill:x');
	await seen('X-live', 1);
	expect((await seen('X-both', 1)).row.tier).not.toBe('vip');
	expect((await seen('X-both', 1, 'drill:x')).row.tier).toBe('vip');

	const lanes = { live: 'X-drill', 'drill:x': 'X-live' } as const;
	for (const [lane, foreign] of Object.entries(lanes) as [keyof typeof lanes, string][]) {
		expect(await see(url, 'case', { lane, caseId: foreign })).toBeNull();
		const views = [
			await see(url, 'cases', { lane, status: 'all', limit: 500 }),
			await see(url, 'overview', { lane }),
			await see(url, 'log', { lane, limit: 500 }),
			await see(url, 'quarantine', { lane, limit: 500 })
		];
		for (const view of views) expect(JSON.stringify(view)).not.toContain(foreign);
	}
	expect(await see(url, 'cases', { lane: 'drill:x', status: 'all' })).toMatchObject({ total: 2 });
	expect((await see(url, 'shell', { lane: 'drill:x' })).open).toBe(2);
	const counted = await rows(url, dir.path, "SELECT count(*) AS n FROM events WHERE lane = 'drill:x'");
	expect(counted).toEqual([{ n: 2 }]);
	expect((await see(url, 'variants', { lane: 'drill:x' })).cases).toBe(2);
});

test('a refused event waits in the quarantine; who may repairs it there, once, and then it is in the log', async () => {
	const broken = { ...report('Q-1'), data: { ...report('Q-1').data, kind: 'whim' } };
	expect((await post(url, [broken])).status).toBe(207);
	const listed = await see(url, 'quarantine', { lane: 'live', status: 'open', code: 'schema' });
	const row = listed.rows.find(({ body }) => body.includes('Q-1'));
	expect(row).toMatchObject({ pointer: '/data/kind', status: 'open' });
	const path = `/api/v1/quarantine/${row?.id}`;

	for (const who of ['T001', 'A001', 'R001']) expect((await act(url, path, who, report('Q-1'))).status).toBe(403);
	const still = await act(url, path, 'S001', broken);
	expect([still.status, still.body.rejected[0]?.pointer]).toEqual([207, '/data/kind']);
	expect(await see(url, 'case', { lane: 'live', caseId: 'Q-1' })).toBeNull();

	expect(await act(url, path, 'S001', report('Q-1'))).toMatchObject({ status: 202, body: { accepted: 1 } });
	expect((await seen('Q-1', 1)).row.events).toBe(1);
	expect((await act(url, path, 'S001', report('Q-1'))).status).toBe(409);
	expect((await act(url, '/api/v1/quarantine/999999', 'S001', report('Q-1'))).status).toBe(404);
	const after = await see(url, 'quarantine', { lane: 'live', status: 'open' });
	expect(after.rows.some(({ id }) => id === row?.id)).toBe(false);
});

test('a cookie that names nobody commands nothing, and reads as at a first visit', async () => {
	const pause = { lane: 'live', command: 'speed', speed: 0 };
	const note = { lane: 'live', command: 'annotate', caseId: 'C-1', text: 'seen' };
	for (const [path, body] of [
		['/api/v1/lab', pause],
		['/api/v1/commands', note],
		['/api/v1/quarantine/1', report('Q-1')]
	] as const)
		expect(await act(url, path, 'X999', body)).toMatchObject({ status: 403, body: { code: 'unknown-actor' } });
	expect(await act(url, '/api/v1/lab', 'M001', pause)).toMatchObject({
		status: 409,
		body: { code: 'lane-not-driven' }
	});
	const read = await fetch(`${url}/api/v1/lab?lane=live`, { headers: { cookie: 'hc_actor=X999' } });
	expect(read.status).toBe(200);
});

test('a frozen card is released by two people, and every try is on record', async () => {
	expect((await post(url, [report('R-1')])).status).toBe(202);
	await seen('R-1', 1);
	const command = (actor: string, kind: string, more: object = {}) =>
		act(url, '/api/v1/commands', actor, { kind, lane: 'live', caseId: 'R-1', ...more });

	expect((await command('S001', 'case.release.approve')).body).toMatchObject({ code: 'release-not-asked' });
	expect((await command('A001', 'case.release', { reason: 'found' })).status).toBe(403);
	expect(await command('S001', 'case.release', { reason: 'the card was found' })).toMatchObject({ status: 200 });
	const same = await command('S001', 'case.release.approve');
	expect([same.status, same.body.code]).toEqual([409, 'four-eyes']);
	expect((await command('T001', 'case.release.approve')).status).toBe(403);
	// Two who approve at the same moment: one of them is late.
	const both = await Promise.all([command('S002', 'case.release.approve'), command('M001', 'case.release.approve')]);
	expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect((await command('S002', 'case.prioritise', { reason: 'late' })).body).toMatchObject({ code: 'case-closed' });

	const view = await eventually(async () => {
		const found = await see(url, 'case', { lane: 'live', caseId: 'R-1' });
		return found?.row.status === 'closed' && found;
	});
	expect(view.violations).toEqual([]);
	const audited = await rows(
		url,
		dir.path,
		"SELECT activity, count(*) AS n FROM events WHERE lane = 'live' AND activity IN ('audit.recorded', 'case.release_requested', 'case.released') AND (case_id = 'R-1' OR case_id IS NULL) GROUP BY 1 ORDER BY 1"
	);
	const log = await see(url, 'log', { lane: 'live', type: 'audit.recorded', limit: 500 });
	expect(Object.fromEntries(audited.map(({ activity, n }) => [activity, n]))).toMatchObject({
		'case.release_requested': 1,
		'case.released': 1
	});
	const outcomes = await Promise.all(
		log.rows.map(async ({ offset }) => {
			const response = await fetch(`${url}/api/v1/views/event/${offset}`);
			const { event } = (await response.json()) as { event: { data: Record<string, string> } };
			return event.data;
		})
	);
	const tries = outcomes
		.filter(({ target }) => target === 'R-1')
		.map(({ action, outcome, reason }) => [action, outcome, reason ?? null].join(' '));
	expect(tries.sort()).toEqual(
		[
			'case.release success ',
			'case.release.approve success ',
			'case.release.approve refused release-not-asked',
			'case.release refused forbidden',
			'case.release.approve refused four-eyes',
			'case.release.approve refused forbidden',
			'case.release.approve refused case-closed',
			'case.prioritise refused case-closed'
		].sort()
	);
});
