import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Params } from '#lib/protocol/topics.ts';
import type { HeatmapView } from '#lib/protocol/views.ts';
import { Engine } from '#lib/server/live/engine.ts';
import { memoryLog } from '#lib/server/log/memory.ts';
import { append, event, HandClock, NOON, POLICY } from './bank.ts';

const viewer: Actor = { id: 'v', name: { zh: '看', en: 'viewer' }, role: 'viewer', scope: '*' };
const PLACES = [
	['b1', '丙', '杭州', '浙江'],
	['b2', '甲', '宁波', '浙江'],
	['b3', '乙', '南京', '江苏']
] as const;

let engine: Engine;

/** A visit at nine that waits and is handled for so many minutes. */
const visit = (branchId: string, no: number, wait: number, handling: number) => {
	const at = NOON - 3 * HOUR + no * 1_000;
	const step = (name: 'visit.ticket_taken' | 'visit.called' | 'visit.completed', minutes: number) =>
		event(name, at + minutes * MINUTE, { visitId: `${branchId}-${no}`, branchId });
	return [step('visit.ticket_taken', 0), step('visit.called', wait), step('visit.completed', wait + handling)];
};

beforeEach(async () => {
	const clock = new HandClock();
	const log = memoryLog(clock);
	const window = { ...POLICY.clocks[0]!, id: 'handling', target: 20 * MINUTE, scope: { branch: ['b2'] } };
	const policy = { ...POLICY, clocks: [...POLICY.clocks, window] };
	engine = new Engine({ file: ':memory:', policy, clock, log });
	await engine.recover();
	log.onCommit((batch) => engine.apply(batch));
	const opened = PLACES.map(([branchId, name, city, province]) =>
		event('branch.opened', NOON - DAY, { branchId, name, city, province, windows: 2 })
	);
	const b1 = Array.from({ length: 12 }, (_, no) => visit('b1', no, no + 1, 5)).flat();
	await append(log, 'live', [
		...opened,
		...b1,
		...visit('b2', 1, 30, 10),
		...visit('b2', 2, 31, 25),
		...visit('b3', 1, 5, 9)
	]);
	await engine.commit();
});

afterEach(() => engine.close());

const ask = async (params: Omit<Params<'branches'>, 'lane'>): Promise<HeatmapView> =>
	(await engine.view('branches', { lane: 'live', ...params }, viewer)).view;
const ids = (view: HeatmapView) => view.branches.map((branch) => branch.id);
/** Wednesday, nine o'clock. */
const HOUR_OF_WEEK = 2 * 24 + 9;
const cells = (view: HeatmapView) =>
	ids(view).map((_, row) => [view.values[row * 168 + HOUR_OF_WEEK], view.counts[row * 168 + HOUR_OF_WEEK]]);

test('lays every branch out by province and city, the same straight and from the summary', async () => {
	const straight = await ask({});
	expect(ids(straight)).toEqual(['b3', 'b2', 'b1']);
	expect(straight).toMatchObject({ total: 3, provinces: ['江苏', '浙江'], target: null });
	expect(straight.values).toHaveLength(3 * 168);
	expect(straight.values.filter((value) => value !== null)).toHaveLength(3);
	expect(cells(straight)).toEqual([
		[5 * MINUTE, 1],
		[31 * MINUTE, 2],
		[11 * MINUTE, 12]
	]);
	const province = await ask({ province: '浙江' });
	await engine.summarise();
	const { values, counts } = await ask({});
	expect({ values, counts }).toEqual({ values: straight.values, counts: straight.counts });
	const again = await ask({ province: '浙江' });
	expect(again.range.to).toBe(NOON);
	expect(again.values).toEqual(province.values);
});

test('shows the first branches of an order, and says how many there are in all', async () => {
	const worst = await ask({ sort: 'worst', limit: 2 });
	expect(ids(worst)).toEqual(['b2', 'b1']);
	expect(worst).toMatchObject({ total: 3, provinces: ['江苏', '浙江'] });
	expect(cells(worst).map(([wait]) => wait)).toEqual([31 * MINUTE, 11 * MINUTE]);
	expect(ids(await ask({ sort: 'name', limit: 2 }))).toEqual(['b1', 'b2']);
	expect(ids(await ask({ province: '浙江', limit: 1 }))).toEqual(['b2']);
	expect((await ask({ province: '浙江', limit: 1 })).total).toBe(2);
});

test('counts overtime against the target that the policy gives a branch', async () => {
	const share = async () =>
		Object.fromEntries((await ask({ measure: 'overtime' }).then(cells)).map(([value], at) => [at, value]));
	// b3 took 9 of 8 minutes, b2 10 and 25 of its own 20, b1 always 5.
	expect(await share()).toEqual({ 0: 1, 1: 0.5, 2: 0 });
	const cell = await engine.view('branchCell', { lane: 'live', branchId: 'b2', hourOfWeek: HOUR_OF_WEEK }, viewer);
	expect(cell.view.overtime).toMatchObject({ met: 1, n: 2 });
	expect((await ask({ measure: 'handling' })).target).toBe(8 * MINUTE);
});

test('shows one branch alone, which a cell names too, and none where no branch has the id', async () => {
	const straight = await ask({ branch: 'b2' });
	expect(ids(straight)).toEqual(['b2']);
	expect(straight).toMatchObject({ total: 1, provinces: ['江苏', '浙江'] });
	expect(cells(straight)).toEqual([[31 * MINUTE, 2]]);
	expect(ids(await ask({ branch: 'b9' }))).toEqual([]);
	expect((await ask({ branch: 'b9' })).values).toEqual([]);
	await engine.summarise();
	expect(cells(await ask({ branch: 'b2' }))).toEqual([[31 * MINUTE, 2]]);
	const cell = async (branchId: string) =>
		(await engine.view('branchCell', { lane: 'live', branchId, hourOfWeek: HOUR_OF_WEEK }, viewer)).view;
	expect((await cell('b2')).branch).toEqual({ id: 'b2', name: '甲', city: '宁波', province: '浙江' });
	expect((await cell('b9')).branch).toBeNull();
});

test('tells the places of a lane without asking the history', async () => {
	const { view } = await engine.view('places', { lane: 'live' }, viewer);
	expect(view.branches.map(({ id, name }) => [id, name])).toEqual([
		['b3', '乙'],
		['b2', '甲'],
		['b1', '丙']
	]);
	expect((await engine.view('places', { lane: 'demo' }, viewer)).view.branches).toEqual([]);
});
