import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprint, fingerprints, differences } from '#analytics/fingerprint.ts';
import type { EventRow } from '#analytics/project/rows.ts';
import { TABLES } from '#analytics/project/tables.ts';
import { openStore, type Store } from '#analytics/store.ts';
import { plain } from '#analytics/values.ts';
import { CATALOGUE, type EventName } from '#lib/domain/events/catalogue.ts';
import { STAGES } from '#lib/domain/stage.ts';
import { systemClock } from '#lib/server/clock.ts';
import { eventRow, memoryStore, visitRow } from '../../sql/support.ts';

const names = Object.keys(CATALOGUE) as EventName[];
// Lone surrogates have no UTF-8 and cannot come out of a JSON document that was checked.
const text = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 30 }),
	fc.string({ unit: 'binary-ascii', maxLength: 14 })
);
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const time = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
const long = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

const row: fc.Arbitrary<EventRow> = fc.record({
	lane: fc.constantFrom('live', 'demo', 'drill:a-long-name-of-a-drill'),
	offset: long,
	recordedAt: time,
	occurredAt: time,
	type: fc.constantFrom(...names),
	activity: text,
	caseId: nullable(text),
	caseKey: nullable(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
	caseSeq: nullable(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
	stage: nullable(fc.constantFrom(...STAGES)),
	fromStage: nullable(fc.constantFrom(...STAGES)),
	dwellMs: nullable(long),
	branchId: nullable(text),
	channel: nullable(text),
	tier: nullable(text),
	resource: nullable(text),
	lifecycle: nullable(text),
	violation: nullable(text)
});

async function back(store: Store): Promise<unknown[][]> {
	return store.read(async (connection) => {
		const reader = await connection.runAndReadAll('SELECT * FROM events ORDER BY rowid');
		return reader.getRows().map((cells) => cells.map(plain));
	});
}

let shared: Store;
beforeAll(async () => {
	shared = await memoryStore();
});
afterAll(() => shared.close());
const empty = () => shared.writer.exclusively('DELETE FROM events');

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
	const store = await memoryStore();
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}

const keys = Object.keys(TABLES.events) as (keyof EventRow)[];
const cells = (rows: readonly EventRow[]) => rows.map((each) => keys.map((key) => each[key]));

describe('the column writer', () => {
	test.prop([fc.array(fc.array(row, { maxLength: 40 }), { minLength: 1, maxLength: 4 })], { numRuns: 60 })(
		'gives back exactly the rows that were added, in their order, over any commits',
		async (batches) => {
			await empty();
			for (const [at, batch] of batches.entries()) {
				for (const each of batch) shared.writer.add('events', each);
				await shared.writer.commit(at);
			}
			expect(await back(shared)).toEqual(cells(batches.flat()));
		}
	);

	it('carries rows over the borders of chunks and never a null or a text of the chunk before', () =>
		withStore(async (store) => {
			const rows = Array.from({ length: 5_000 }, (_, at) => {
				const caseId = at % 3 === 0 ? null : `a-case-with-a-long-name-${at}`;
				return eventRow(at, { caseId, channel: at % 2 === 0 ? 'atm' : null, dwellMs: at % 5 === 0 ? null : at });
			});
			for (const each of rows) store.writer.add('events', each);
			await store.writer.commit(5_000);
			for (const each of rows) store.writer.add('events', { ...each, caseId: 'x', dwellMs: 0 });
			await store.writer.commit(10_000);
			const expected = [...cells(rows), ...cells(rows.map((each) => ({ ...each, caseId: 'x', dwellMs: 0 })))];
			expect(await back(store)).toEqual(expected);
		}));

	it('takes rows while a commit is under way, for the next one', () =>
		withStore(async (store) => {
			store.writer.add('events', eventRow(0));
			const first = store.writer.commit(1);
			store.writer.add('events', eventRow(1));
			await first;
			expect(await back(store)).toHaveLength(1);
			expect([store.writer.pending, store.writer.offset]).toEqual([1, 1]);
			await store.writer.commit(2);
			expect(await back(store)).toHaveLength(2);
		}));

	it('keeps what was spilled unseen until the commit that ends it', () =>
		withStore(async (store) => {
			store.writer.add('events', eventRow(0));
			await store.writer.spill();
			expect(store.writer.pending).toBe(0);
			expect(await back(store)).toEqual([]);
			store.writer.add('events', eventRow(1));
			await store.writer.commit(2);
			expect(await back(store)).toHaveLength(2);
			expect(store.writer.offset).toBe(2);
		}));

	it('takes back what was spilled when its commit fails', () =>
		withStore(async (store) => {
			store.writer.add('events', eventRow(0));
			await store.writer.spill();
			store.writer.add('visits', { ...visitRow({ ticketAt: 1 }), branchId: null as unknown as string });
			await expect(store.writer.commit(7)).rejects.toMatchObject({ code: 'projection-failed' });
			expect(await back(store)).toEqual([]);
		}));

	it('refuses a value that does not fit, and everything after it', () =>
		withStore(async (store) => {
			const refused = expect.objectContaining({ code: 'projection-value' });
			const bad = eventRow(0, { occurredAt: Number.NaN });
			expect(() => store.writer.add('events', bad)).toThrow(refused);
			expect(() => store.writer.add('events', eventRow(1))).toThrow(refused);
			await expect(store.writer.commit(1)).rejects.toMatchObject({ code: 'projection-value' });
			expect(await back(store)).toEqual([]);
		}));

	it('leaves neither rows nor offset behind when a commit fails', () =>
		withStore(async (store) => {
			store.writer.add('events', eventRow(0));
			store.writer.add('visits', { ...visitRow({ ticketAt: 1 }), branchId: null as unknown as string });
			await expect(store.writer.commit(7)).rejects.toMatchObject({ code: 'projection-failed' });
			expect(await back(store)).toEqual([]);
			expect((await store.query('SELECT "offset" AS at FROM meta')).rows).toEqual([{ at: 0 }]);
		}));

	it('keeps unknown apart from zero in sums and means', () =>
		withStore(async (store) => {
			store.writer.add('visits', visitRow({ ticketAt: 1, waitMs: null }));
			store.writer.add('visits', visitRow({ ticketAt: 1, waitMs: 10 }));
			await store.writer.commit(1);
			const { rows } = await store.query('SELECT avg(wait_ms) AS mean, count(wait_ms) AS n FROM visits');
			expect(rows).toEqual([{ mean: 10, n: 1 }]);
		}));
});

describe('the fingerprint', () => {
	test.prop([fc.array(row, { minLength: 2, maxLength: 30 }), fc.nat()], { numRuns: 30 })(
		'does not depend on the order of rows or the size of commits, but on every row',
		async (rows, shift) => {
			const fill = async (list: readonly EventRow[], size: number) => {
				await empty();
				for (const [at, each] of list.entries()) {
					shared.writer.add('events', each);
					if (at % size === 0) await shared.writer.commit(at);
				}
				await shared.writer.commit(list.length);
				return fingerprint(shared, 'events');
			};
			const turn = shift % rows.length;
			const one = await fill(rows, 1_000);
			expect(await fill([...rows.slice(turn), ...rows.slice(0, turn)], 3)).toEqual(one);
			expect((await fill(rows.slice(1), 1_000)).hash).not.toBe(one.hash);
			const changed = rows.map((each, at) => (at === 0 ? { ...each, offset: each.offset === 0 ? 1 : 0 } : each));
			expect((await fill(changed, 1_000)).hash).not.toBe(one.hash);
		}
	);

	it('names the tables in which two stores differ', async () => {
		const none = await withStore(fingerprints);
		const other = await withStore(async (store) => {
			store.writer.add('visits', visitRow({ ticketAt: 1 }));
			await store.writer.commit(1);
			return fingerprints(store);
		});
		expect(differences(none, none)).toEqual([]);
		expect(differences(none, other)).toEqual([{ table: 'visits', detail: '0 against 1 rows' }]);
	});
});

it('opens two stores in one process without their knowing of each other', async () => {
	const [a, b] = await Promise.all([1, 2].map(() => openStore(':memory:', { clock: systemClock })));
	a!.writer.add('events', eventRow(0));
	await a!.writer.commit(1);
	expect(await back(b!)).toEqual([]);
	await Promise.all([a!.close(), b!.close()]);
});
