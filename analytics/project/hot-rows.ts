import type { ClockRunRow, EventRow, StageSpanRow } from './rows.ts';

/** Rows of the tables that grow with every event, filled anew for each: a sink copies what it is given. */
export interface HotRows {
	event: EventRow;
	span: StageSpanRow;
	run: ClockRunRow;
}

export function hotRows(): HotRows {
	const whose = { branchId: null, channel: null, tier: null };
	return {
		event: {
			lane: '',
			offset: 0,
			recordedAt: 0,
			occurredAt: 0,
			type: 'process.step',
			activity: '',
			caseId: null,
			caseKey: null,
			caseSeq: null,
			stage: null,
			fromStage: null,
			dwellMs: null,
			...whose,
			resource: null,
			lifecycle: null,
			violation: null
		},
		span: {
			lane: '',
			caseId: '',
			stage: 'report',
			startedAt: 0,
			endedAt: 0,
			dwellMs: 0,
			...whose,
			overtime: null
		},
		run: {
			lane: '',
			caseId: '',
			clock: '',
			startedAt: 0,
			dueAt: null,
			endedAt: 0,
			spentMs: null,
			targetMs: null,
			met: null,
			...whose,
			provisional: false
		}
	};
}
