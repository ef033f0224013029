import { afterEach, beforeEach, expect, it } from 'vitest';
import { catalog } from '#analytics/catalog.ts';
import type { Store } from '#analytics/store.ts';
import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import { clockRow, eventRow, memoryStore, MONDAY, spanRow } from './support.ts';

const FROM = MONDAY;
const TO = MONDAY + DAY;
const range = { lane: 'live', from: FROM, to: TO };

let store: Store;
beforeEach(async () => {
	store = await memoryStore();
});
afterEach(() => store.close());

const commit = () => store.writer.commit(1);

it('counts open cases in the stage that their last event left them in, at a moment', async () => {
	const { writer } = store;
	writer.add('events', eventRow(0, { caseId: 'A', stage: 'report', occurredAt: FROM }));
	writer.add('events', eventRow(1, { caseId: 'B', stage: 'report', occurredAt: FROM }));
	writer.add('events', eventRow(2, { caseId: 'A', stage: 'verify', occurredAt: FROM + HOUR }));
	writer.add('events', eventRow(3, { caseId: 'B', stage: 'closed', occurredAt: FROM + 2 * HOUR }));
	writer.add('events', eventRow(4, { lane: 'demo', caseId: 'C', stage: 'report', occurredAt: FROM }));
	await commit();
	const ask = (at: number) => catalog.run(store, 'open_cases_by_stage', { lane: 'live', at });
	expect(await ask(FROM)).toEqual([{ stage: 'report', n: 2 }]);
	expect(await ask(FROM + HOUR)).toEqual([
		{ stage: 'report', n: 1 },
		{ stage: 'verify', n: 1 }
	]);
	expect(await ask(TO)).toEqual([{ stage: 'verify', n: 1 }]);
});

it('answers attainment of ended clock runs, with cancelled ones on neither side', async () => {
	for (const [met, spentMs] of [
		[true, 10],
		[true, 20],
		[false, 90],
		[null, 5]
	] as const) {
		store.writer.add('clock_runs', clockRow({ clock: 'freeze', endedAt: FROM + HOUR, met, spentMs }));
	}
	store.writer.add('clock_runs', clockRow({ clock: 'freeze', endedAt: TO, met: false }));
	store.writer.add('clock_runs', clockRow({ clock: 'freeze', endedAt: FROM, met: false, branchId: 'B1' }));
	await commit();
	expect(await catalog.run(store, 'attainment', range)).toEqual([
		{ clock: 'freeze', met: 2, n: 4, cancelled: 1, p50: 20, p90: 1_000 }
	]);
	expect(await catalog.run(store, 'attainment', { ...range, branch: 'B1' })).toEqual([
		{ clock: 'freeze', met: 0, n: 1, cancelled: 0, p50: 1_000, p90: 1_000 }
	]);
	expect(await catalog.run(store, 'attainment_by_slot', { ...range, slot_ms: HOUR })).toEqual([
		{ clock: 'freeze', slot: 0, met: 0, n: 1 },
		{ clock: 'freeze', slot: 1, met: 2, n: 3 }
	]);
});

it('answers nothing, not zero, where nothing happened', async () => {
	await commit();
	expect(await catalog.run(store, 'attainment', range)).toEqual([]);
	expect(await catalog.run(store, 'stage_percentiles', range)).toEqual([]);
});

it('answers quantiles of a clock over runs that ended, not over cancelled ones', async () => {
	for (const spentMs of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
		store.writer.add('clock_runs', clockRow({ clock: 'freeze', endedAt: FROM, met: true, spentMs }));
	}
	store.writer.add('clock_runs', clockRow({ clock: 'freeze', endedAt: FROM, met: null, spentMs: 99 }));
	store.writer.add('clock_runs', clockRow({ clock: 'other', endedAt: FROM, met: true, spentMs: 99 }));
	await commit();
	expect(await catalog.run(store, 'attainment', range)).toEqual([
		{ clock: 'freeze', met: 10, n: 10, cancelled: 1, p50: 5, p90: 9 },
		{ clock: 'other', met: 1, n: 1, cancelled: 0, p50: 99, p90: 99 }
	]);
});

it('answers stage percentiles over the range, by slot and by day of the bank', async () => {
	const dwell = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((minutes) => minutes * MINUTE);
	for (const dwellMs of dwell) {
		const overtime = dwellMs > 8 * MINUTE;
		store.writer.add('stage_spans', spanRow({ stage: 'verify', endedAt: FROM + HOUR, dwellMs, overtime }));
	}
	store.writer.add('stage_spans', spanRow({ stage: 'verify', endedAt: FROM + 23 * HOUR, dwellMs: MINUTE }));
	store.writer.add('stage_spans', spanRow({ stage: 'risk', endedAt: TO, dwellMs: 7 }));
	await commit();
	expect(await catalog.run(store, 'stage_percentiles', range)).toEqual([
		{ stage: 'verify', n: 11, p50: 5 * MINUTE, p90: 9 * MINUTE, overtime: 2, watched: 10 }
	]);
	expect(await catalog.run(store, 'stage_percentiles_by_slot', { ...range, slot_ms: 2 * HOUR })).toEqual([
		{ stage: 'verify', slot: 0, n: 10, p50: 5 * MINUTE, p90: 9 * MINUTE },
		{ stage: 'verify', slot: 11, n: 1, p50: MINUTE, p90: MINUTE }
	]);
	expect(await catalog.run(store, 'stage_percentiles_by_day', { ...range, to: TO + DAY })).toEqual([
		{ day: MONDAY, stage: 'verify', n: 11, p50: 5 * MINUTE, p90: 9 * MINUTE },
		{ day: MONDAY + DAY, stage: 'risk', n: 1, p50: 7, p90: 7 }
	]);
});

it('counts entries into stages once per entry, and openings and closings', async () => {
	const { writer } = store;
	writer.add('events', eventRow(0, { caseId: 'A', caseSeq: 1, stage: 'report' }));
	writer.add('events', eventRow(1, { caseId: 'A', caseSeq: 2, stage: 'verify', fromStage: 'report', dwellMs: 1_000 }));
	writer.add('events', eventRow(2, { caseId: 'A', caseSeq: 3, stage: 'verify', fromStage: 'verify' }));
	writer.add('events', eventRow(3, { caseId: 'B', caseSeq: 1, stage: 'report', branchId: 'B1' }));
	writer.add('events', eventRow(4, { branchId: 'B1' }));
	await commit();
	expect(await catalog.run(store, 'stage_flow', range)).toEqual([
		{ stage: 'report', entered: 2 },
		{ stage: 'verify', entered: 1 }
	]);
	expect(await catalog.run(store, 'stage_flow', { ...range, branch: 'B1' })).toEqual([{ stage: 'report', entered: 1 }]);
	expect(await catalog.run(store, 'opened_closed', range)).toEqual([{ opened: 2, closed: 0 }]);
});

it('compares the last hour of each channel with the same hour of earlier days that had reports', async () => {
	const now = MONDAY + 10 * DAY + 12 * HOUR;
	let offset = 0;
	const report = (at: number, channel: string) =>
		store.writer.add('events', eventRow(offset++, { caseId: `C${offset}`, caseSeq: 1, occurredAt: at, channel }));
	for (let count = 0; count < 4; count++) report(now - 10 * MINUTE, 'mobile');
	// Yesterday two in that hour, the day before none but one at another hour; further days without any report.
	report(now - DAY - MINUTE, 'mobile');
	report(now - DAY - 2 * MINUTE, 'mobile');
	report(now - 2 * DAY - 5 * HOUR, 'counter');
	await commit();
	const [counter, mobile] = await catalog.run(store, 'channel_counts', { lane: 'live', now, days: 7 });
	expect(counter).toMatchObject({ channel: 'counter', last_hour: 0, usual: 0, days: 2 });
	expect(mobile).toMatchObject({ channel: 'mobile', last_hour: 4, usual: 1, days: 2 });
	expect(mobile?.spread).toBeCloseTo(Math.SQRT2, 9);
});
