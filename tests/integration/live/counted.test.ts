import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { MINUTE } from '#lib/domain/time.ts';
import type { CasesParams } from '#lib/protocol/views.ts';
import { Engine } from '#lib/server/live/engine.ts';
import { checkLane, countLane } from '#lib/server/live/self-check.ts';
import { memoryLog } from '#lib/server/log/memory.ts';
import { append, event, HandClock, NOON, POLICY, reported } from './bank.ts';

const teller: Actor = { id: 'T001', name: { zh: '柜', en: 'Teller' }, role: 'teller', scope: '*' };

let engine: Engine;
let clock: HandClock;

const on = (caseId: string, name: Parameters<typeof event>[0], minutes: number, more: object = {}) =>
	event(name, NOON + minutes * MINUTE, { caseId, ...more });

beforeEach(async () => {
	clock = new HandClock();
	const log = memoryLog(clock);
	engine = new Engine({ file: ':memory:', policy: POLICY, clock, log });
	await engine.recover();
	log.onCommit((batch) => engine.apply(batch));
	await append(log, 'live', [
		...['a', 'b', 'c'].map((id) => reported(id, NOON)),
		// Of a, the freeze presses more than the way to the new card, which runs in all three.
		on('a', 'case.freeze_requested', 0, { paymentChannels: ['unionpay'] }),
		on('b', 'case.freeze_requested', 0, { paymentChannels: ['unionpay'] }),
		on('b', 'case.freeze_completed', 3),
		on('b', 'case.assigned', 1, { owner: 'T001', by: 'T001' }),
		on('c', 'case.assigned', 1, { owner: 'M001', by: 'M001' }),
		on('c', 'case.closed', 2, { outcome: 'completed' })
	]);
	clock.moveTo(NOON + 15 * MINUTE);
	await engine.commit();
});

afterEach(() => engine.close());

const cases = async (params: Omit<CasesParams, 'lane'>) =>
	(await engine.view('cases', { lane: 'live', ...params }, teller)).view;

test('as many cases are listed under a clock as it runs in, whichever clock presses them most', async () => {
	const { clocks } = (await engine.view('overview', { lane: 'live' }, teller)).view;
	for (const { clock, running, breached, atRisk } of Object.values(clocks)) {
		const totals = [];
		for (const status of ['open', 'breached', 'at_risk'] as const) totals.push((await cases({ clock, status })).total);
		expect([clock, totals]).toEqual([clock, [running, breached, atRisk]]);
	}
	expect((await cases({ clock: 'end_to_end' })).rows.map((row) => row.caseId).sort()).toEqual(['a', 'b']);
	expect((await cases({ clock: 'freeze', status: 'breached' })).rows.map((row) => row.caseId)).toEqual(['a']);
});

test('tellers can tell their own cases from those of others, open and closed', async () => {
	const { rows } = await cases({ status: 'all' });
	expect(Object.fromEntries(rows.map((row) => [row.caseId, row.owner]))).toEqual({ a: null, b: 'T001', c: 'M001' });
	const one = await engine.view('case', { lane: 'live', caseId: 'b' }, teller);
	expect(one.view?.row.owner).toBe('T001');
	expect(one.view?.customer).toMatch(/^\*{3}/);
	expect(one.view?.timeline.find(({ name }) => name === 'case.assigned')?.actor).toMatch(/^\*{3}/);
});

test('a case tells what its ended clocks took on their own time', async () => {
	const { view } = await engine.view('case', { lane: 'live', caseId: 'b' }, teller);
	expect(view?.clocks['freeze']).toMatchObject({ status: 'met', spent: 3 * MINUTE });
	expect(view?.clocks['end_to_end']).toMatchObject({ ended: null, spent: null });
});

test('a self-check that finds a difference tells it in both languages', async () => {
	const count = countLane(engine.folds.lane('live'));
	expect(count).not.toBeNull();
	expect(await checkLane(engine.store, count!)).toEqual([]);
	expect(await checkLane(engine.store, { ...count!, opened: 9 })).toEqual([
		{
			en: 'lane live: cases opened: 9 in memory, 3 in the projections',
			zh: '泳道 live：业务单 opened：内存 9，投影表 3'
		}
	]);
});

test('the overview of one branch says which branch it is', async () => {
	const view = async (branch?: string) =>
		(await engine.view('overview', { lane: 'live', ...(branch === undefined ? {} : { branch }) }, teller)).view.branch;
	expect([await view(), await view('b9')]).toEqual([null, 'b9']);
});
