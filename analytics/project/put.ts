import type { Column } from './column.ts';
import type { Table, Tables } from './rows.ts';

/** The columns of a table by the keys of its rows. */
export type ColumnsOf<T extends Table> = { readonly [K in keyof Tables[T]]-?: Column };

type Put<T extends Table> = (columns: ColumnsOf<T>, at: number, row: Tables[T]) => void;

/**
 * The tables that make nearly all rows, written out: a loop over keys costs twice as much, because no place in it ever
 * sees one kind of column only.
 */
export const PUT: { readonly [T in Table]?: Put<T> } = {
	events(columns, at, row) {
		columns.lane.set(at, row.lane);
		columns.offset.set(at, row.offset);
		columns.recordedAt.set(at, row.recordedAt);
		columns.occurredAt.set(at, row.occurredAt);
		columns.type.set(at, row.type);
		columns.activity.set(at, row.activity);
		columns.caseId.set(at, row.caseId);
		columns.caseKey.set(at, row.caseKey);
		columns.caseSeq.set(at, row.caseSeq);
		columns.stage.set(at, row.stage);
		columns.fromStage.set(at, row.fromStage);
		columns.dwellMs.set(at, row.dwellMs);
		columns.branchId.set(at, row.branchId);
		columns.channel.set(at, row.channel);
		columns.tier.set(at, row.tier);
		columns.resource.set(at, row.resource);
		columns.lifecycle.set(at, row.lifecycle);
		columns.violation.set(at, row.violation);
	},
	stage_spans(columns, at, row) {
		columns.lane.set(at, row.lane);
		columns.caseId.set(at, row.caseId);
		columns.stage.set(at, row.stage);
		columns.startedAt.set(at, row.startedAt);
		columns.endedAt.set(at, row.endedAt);
		columns.dwellMs.set(at, row.dwellMs);
		columns.branchId.set(at, row.branchId);
		columns.channel.set(at, row.channel);
		columns.tier.set(at, row.tier);
		columns.overtime.set(at, row.overtime);
	},
	clock_runs(columns, at, row) {
		columns.lane.set(at, row.lane);
		columns.caseId.set(at, row.caseId);
		columns.clock.set(at, row.clock);
		columns.startedAt.set(at, row.startedAt);
		columns.dueAt.set(at, row.dueAt);
		columns.endedAt.set(at, row.endedAt);
		columns.spentMs.set(at, row.spentMs);
		columns.targetMs.set(at, row.targetMs);
		columns.met.set(at, row.met);
		columns.branchId.set(at, row.branchId);
		columns.channel.set(at, row.channel);
		columns.tier.set(at, row.tier);
		columns.provisional.set(at, row.provisional);
	}
};
