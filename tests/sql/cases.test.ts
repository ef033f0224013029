import { caseKey } from '#analytics/project/case-key.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { catalog } from '#analytics/catalog.ts';
import type { Store } from '#analytics/store.ts';
import { DAY } from '#lib/domain/time.ts';
import { clockRow, closingRow, eventRow, memoryStore, MONDAY } from './support.ts';

const range = { lane: 'live', from: MONDAY, to: MONDAY + DAY };

let store: Store;
beforeEach(async () => {
	store = await memoryStore();
});
afterEach(() => store.close());

/** Two cases a-b-c (1 and 3 s), one a-c (2 s), one of another lane; rows arrive out of order. */
async function paths(): Promise<void> {
	let offset = 0;
	const step = (caseId: string, activity: string, second: number, lane = 'live') =>
		store.writer.add('events', eventRow(offset++, { lane, caseId, activity, occurredAt: MONDAY + second * 1_000 }));
	step('A', 'c', 11);
	step('A', 'a', 10);
	step('A', 'b', 10);
	for (const [activity, second] of [
		['a', 0],
		['b', 1],
		['c', 3]
	] as const)
		step('B', activity, second);
	step('C', 'a', 5);
	step('C', 'c', 7);
	step('A', 'z', 0, 'demo');
	store.writer.add('events', eventRow(offset, {}));
	await store.writer.commit(offset + 1);
}

it('lists variants by how many cases took them, in the order in which things happened', async () => {
	await paths();
	const totals = { total_cases: 3, total_events: 8, total_variants: 2 };
	expect(await catalog.run(store, 'variants_top', { ...range, limit: 10 })).toEqual([
		{ variant: ['a', 'b', 'c'], cases: 2, p50: 1_000, p90: 3_000, ...totals },
		{ variant: ['a', 'c'], cases: 1, p50: 2_000, p90: 2_000, ...totals }
	]);
	expect(await catalog.run(store, 'variants_top', { ...range, limit: 1 })).toHaveLength(1);
	// B started before this range and A after it: neither is cut into a path that it did not take.
	const between = { lane: 'live', from: MONDAY + 1_000, to: MONDAY + 6_000, limit: 9 };
	expect((await catalog.run(store, 'variants_top', between)).map(({ variant }) => variant)).toEqual([['a', 'c']]);
});

it('shows cases and variants of any process to a person who asks in SQL', async () => {
	await paths();
	const one = async (sql: string) => Object.values((await store.query(sql)).rows[0] ?? {})[0];
	expect(await one("SELECT count(*) FROM cases WHERE lane = 'live'")).toBe(3);
	expect(await one("SELECT count(DISTINCT case_id) FROM events WHERE lane = 'live'")).toBe(3);
	expect(await one("SELECT count(*) FROM variants WHERE lane = 'live'")).toBe(2);
	const { rows } = await store.query("SELECT * FROM cases WHERE lane = 'live' AND case_id = 'A'");
	expect(rows).toEqual([
		{
			lane: 'live',
			case_id: 'A',
			started_at: '2026-10-05T00:00:10.000+08:00',
			ended_at: '2026-10-05T00:00:11.000+08:00',
			events: 3,
			last_stage: null,
			last_activity: 'c',
			duration_ms: 1_000,
			closed: false
		}
	]);
});

it('sums up lanes', async () => {
	await paths();
	expect(await catalog.run(store, 'lanes', {})).toEqual([
		{ lane: 'demo', events: 1, first_offset: 8, last_offset: 8, first_at: MONDAY, last_at: MONDAY },
		{ lane: 'live', events: 9, first_offset: 0, last_offset: 9, first_at: MONDAY, last_at: MONDAY + 11_000 }
	]);
});

it('pages the log newest first, of one lane, filtered by type and case', async () => {
	await paths();
	const page = await catalog.run(store, 'log_page', { lane: 'live', before: 5, limit: 2 });
	expect(page.map((row) => row.offset)).toEqual([4, 3]);
	const of = await catalog.run(store, 'log_page', { lane: 'live', before: 100, case: 'C', limit: 9 });
	expect(of.map((row) => [row.case_id, row.activity])).toEqual([
		['C', 'c'],
		['C', 'a']
	]);
	expect(await catalog.run(store, 'log_page', { lane: 'live', before: 9, type: 'case.closed', limit: 9 })).toEqual([]);
	expect(await catalog.run(store, 'log_count', { lane: 'live' })).toEqual([{ total: 9, last: 9 }]);
	expect(await catalog.run(store, 'log_count', { lane: 'live', type: 'case.closed' })).toEqual([
		{ total: 0, last: null }
	]);
});

it('tells where the events of a case lie whose last event closed it', async () => {
	const { writer } = store;
	writer.add('case_closings', closingRow({ caseId: 'A', closedAt: MONDAY, closedOffset: 41, eventOffsets: '3 9 t' }));
	writer.add('case_closings', closingRow({ caseId: 'B', closedAt: MONDAY, closedOffset: 50 }));
	await writer.commit(51);
	const ask = (id: string, last: number) => catalog.run(store, 'case_closing', { lane: 'live', case: id, last });
	expect(await ask('A', 41)).toEqual([{ event_offsets: '3 9 t' }]);
	expect(await ask('A', 42)).toEqual([]);
	expect(await ask('B', 50)).toEqual([{ event_offsets: null }]);
});

it('shows one case with its clocks', async () => {
	await paths();
	store.writer.add(
		'clock_runs',
		clockRow({ caseId: 'A', clock: 'freeze', endedAt: MONDAY, met: false, dueAt: MONDAY })
	);
	await store.writer.commit(11);
	const key = caseKey('A');
	const offsets = (await catalog.run(store, 'case_offsets', { lane: 'live', key })).map(({ offset }) => offset);
	const events = await catalog.run(store, 'case_events', { lane: 'live', case: 'A', offsets });
	expect(events.map((row) => row.activity)).toEqual(['a', 'b', 'c']);
	const [second] = offsets.slice(1);
	expect(await catalog.run(store, 'case_offsets', { lane: 'live', key, first: second, last: second })).toHaveLength(1);
	expect(events[0]).toMatchObject({ occurred_at: MONDAY + 10_000, stage: null, dwell_ms: null });
	expect(await catalog.run(store, 'case_clocks', { lane: 'live', case: 'A' })).toMatchObject([
		{ clock: 'freeze', due_at: MONDAY, met: false }
	]);
});

const ask = (params: { order: string; descending: boolean } & Record<string, unknown>) =>
	catalog.run(store, 'closed_cases', { ...range, limit: 2, skip: 0, ...params });

it('pages closed cases with filter and sort, and says how many there are', async () => {
	const { writer } = store;
	writer.add('case_closings', closingRow({ caseId: 'a1', closedAt: MONDAY + 1, channel: 'mobile', events: 9 }));
	writer.add('case_closings', closingRow({ caseId: 'b2', closedAt: MONDAY + 2, channel: 'atm', events: 7 }));
	writer.add('case_closings', closingRow({ caseId: 'c3', closedAt: MONDAY + 3, channel: 'mobile', events: 8 }));
	writer.add('case_closings', closingRow({ caseId: 'd4', closedAt: MONDAY + DAY }));
	writer.add('clock_runs', clockRow({ caseId: 'b2', clock: 'freeze', endedAt: MONDAY, met: true }));
	await writer.commit(1);
	const ids = async (params: Parameters<typeof ask>[0]) => (await ask(params)).map((row) => row.case_id);
	expect(await ids({ order: 'closed', descending: true })).toEqual(['c3', 'b2']);
	expect(await ids({ order: 'closed', descending: true, skip: 2 })).toEqual(['a1']);
	expect(await ids({ order: 'closed', descending: false })).toEqual(['a1', 'b2']);
	expect(await ids({ order: 'events', descending: true })).toEqual(['a1', 'c3']);
	expect(await ids({ order: 'case', descending: true })).toEqual(['c3', 'b2']);
	expect(await ids({ order: 'case', descending: false, channel: 'mobile' })).toEqual(['a1', 'c3']);
	expect(await ids({ order: 'case', descending: false, text: 'B' })).toEqual(['b2']);
	expect(await ids({ order: 'case', descending: false, clock: 'freeze' })).toEqual(['b2']);
	expect((await ask({ order: 'closed', descending: true }))[0]).toMatchObject({ total: 3, closed_at: MONDAY + 3 });
	expect(await catalog.run(store, 'closed_case_facets', range)).toEqual([
		{ facet: 'channel', value: 'atm', n: 1 },
		{ facet: 'channel', value: 'mobile', n: 2 },
		{ facet: 'outcome', value: 'completed', n: 3 },
		{ facet: 'stage', value: 'closed', n: 3 }
	]);
});

it('refuses a question whose parameter is missing', async () => {
	const params = { lane: 'live', from: MONDAY } as { lane: string; from: number; to: number };
	await expect(catalog.run(store, 'stage_flow', params)).rejects.toMatchObject({ code: 'question-parameter' });
});
