import { afterEach, beforeEach, expect, it } from 'vitest';
import { catalog } from '#analytics/catalog.ts';
import { heatSummary } from '#analytics/heat-summary.ts';
import { rebuildSummaries } from '#analytics/summaries.ts';
import type { Store } from '#analytics/store.ts';
import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import { branchRow, memoryStore, MONDAY, stockRow, visitRow } from './support.ts';

const WEEK = { lane: 'live', from: MONDAY, to: MONDAY + 7 * DAY };
const target_ms = 8 * MINUTE;

let store: Store;
beforeEach(async () => {
	store = await memoryStore();
});
afterEach(() => store.close());

/** Ten visits of B1 on Monday 09:00 with waits of 1 … 10 min and handling of 5 min (two of 9), one of B2 on Sunday 23:00. */
async function visits(): Promise<void> {
	const nine = MONDAY + 9 * HOUR;
	for (let no = 1; no <= 10; no++) {
		const handlingMs = (no <= 2 ? 9 : 5) * MINUTE;
		store.writer.add('visits', visitRow({ visitId: `V${no}`, ticketAt: nine + no, waitMs: no * MINUTE, handlingMs }));
	}
	store.writer.add('visits', visitRow({ ticketAt: nine, abandoned: true }));
	store.writer.add('visits', visitRow({ branchId: 'B2', ticketAt: MONDAY + 6 * DAY + 23 * HOUR }));
	store.writer.add('visits', visitRow({ branchId: 'B2', ticketAt: null, waitMs: 1 }));
	store.writer.add('visits', visitRow({ lane: 'demo', ticketAt: nine, waitMs: 1 }));
	await store.writer.commit(1);
}

const CELL_B1 = {
	branch_id: 'B1',
	hour_of_week: 9,
	volume: 11,
	wait_n: 10,
	wait_p90: 9 * MINUTE,
	handling_n: 10,
	handling_p90: 9 * MINUTE,
	overtime: 2
};
const CELL_B2 = {
	branch_id: 'B2',
	hour_of_week: 167,
	volume: 1,
	wait_n: 0,
	wait_p90: null,
	handling_n: 0,
	handling_p90: null,
	overtime: 0
};

it('makes the heatmap of all or some branches by the hour of the week of the bank', async () => {
	await visits();
	const ask = (branches: string[]) => catalog.run(store, 'heatmap', { ...WEEK, target_ms, branches });
	expect(await ask([])).toEqual([CELL_B1, CELL_B2]);
	expect(await ask(['B2', 'B7'])).toEqual([CELL_B2]);
});

it('makes the same heatmap from the rebuilt summary, lane by lane', async () => {
	await visits();
	expect(await catalog.run(store, 'heatmap_summary', { lane: 'live' })).toEqual([]);
	const now = WEEK.to;
	await rebuildSummaries(store, { live: now, demo: now }, { window: 7 * DAY });
	await rebuildSummaries(store, { live: now, demo: now }, { window: 7 * DAY });
	const extra = { target_ms, range_from: WEEK.from, range_to: now };
	expect(await catalog.run(store, 'heatmap_summary', { lane: 'live' })).toEqual([
		{ ...CELL_B1, ...extra },
		{ ...CELL_B2, ...extra }
	]);
	expect(await catalog.run(store, 'heatmap_summary', { lane: 'demo' })).toHaveLength(1);
});

it('answers the exact 0.9 quantile of cells of any size, the same as for all values at once', async () => {
	const sizes = [1, 2, 9, 10, 11, 19, 20, 21, 100];
	const expected = sizes.map((size, hour) => {
		// Neither sorted nor without gaps: only every third visit waits in the last hour.
		const waits = Array.from({ length: size }, (_, at) =>
			hour === sizes.length - 1 && at % 3 > 0 ? null : (at * 7) % size
		);
		const ticketAt = MONDAY + hour * HOUR;
		for (const waitMs of waits) store.writer.add('visits', visitRow({ ticketAt, waitMs, handlingMs: waitMs }));
		const known = waits.filter((wait) => wait !== null).sort((a, b) => a - b);
		return [known.length, known[Math.ceil(known.length * 0.9) - 1]];
	});
	await store.writer.commit(1);
	const cells = await catalog.run(store, 'heatmap', { ...WEEK, target_ms, branches: [] });
	expect(cells.map((cell) => [cell.wait_n, cell.wait_p90])).toEqual(expected);
	expect(cells.map((cell) => [cell.handling_n, cell.handling_p90])).toEqual(expected);
});

it('holds a branch with a target of its own against that, in the summary too', async () => {
	await visits();
	const params = { ...WEEK, target_ms, branches: [] };
	const own = await catalog.run(store, 'heatmap', {
		...params,
		own_branches: ['B0', 'B1'],
		own_targets: [1, 4 * MINUTE]
	});
	expect(own.map((cell) => cell.overtime)).toEqual([10, 0]);
	const ownTargets = new Map([['B1', 9 * MINUTE]]);
	await rebuildSummaries(store, { live: WEEK.to }, { window: 7 * DAY, ownTargets });
	expect((await catalog.run(store, 'heatmap_summary', { lane: 'live' })).map((cell) => cell.overtime)).toEqual([0, 0]);
});

it('answers typed arrays with the values of the rows, and refuses a column that is none', async () => {
	await visits();
	store.writer.add('visits', visitRow({ branchId: '一家名字很长的支行，不止十二个字节', ticketAt: MONDAY, waitMs: 3 }));
	await store.writer.commit(2);
	const params = { ...WEEK, target_ms, branches: [] };
	const rows = await catalog.run(store, 'heatmap', params);
	const packed = await catalog.packed(store, 'heatmap', params);
	expect(packed.rows).toBe(3);
	const { branch_id, wait_p90, ...numbers } = packed.columns;
	expect([...branch_id.codes].map((code) => branch_id.names[code])).toEqual(rows.map((row) => row.branch_id));
	expect([...wait_p90]).toEqual(rows.map((row) => row.wait_p90 ?? NaN));
	expect([...numbers.volume]).toEqual(rows.map((row) => row.volume));
	expect([...numbers.hour_of_week]).toEqual(rows.map((row) => row.hour_of_week));
	await expect(catalog.packed(store, 'stage_flow', WEEK)).rejects.toMatchObject({ code: 'question-packed' });
});

it('keeps a summary in memory until the next one is rebuilt', async () => {
	await visits();
	expect(await heatSummary(store, 'live')).toBeNull();
	await rebuildSummaries(store, { live: WEEK.to }, { window: 7 * DAY });
	const first = await heatSummary(store, 'live');
	expect(first).toMatchObject({ from: WEEK.from, to: WEEK.to, cells: { rows: 2 } });
	expect(await heatSummary(store, 'live')).toBe(first);
	await rebuildSummaries(store, { live: WEEK.to + DAY }, { window: 7 * DAY });
	expect(await heatSummary(store, 'live')).toMatchObject({ to: WEEK.to + DAY });
});

it('details one cell, with the distribution of its waits, and the day of the branch', async () => {
	await visits();
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
