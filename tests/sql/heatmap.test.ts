import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalog } from '#analytics/catalog.ts';
import { type HeatCells, HOURS_OF_WEEK, rowAt } from '#analytics/heatmap/cells.ts';
import { heatmap } from '#analytics/heatmap/heatmap.ts';
import type { Store } from '#analytics/store.ts';
import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import { addVisits, memoryStore, MONDAY, visitRow } from './support.ts';

const WEEK = { lane: 'live', from: MONDAY, to: MONDAY + 7 * DAY };
const target = 8 * MINUTE;
const LONG_NAME = '一家名字很长的支行，不止十二个字节';

let store: Store;
beforeEach(async () => {
	store = await memoryStore();
});
afterEach(() => store.close());

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Branch, hour, volume, waits (n, p90), handling (n, p90), overtime of every row. */
const rowsOf = (cells: HeatCells) =>
	[...cells.places.keys()].flatMap((branch) =>
		Array.from({ length: HOURS_OF_WEEK }, (_, hour) => {
			const row = rowAt(cells, branch, hour);
			const [wait, handling] = [orNull(cells.waitP90[row]!), orNull(cells.handlingP90[row]!)];
			const counts = [cells.waitN[row], wait, cells.handlingN[row], handling, cells.overtime[row]];
			return row < 0 ? [] : [[branch, hour, cells.volume[row], ...counts]];
		}).flat()
	);

const CELL_B1 = ['B1', 9, 11, 10, 9 * MINUTE, 10, 9 * MINUTE, 2];
const CELL_B2 = ['B2', 167, 1, 0, null, 0, null, 0];

describe('the heatmap', () => {
	it('is made of all or some branches, in the order asked for, by the hour of the week of the bank', async () => {
		await addVisits(store);
		const ask = async (branches?: string[]) =>
			rowsOf(await heatmap(store, { ...WEEK, target, ...(branches && { branches }) }));
		expect(await ask()).toEqual([CELL_B1, CELL_B2]);
		expect(await ask(['B2', 'B7'])).toEqual([CELL_B2]);
		expect(await ask(['B2', 'B1'])).toEqual([CELL_B2, CELL_B1]);
		expect(await ask([])).toEqual([]);
		expect(rowsOf(await heatmap(store, { ...WEEK, to: WEEK.from, target }))).toEqual([]);
	});

	it('holds a branch with a target of its own against that', async () => {
		await addVisits(store);
		const overtime = async (targets: Record<string, number>) => {
			const ownTargets = new Map(Object.entries(targets));
			const cells = await heatmap(store, { ...WEEK, target, ownTargets });
			return [...cells.overtime];
		};
		expect(await overtime({ B0: 1, B1: 4 * MINUTE })).toEqual([10, 0]);
		expect(await overtime({ B1: 9 * MINUTE })).toEqual([0, 0]);
		expect(await overtime({ B2: 1 })).toEqual([2, 0]);
	});

	const visit = fc.record({
		branchId: fc.constantFrom('B1', 'B2', LONG_NAME),
		// Few hours, so that some cells hold many visits and others none.
		hour: fc.constantFrom(0, 9, 9, 9, 167, 168),
		waitMs: fc.option(fc.nat(50 * 24 * HOUR)),
		handlingMs: fc.option(fc.nat(20 * MINUTE))
	});

	test.prop([fc.array(visit, { maxLength: 150 })], { numRuns: 40 })(
		'equals what DuckDB groups and ranks itself, in cells of any size',
		async (found) => {
			await store.writer.exclusively('DELETE FROM visits');
			for (const { hour, ...row } of found)
				store.writer.add('visits', visitRow({ ...row, ticketAt: MONDAY + hour * HOUR, completedAt: MONDAY + HOUR }));
			await store.writer.commit(1);
			const plainly = await store.query(`SELECT branch_id,
				(isodow(ticket_at) - 1) * 24 + hour(ticket_at) AS hour_of_week, count(*),
				count(wait_ms), quantile_disc(wait_ms, 0.9), count(handling_ms), quantile_disc(handling_ms, 0.9),
				count(*) FILTER (WHERE handling_ms > ${target})
				FROM visits GROUP BY 1, 2 ORDER BY 1, 2`);
			const expected = plainly.rows.map((row) => Object.values(row));
			expect(rowsOf(await heatmap(store, { ...WEEK, target }))).toEqual(expected);
		}
	);

	it('refuses to pack a column that is no number', async () => {
		await expect(catalog.packed(store, 'stage_flow', WEEK)).rejects.toMatchObject({ code: 'question-packed' });
	});
});
