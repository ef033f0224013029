import { expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { MINUTE } from '#lib/domain/time.ts';
import type { ActNow } from '#lib/protocol/views.ts';
import { Engine } from '#lib/server/live/engine.ts';
import { memoryLog } from '#lib/server/log/memory.ts';
import { append, event, HandClock, NOON, POLICY } from './bank.ts';

const viewer: Actor = { id: 'v', name: { zh: '看', en: 'viewer' }, role: 'viewer', scope: '*' };

const branch = (branchId: string, province: string) =>
	event('branch.opened', NOON, { branchId, name: `Branch ${branchId}`, province, city: province });
const down = (deviceId: string, branchId: string, kind: string, minutes = 0) =>
	event('device.down', NOON - minutes * MINUTE, { deviceId, branchId, kind });

async function acts(events: readonly ReturnType<typeof event>[]): Promise<ActNow[]> {
	const clock = new HandClock();
	const log = memoryLog(clock);
	const engine = new Engine({ file: ':memory:', policy: POLICY, clock, log });
	try {
		await engine.recover();
		log.onCommit((batch) => engine.apply(batch));
		await append(log, 'live', events);
		return Object.values((await engine.view('overview', { lane: 'live' }, viewer)).view.act);
	} finally {
		await engine.close();
	}
}

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
