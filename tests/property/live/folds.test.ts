import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpackOffsets } from '#analytics/project/offsets.ts';
import type { RowSink } from '#analytics/project/rows.ts';
import { applyToCase } from '#lib/domain/case/apply.ts';
import type { Lane } from '#lib/domain/lane.ts';
import { DAY } from '#lib/domain/time.ts';
import { packCheckpoint, unpackCheckpoint } from '#lib/server/live/checkpoint.ts';
import { Folds } from '#lib/server/live/folds.ts';
import { targetsOf } from '#lib/server/live/targets.ts';
import type { LogBatch } from '#lib/server/log/port.ts';
import { NOON, POLICY } from '../../integration/live/bank.ts';
import { batchesOf, histories } from './histories.ts';

const targets = targetsOf(POLICY);
const TAGS = { policyHash: POLICY.hash, schemaHash: 's' };

class Rows implements RowSink {
	readonly added: { table: string; row: object }[] = [];
	add(table: string, row: object): void {
		this.added.push({ table, row: { ...row } });
	}
}

function fold(folds: Folds, batches: readonly LogBatch[], rows = new Rows()): Rows {
	for (const batch of batches) folds.take(batch, rows, 0);
	return rows;
}

/** A lane's whole state, without the offsets that tell where in the common log its events lie. */
function stateOf(folds: Folds, lane: Lane): unknown {
	const fold = folds.lanes.get(lane);
	if (!fold) return undefined;
	const cases = (map: typeof fold.state.open) =>
		[...map].map(([id, { state, fired, offsets }]) => [id, state, fired, offsets.length]);
	return {
		...fold.state,
		next: undefined,
		open: cases(fold.state.open),
		recent: cases(fold.state.recent),
		closed: [...fold.closed.table().fingerprints]
	};
}

/** Rows without the offsets that tell where in the common log the events of their lane lie. */
function bare(rows: Rows['added']): object[] {
	return rows.map(({ table, row }) => {
		const { eventOffsets } = row as { eventOffsets?: string };
		const offsets =
			eventOffsets === undefined ? {} : { closedOffset: 0, eventOffsets: unpackOffsets(eventOffsets).length };
		return { table, row: { ...row, offset: 0, ...offsets } };
	});
}

describe('lane folds', () => {
	test('no event of one lane changes the state or a row of another', () => {
		fc.assert(
			fc.property(histories, (entries) => {
				const together = new Folds(applyToCase, targets);
				const rows = fold(together, batchesOf(entries));
				for (const lane of new Set(entries.map((entry) => entry.lane))) {
					const alone = new Folds(applyToCase, targets);
					const own = fold(alone, batchesOf(entries.filter((entry) => entry.lane === lane)));
					expect(stateOf(together, lane)).toEqual(stateOf(alone, lane));
					const mine = rows.added.filter(({ row }) => (row as { lane: Lane }).lane === lane);
					expect(bare(mine)).toEqual(bare(own.added));
				}
			}),
			{ numRuns: 150 }
		);
	});

	test('a restart from a checkpoint at any point changes nothing', () => {
		fc.assert(
			fc.property(histories, fc.nat(), fc.boolean(), (entries, at, ticking) => {
				const batches = batchesOf(entries);
				const split = at % (batches.length + 1);
				const through = new Folds(applyToCase, targets);
				const rows = fold(through, batches.slice(0, split));
				if (ticking) for (const lane of through.lanes.values()) lane.advance(NOON);
				const saved = unpackCheckpoint(packCheckpoint(through.save(TAGS)));
				fold(through, batches.slice(split), rows);
				const restarted = new Folds(applyToCase, targets, saved);
				const tail = fold(restarted, batches.slice(split));
				expect(restarted.save(TAGS)).toEqual(through.save(TAGS));
				expect(tail.added).toEqual(rows.added.slice(rows.added.length - tail.added.length));
				for (const [lane, one] of restarted.lanes) {
					one.watch();
					const other = through.lanes.get(lane);
					other?.watch();
					const ids = (fired: readonly { id: string }[] = []) => fired.map(({ id }) => id).sort();
					expect(ids(one.advance(NOON + DAY))).toEqual(ids(other?.advance(NOON + DAY)));
				}
			}),
			{ numRuns: 150 }
		);
	});

	test('deadlines fire exactly what looking at every open run finds, each once', () => {
		fc.assert(
			fc.property(histories, fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (entries, pauses) => {
				const folds = new Folds(applyToCase, targets);
				const seen = new Set<string>();
				const fired: string[] = [];
				let now = NOON - 9 * DAY;
				for (const [index, batch] of batchesOf(entries).entries()) {
					folds.take(batch, new Rows(), 0);
					now += (pauses[index % pauses.length] ?? 0) * 600_000;
					const expected: string[] = [];
					for (const [lane, one] of folds.lanes) {
						fired.push(...one.advance(now).map(({ id }) => id));
						for (const { state } of one.state.open.values()) {
							for (const run of state.clocks) {
								if (run.status !== 'running') continue;
								const id = `${lane}/${state.caseId}/${run.clock}`;
								if (run.atRiskAt !== null && run.atRiskAt <= now) expected.push(`${id}/at_risk`);
								if (run.dueAt !== null && run.dueAt < now) expected.push(`${id}/breach`);
							}
						}
					}
					for (const id of expected) seen.add(id);
				}
				expect(fired.sort()).toEqual([...seen].sort());
			}),
			{ numRuns: 200 }
		);
	});
});
