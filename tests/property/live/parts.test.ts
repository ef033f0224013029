import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkSink } from '#analytics/project/chunk-sink.ts';
import type { RowSink } from '#analytics/project/rows.ts';
import { openStore } from '#analytics/store.ts';
import { fingerprints } from '#analytics/fingerprint.ts';
import { applyToCase } from '#lib/domain/case/apply.ts';
import { systemClock } from '#lib/server/clock.ts';
import { Folds } from '#lib/server/live/folds.ts';
import { ownerOf } from '#lib/server/live/project/owner.ts';
import { Shard } from '#lib/server/live/project/shard.ts';
import { targetsOf } from '#lib/server/live/targets.ts';
import type { LogBatch } from '#lib/server/log/port.ts';
import { event, NOON, POLICY } from '../../integration/live/bank.ts';
import { batchesOf, type Entry, histories } from './histories.ts';

const targets = targetsOf(POLICY);

class Rows implements RowSink {
	readonly added: string[] = [];
	add(table: string, row: object): void {
		this.added.push(JSON.stringify([table, row]));
	}
}

/** Visits of which some events name a case and some do not. */
const visits: fc.Arbitrary<Entry[]> = fc
	.array(
		fc.record({
			visitId: fc.constantFrom('v1', 'v2'),
			caseId: fc.option(fc.constantFrom('c1', 'c2', 'c3', '案件四')),
			name: fc.constantFrom('visit.ticket_taken', 'visit.called', 'visit.completed', 'visit.abandoned'),
			at: fc.integer({ min: 0, max: 3_600_000 })
		}),
		{ maxLength: 12 }
	)
	.map((steps) =>
		steps.map(({ visitId, caseId, name, at }) => {
			const data = { visitId, branchId: 'b1', ...(caseId === null ? {} : { caseId }) };
			return { lane: 'live', event: event(name as 'visit.called', NOON + at, data as never) };
		})
	);

const mixed = fc.tuple(histories, visits, histories).map((parts) => parts.flat());

/** Far enough apart that cases which closed are forgotten in between. */
const apart = (batches: readonly LogBatch[], step: number): LogBatch[] =>
	batches.map((batch, at) => ({ ...batch, first: at * step }));

function inOne(batches: readonly LogBatch[]): string[] {
	const rows = new Rows();
	const folds = new Folds(applyToCase, targets);
	for (const batch of batches) folds.take(batch, rows, 0);
	return rows.added;
}

function inParts(batches: readonly LogBatch[], of: number, sink: RowSink): void {
	for (let index = 0; index < of; index += 1) {
		const shard = new Shard({ index, of }, applyToCase, targets, sink);
		for (const batch of batches) shard.take(batch);
	}
}

describe('a projection in parts', () => {
	test('makes the rows that one replay makes, however many parts there are', () => {
		fc.assert(
			fc.property(mixed, fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 50_000), (entries, of, step) => {
				const batches = apart(batchesOf(entries), step);
				const rows = new Rows();
				inParts(batches, of, rows);
				expect(rows.added.sort()).toEqual(inOne(batches).sort());
			}),
			{ numRuns: 150 }
		);
	});

	test('refuses a line whose case is not the first that it names', () => {
		const line = event('case.verified', NOON, { caseId: 'c1' });
		const other = ['c2', 'c3', 'c4'].find((id) => ownerOf(id, 0, 4) !== ownerOf('c1', 0, 4));
		const nested = { ...line, data: { note: { caseId: other }, ...line.data } as never };
		const batches = batchesOf([{ lane: 'live', event: nested }]);
		expect(() => inParts(batches, 4, new Rows())).toThrowError(
			expect.objectContaining({ code: 'shard-mismatch' }) as Error
		);
	});

	test('hands the same rows to DuckDB by chunks as row by row', async () => {
		const entries = fc.sample(mixed, { numRuns: 40, seed: 7 }).flat();
		const batches = batchesOf(entries);
		const [whole, parts] = await Promise.all([
			openStore(':memory:', { clock: systemClock }),
			openStore(':memory:', { clock: systemClock })
		]);
		const folds = new Folds(applyToCase, targets);
		for (const batch of batches) folds.take(batch, whole.writer, 0);
		await whole.writer.commit(batches.length);
		const sink = new ChunkSink(parts.writer.layouts);
		inParts(batches, 3, sink);
		for (const chunk of sink.drain(true)) parts.writer.addChunk(chunk);
		await parts.writer.commit(batches.length);
		expect(await fingerprints(parts)).toEqual(await fingerprints(whole));
		await Promise.all([whole.close(), parts.close()]);
	});
});
