import { afterEach, beforeEach, expect, it } from 'vitest';
import { catalog } from '#analytics/catalog.ts';
import type { Store } from '#analytics/store.ts';
import { DAY, MINUTE } from '#lib/domain/time.ts';
import { addVisits, branchRow, memoryStore, MONDAY, stockRow } from './support.ts';

const WEEK = { lane: 'live', from: MONDAY, to: MONDAY + 7 * DAY };
const target_ms = 8 * MINUTE;

let store: Store;
beforeEach(async () => {
	store = await memoryStore();
});
afterEach(() => store.close());

it('details one cell, with the distribution of its waits, and the day of the branch', async () => {
	await addVisits(store);
	const params = { ...WEEK, branch: 'B1', target_ms };
	const [cell] = await catalog.run(store, 'branch_cell', { ...params, hour_of_week: 9 });
	expect(cell).toMatchObject({ volume: 11, wait_n: 10, wait_p50: 5 * MINUTE, wait_p90: 9 * MINUTE, overtime: 2 });
	expect(cell?.ecdf).toHaveLength(21);
	expect([cell?.ecdf?.[0], cell?.ecdf?.[10], cell?.ecdf?.[20]]).toEqual([MINUTE, 5 * MINUTE, 10 * MINUTE]);
	const [none] = await catalog.run(store, 'branch_cell', { ...params, hour_of_week: 3 });
	expect(none).toMatchObject({ volume: 0, wait_p50: null, handling_p90: null, ecdf: null });
	const [usual] = await catalog.run(store, 'branch_cell', params);
	expect(usual?.volume).toBe(11);
	expect(await catalog.run(store, 'branch_day', { ...WEEK, branch: 'B1', weekday: 0 })).toEqual([
		{ hour: 9, arrivals: 11, wait_p90: 9 * MINUTE }
	]);
});

it('reckons stock from the last count and the moves after it', async () => {
	const { writer } = store;
	writer.add('stock_movements', stockRow(0, { change: 'move', quantity: 70 }));
	writer.add('stock_movements', stockRow(1, { change: 'count', quantity: 100 }));
	writer.add('stock_movements', stockRow(2, { change: 'move', quantity: -30 }));
	writer.add('stock_movements', stockRow(3, { change: 'threshold', quantity: 70, threshold: 80 }));
	writer.add('stock_movements', stockRow(4, { change: 'move', quantity: 5 }));
	writer.add('stock_movements', stockRow(5, { change: 'move', quantity: 5, branchId: 'B2' }));
	await writer.commit(6);
	expect(await catalog.run(store, 'stock_levels', { lane: 'live' })).toEqual([
		{ branch_id: 'B1', product: 'debit', quantity: 75, threshold: 80, changed_at: MONDAY + 4 },
		{ branch_id: 'B2', product: 'debit', quantity: null, threshold: null, changed_at: MONDAY + 5 }
	]);
});

it('answers the latest word on branches, devices and sites', async () => {
	const { writer } = store;
	writer.add('branch_openings', branchRow(0, { name: 'Old', windows: 3 }));
	writer.add('branch_openings', branchRow(1, { name: 'New' }));
	const health = { lane: 'live', occurredAt: MONDAY, site: 'A', component: 'core' };
	writer.add('site_health', { ...health, offset: 2, status: 'down', latencyMs: 900, errorRate: null });
	writer.add('site_health', { ...health, offset: 3, status: 'up', latencyMs: null, errorRate: 0 });
	const device = { lane: 'live', occurredAt: MONDAY, deviceId: 'D', branchId: 'B1', kind: null, reason: null };
	writer.add('device_changes', { ...device, offset: 4, status: 'up' });
	writer.add('device_changes', { ...device, offset: 5, status: 'degraded' });
	await writer.commit(6);
	const at = MONDAY;
	const [branch] = await catalog.run(store, 'branches', { lane: 'live' });
	expect(branch).toMatchObject({ branch_id: 'B1', name: 'New', windows: null });
	expect(await catalog.run(store, 'site_latest', { lane: 'live', at })).toEqual([
		{ site: 'A', component: 'core', status: 'up', at, latency_ms: null }
	]);
	expect(await catalog.run(store, 'device_latest', { lane: 'live', at })).toEqual([
		{ device_id: 'D', branch_id: 'B1', status: 'degraded', at }
	]);
});
