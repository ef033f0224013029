import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Firing } from '#lib/server/live/deadlines.ts';
import { Engine } from '#lib/server/live/engine.ts';
import { memoryLog } from '#lib/server/log/memory.ts';
import type { EventLog } from '#lib/server/log/port.ts';
import { append, event, HandClock, journey, NOON, POLICY, reported } from './bank.ts';

const viewer: Actor = { id: 'v', name: { zh: '看', en: 'viewer' }, role: 'viewer', scope: '*' };
const manager: Actor = { ...viewer, id: 'm', role: 'manager' };

let dir: string;
let clock: HandClock;
let log: EventLog;
let faults: unknown[];
let firings: Firing[];
const open: Engine[] = [];

async function start(file = ':memory:'): Promise<Engine> {
	const engine = new Engine({
		file,
		policy: POLICY,
		clock,
		log,
		onFault: (error) => faults.push(error),
		onFirings: (fired) => firings.push(...fired)
	});
	await engine.recover();
	open.push(engine);
	log.onCommit((batch) => engine.apply(batch));
	return engine;
}

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'hotcard-live-'));
	clock = new HandClock();
	log = memoryLog(clock);
	faults = [];
	firings = [];
});

afterEach(async () => {
	for (const engine of open.splice(0)) await engine.close();
	rmSync(dir, { recursive: true, force: true });
	expect(faults).toEqual([]);
});

describe('the engine', () => {
	test('shows an open case in every view of its lane and in none of another', async () => {
		const engine = await start();
		await append(log, 'live', [reported('c1', NOON - MINUTE)]);
		const { view: shell } = await engine.view('shell', { lane: 'live' }, viewer);
		expect(shell).toMatchObject({ open: 1, breached: 0, newest: MINUTE, offset: 1, synthetic: false });
		const { view: overview } = await engine.view('overview', { lane: 'live' }, viewer);
		expect(overview).toMatchObject({ open: 1, opened: 1, closed: 0, attainment: null });
		expect(overview.stages['report']).toMatchObject({ entered: 1, open: 1 });
		expect(overview.channels['mobile']?.lastHour).toBe(1);
		const { view: cases } = await engine.view('cases', { lane: 'live' }, viewer);
		expect(cases.rows.map((row) => [row.caseId, row.clock])).toEqual([['c1', 'end_to_end']]);
		expect((await engine.view('cases', { lane: 'demo' }, viewer)).view.total).toBe(0);
	});

	test('counts a finished case as met clocks and writes it to the projections', async () => {
		const engine = await start();
		await append(log, 'live', journey('c1', NOON - HOUR));
		await engine.commit();
		const { view } = await engine.view('overview', { lane: 'live' }, viewer);
		expect(view).toMatchObject({ open: 0, opened: 1, closed: 1, attainment: { met: 3, n: 3 } });
		expect(view.freeze?.p50).toBeGreaterThan(0.98 * MINUTE);
		expect(view.freeze?.p50).toBeLessThan(1.02 * MINUTE);
		const { rows } = await engine.query('SELECT clock, met FROM clock_runs ORDER BY clock');
		expect(rows).toEqual(['end_to_end', 'freeze', 'verify'].map((name) => ({ clock: name, met: true })));
		const closed = await engine.view('cases', { lane: 'live', status: 'closed' }, viewer);
		expect(closed.view).toMatchObject({ total: 1, rows: [{ caseId: 'c1', status: 'closed' }] });
	});

	test('answers an older range from the projections in the same shape as today from memory', async () => {
		const engine = await start();
		await append(log, 'live', journey('c1', NOON - HOUR));
		await engine.commit();
		const range = { from: NOON - 12 * HOUR, to: NOON + HOUR };
		const memory = (await engine.view('overview', { lane: 'live', ...range }, viewer)).view;
		const stored = (await engine.view('overview', { lane: 'live', ...range, branch: 'none' }, viewer)).view;
		expect(Object.keys(stored)).toEqual(Object.keys(memory));
		expect(stored).toMatchObject({ opened: 0, closed: 0, attainment: null });
		const wide = { from: NOON - 30 * 24 * HOUR, to: NOON + HOUR };
		const month = (await engine.view('overview', { lane: 'live', ...wide }, viewer)).view;
		expect(month).toMatchObject({ opened: 1, closed: 1, attainment: memory.attainment, freeze: { n: 1 } });
		expect(month.stages['verify']?.dwell).toMatchObject({ n: 1, p50: 2 * MINUTE });
		expect(month.range.slot).toBe(24 * HOUR);
	});

	test('fires each deadline when its lane time comes, once, and shows it at once', async () => {
		const engine = await start();
		await append(log, 'live', [reported('c1', NOON)]);
		clock.moveTo(NOON + 2 * HOUR * 0.8 - 1);
		expect(firings).toEqual([]);
		clock.moveTo(NOON + 2 * HOUR * 0.8);
		expect(firings.map((one) => one.id)).toEqual(['live/c1/end_to_end/at_risk']);
		expect((await engine.view('shell', { lane: 'live' }, viewer)).view).toMatchObject({ atRisk: 1, breached: 0 });
		clock.moveTo(NOON + 5 * HOUR);
		expect(firings.map((one) => [one.kind, one.firedAt - NOON])).toEqual([
			['at_risk', 2 * HOUR * 0.8],
			['breach', 2 * HOUR + 1]
		]);
		const { view } = await engine.view('overview', { lane: 'live' }, viewer);
		expect(view.breached).toBe(1);
		expect(Object.values(view.act)).toMatchObject([{ kind: 'breached', cases: 1, severity: 'broken', rank: 1 }]);
	});

	test('fires on time where a lane runs sixty times as fast', async () => {
		const engine = await start();
		engine.setLaneTime('demo', { wallAt: NOON, laneAt: NOON, speed: 60 });
		await append(log, 'demo', [reported('c1', NOON)]);
		clock.moveTo(NOON + 2 * MINUTE + SECOND);
		expect(firings.map((one) => one.kind)).toEqual(['at_risk', 'breach']);
		for (const { at, firedAt } of firings) expect(firedAt - at).toBeLessThanOrEqual(SECOND);
	});

	test('comes back from its checkpoint and the rest of the log, and fires what passed meanwhile', async () => {
		const file = join(dir, 'hotcard.duckdb');
		const first = await start(file);
		await append(log, 'live', [...journey('c1', NOON - HOUR), reported('c2', NOON)]);
		const before = (await first.view('overview', { lane: 'live' }, viewer)).view;
		await first.close();
		await append(log, 'live', [reported('c3', NOON)]);
		clock.moveTo(NOON + 3 * HOUR);
		const second = await start(file);
		expect(second.stats().recovery).toMatchObject({ from: 12, events: 1 });
		expect(firings.map((one) => one.id).sort()).toEqual(
			['c2', 'c3'].flatMap((id) => [`live/${id}/end_to_end/at_risk`, `live/${id}/end_to_end/breach`])
		);
		const after = (await second.view('overview', { lane: 'live' }, viewer)).view;
		expect(after.opened).toBe(before.opened + 1);
		expect(after.attainment).toEqual(before.attainment);
		expect((await second.query('SELECT count(*) AS n FROM events')).rows).toEqual([{ n: 13 }]);
		expect(await second.selfCheck()).toMatchObject({ ok: true });
	});

	test('keeps a late event of a closed case as a violation, also after a restart without a checkpoint', async () => {
		const file = join(dir, 'hotcard.duckdb');
		const first = await start(file);
		await append(log, 'live', journey('c1', NOON - HOUR));
		await first.close();
		rmSync(`${file}.checkpoint`);
		const second = await start(file);
		await append(log, 'live', [event('case.authorised', NOON, { caseId: 'c1' })]);
		await second.commit();
		const { view } = await second.view('case', { lane: 'live', caseId: 'c1' }, manager);
		expect(view?.violations).toMatchObject([
			{ event: 'case.authorised', reason: expect.stringContaining('after-close') }
		]);
		expect((await second.view('shell', { lane: 'live' }, viewer)).view.open).toBe(0);
		const { rows } = await second.query('SELECT violation FROM events WHERE violation IS NOT NULL');
		expect(rows).toEqual([{ violation: 'after-close' }]);
	});

	test('pages, filters and sorts open cases by the time they have left, with counts for every chip', async () => {
		const engine = await start();
		const channels = ['mobile', 'phone', 'mobile'];
		for (const [i, channel] of channels.entries()) {
			await append(log, 'live', [reported(`c${i}`, NOON - i * HOUR, { channel, branchId: `b${i}` })]);
		}
		const ask = async (params: object) => (await engine.view('cases', { lane: 'live', ...params }, viewer)).view;
		expect((await ask({})).rows.map((row) => row.caseId)).toEqual(['c2', 'c1', 'c0']);
		expect((await ask({ descending: true, offset: 1, limit: 1 })).rows.map((row) => row.caseId)).toEqual(['c1']);
		clock.moveTo(NOON + MINUTE);
		const phone = await ask({ channel: 'phone' });
		expect(phone).toMatchObject({ total: 1, facets: { channel: { mobile: 2, phone: 1 }, status: { open: 1 } } });
		expect(await ask({ status: 'breached' })).toMatchObject({ total: 1, rows: [{ caseId: 'c2', status: 'breached' }] });
		expect((await ask({ text: 'C1' })).rows.map((row) => row.branchId)).toEqual(['b1']);
		expect((await ask({ branch: 'b9' })).total).toBe(0);
	});

	test('lists what needs a person: low stock, a device that is down, a device that reports for many', async () => {
		const engine = await start();
		await append(log, 'live', [
			event('branch.opened', NOON, { branchId: 'b1', name: '静安支行', province: '上海', city: '上海' }),
			event('stock.counted', NOON, { branchId: 'b1', product: 'debit', quantity: 12 }),
			event('stock.threshold', NOON, { branchId: 'b1', product: 'debit', quantity: 12, threshold: 10 }),
			event('stock.moved', NOON, { from: 'b1', to: 'customer', product: 'debit', quantity: 5, reason: 'issued' }),
			event('device.down', NOON, { deviceId: 'atm-1', branchId: 'b1' }),
			...['c1', 'c2', 'c3'].map((id) => reported(id, NOON, { deviceId: 'phone-4711' }))
		]);
		const { view } = await engine.view('overview', { lane: 'live' }, viewer);
		expect(view.stock).toEqual({
			'b1|debit': { branchId: 'b1', branch: '静安支行', product: 'debit', quantity: 7, threshold: 10 }
		});
		expect(Object.values(view.act).map((row) => row.kind)).toEqual(['duplicate_device', 'device_down', 'low_stock']);
		expect(JSON.stringify(view.act)).not.toContain('phone-4711');
	});

	test('masks people for those who may not see them, and the card for everybody', async () => {
		const engine = await start();
		await append(log, 'live', [reported('c1', NOON, { deviceId: 'device-4711' })]);
		const masked = (await engine.view('case', { lane: 'live', caseId: 'c1' }, viewer)).view;
		expect(masked).toMatchObject({ customer: '***-c1', card: '622848******6789' });
		expect(masked?.timeline[0]?.facts).toMatchObject({ deviceId: '***711', card: '622848******6789' });
		expect(JSON.stringify(masked)).not.toContain('cust-c1');
		const plain = (await engine.view('case', { lane: 'live', caseId: 'c1' }, manager)).view;
		expect(plain).toMatchObject({ customer: 'cust-c1', card: '622848******6789' });
	});

	test('verifies its projections against the log and rebuilds them', async () => {
		const file = join(dir, 'hotcard.duckdb');
		const engine = await start(file);
		for (let i = 0; i < 5; i += 1) await append(log, 'live', journey(`c${i}`, NOON - (i + 1) * HOUR));
		expect(await engine.verify()).toMatchObject({ ok: true, offset: 55 });
		expect(await engine.rebuild()).toMatchObject({ events: 55 });
		await append(log, 'live', [reported('c9', NOON)]);
		expect(await engine.verify()).toMatchObject({ ok: true, offset: 56 });
		expect((await engine.view('shell', { lane: 'live' }, viewer)).view.open).toBe(1);
	});

	test('tells followers a new version only when their view changed', async () => {
		const engine = await start();
		await append(log, 'live', [reported('c1', NOON)]);
		const told: [number, number][] = [];
		const { snapshot, stop } = await engine.follow('cases', { lane: 'live' }, viewer, (view, version) =>
			told.push([version, view.total])
		);
		expect(snapshot).toMatchObject({ version: 1, view: { total: 1 } });
		await append(log, 'demo', [reported('d1', NOON)]);
		await append(log, 'live', [reported('c2', NOON)]);
		clock.moveTo(NOON + 250);
		await expect.poll(() => told).toEqual([[2, 2]]);
		stop();
		expect(engine.stats().rooms).toBe(0);
	});

	test('reads what it missed from the log', async () => {
		const engine = new Engine({ file: ':memory:', policy: POLICY, clock, log });
		await engine.recover();
		open.push(engine);
		await append(log, 'live', journey('c1', NOON - HOUR));
		log.onCommit((batch) => engine.apply(batch));
		await append(log, 'live', [reported('c2', NOON)]);
		await expect.poll(() => engine.applied).toBe(12);
		expect(await engine.verify()).toMatchObject({ ok: true, offset: 12 });
	});
});
