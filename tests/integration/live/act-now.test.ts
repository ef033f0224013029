import { expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { MINUTE } from '#lib/domain/time.ts';
import type { ActNow } from '#lib/protocol/views.ts';
import { Engine } from '#lib/server/live/engine.ts';
import { memoryLog } from '#lib/server/log/memory.ts';
import { append, event, HandClock, NOON, POLICY, reported } from './bank.ts';

const viewer: Actor = { id: 'v', name: { zh: '看', en: 'viewer' }, role: 'viewer', scope: '*' };

const branch = (branchId: string, province: string) =>
	event('branch.opened', NOON, { branchId, name: `Branch ${branchId}`, province, city: province });
const down = (deviceId: string, branchId: string, kind: string, minutes = 0) =>
	event('device.down', NOON - minutes * MINUTE, { deviceId, branchId, kind });

async function withBank<T>(
	events: readonly ReturnType<typeof event>[],
	ask: (engine: Engine) => Promise<T>
): Promise<T> {
	const clock = new HandClock();
	const log = memoryLog(clock);
	const engine = new Engine({ file: ':memory:', policy: POLICY, clock, log });
	try {
		await engine.recover();
		log.onCommit((batch) => engine.apply(batch));
		await append(log, 'live', events);
		await engine.commit();
		return await ask(engine);
	} finally {
		await engine.close();
	}
}

const rowsOf = async (engine: Engine): Promise<ActNow[]> =>
	Object.values((await engine.view('overview', { lane: 'live' }, viewer)).view.act);
const acts = (events: readonly ReturnType<typeof event>[]) => withBank(events, rowsOf);
/** What a next step asks of the page that it leads to. */
const asked = (row: ActNow | undefined): Record<string, string> => {
	const link = new URL(row?.link ?? '', 'http://bank');
	return { path: link.pathname, ...Object.fromEntries(link.searchParams) };
};

test('many devices of a kind that are down share a row, few of them have one each, and the many come first', async () => {
	const rows = await acts([
		branch('b1', '浙江'),
		branch('b2', '浙江'),
		down('atm-1', 'b1', 'atm'),
		...[1, 2, 3, 4].map((n) => down(`vtm-${n}`, n === 1 ? 'b2' : 'b1', 'vtm', n))
	]);
	expect(rows.map((row) => [row.kind, row.what])).toEqual([
		['device_down', { devices: 4, branches: 2, since: NOON - 4 * MINUTE, deviceKind: 'vtm', province: '浙江' }],
		['device_down', { device: 'atm-1', branchId: 'b1', branch: 'Branch b1', deviceKind: 'atm', since: NOON }]
	]);
	expect(rows[0]?.link).toContain(`province=${encodeURIComponent('浙江')}`);
});

test('devices of one branch are told by its name, those of several provinces by no place', async () => {
	const [one] = await acts([branch('b1', '浙江'), ...[1, 2, 3, 4].map((n) => down(`d${n}`, 'b1', 'vtm'))]);
	expect(one?.what).toMatchObject({ devices: 4, branches: 1, branchId: 'b1', branch: 'Branch b1' });
	const [many] = await acts([
		branch('b1', '浙江'),
		branch('b2', '江苏'),
		...[1, 2, 3, 4].map((n) => down(`d${n}`, `b${(n % 2) + 1}`, 'vtm'))
	]);
	expect(Object.keys(many?.what ?? {}).sort()).toEqual(['branches', 'deviceKind', 'devices', 'since']);
});

test('a site that is down leads to its health in the log', async () => {
	const [row] = await acts([event('site.health', NOON, { site: 'hefei', component: 'core', status: 'down' })]);
	expect([row?.kind, asked(row)]).toEqual(['site_down', { path: '/log', lane: 'live', type: 'site.health' }]);
});

test('a site of which several parts are down is one entry, since the first of them, however often it is looked at', async () => {
	const health = (component: string, status: string, at: number) =>
		event('site.health', at, { site: 'hefei', component, status });
	const rows = await acts([
		health('core', 'down', NOON - 9 * MINUTE),
		health('database', 'down', NOON - 5 * MINUTE),
		health('network', 'up', NOON - 5 * MINUTE),
		health('core', 'down', NOON - 4 * MINUTE),
		health('queue', 'up', NOON - 4 * MINUTE)
	]);
	expect(rows.map(({ kind, what }) => [kind, what])).toEqual([
		['site_down', { site: 'hefei', parts: 2, since: NOON - 9 * MINUTE }]
	]);
});

test('a device that reports for many leads to all of its cases, those that are closed among them', async () => {
	const ids = ['c1', 'c2', 'c3', 'c10'];
	const from = (id: string) => reported(id, NOON - MINUTE, { deviceId: 'phone-77' });
	const closed = event('case.closed', NOON, { caseId: 'c1', outcome: 'completed' });
	await withBank([...ids.map(from), reported('c4', NOON), closed], async (engine) => {
		const row = (await rowsOf(engine)).find(({ kind }) => kind === 'duplicate_device');
		expect(row?.cases).toBe(4);
		const { path, lane, ...params } = asked(row);
		expect([path, lane]).toEqual(['/cases', 'live']);
		const list = async (more: object) =>
			(await engine.view('cases', { lane: 'live', ...params, ...more }, viewer)).view.rows.map(({ caseId }) => caseId);
		expect(await list({})).toEqual(['c10', 'c2', 'c3', 'c1']);
		expect(await list({ status: 'open' })).toEqual(['c10', 'c2', 'c3']);
		expect(await list({ offset: 3, limit: 1 })).toEqual(['c1']);
	});
});

test('the list says what the branch and the clock of its filters are called, also where no row matches', async () => {
	await withBank([branch('b1', '浙江')], async (engine) => {
		const { view } = await engine.view('cases', { lane: 'live', branch: 'b1', clock: 'freeze' }, viewer);
		expect(view).toMatchObject({ total: 0, names: { branch: 'Branch b1', clock: { zh: 'freeze', en: 'freeze' } } });
		expect((await engine.view('cases', { lane: 'live', branch: 'b9' }, viewer)).view.names).toBeUndefined();
	});
});
