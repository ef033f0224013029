import { caseKey } from '#analytics/project/case-key.ts';
import { openStore, type Store } from '#analytics/store.ts';
import type {
	BranchOpeningRow,
	CaseClosingRow,
	ClockRunRow,
	EventRow,
	StageSpanRow,
	StockMovementRow,
	VisitRow
} from '#analytics/project/rows.ts';
import { DAY, HOUR, type Millis, MINUTE } from '#lib/domain/time.ts';
import { systemClock } from '#lib/server/clock.ts';

/** Monday 5 October 2026, 00:00 in the bank's zone. */
export const MONDAY = Date.UTC(2026, 9, 4, 16);

export function memoryStore(): Promise<Store> {
	return openStore(':memory:', { clock: systemClock, readers: 1, threads: 1 });
}

export function eventRow(offset: number, row: Partial<EventRow> = {}): EventRow {
	const at: Millis = row.occurredAt ?? MONDAY + offset * 1_000;
	return {
		lane: 'live',
		offset,
		recordedAt: at + 5,
		occurredAt: at,
		type: 'process.step',
		activity: row.type ?? 'step',
		caseId: null,
		caseKey: row.caseId == null ? null : caseKey(row.caseId),
		caseSeq: null,
		stage: null,
		fromStage: null,
		dwellMs: null,
		branchId: null,
		channel: null,
		tier: null,
		resource: null,
		lifecycle: null,
		violation: null,
		...row
	};
}

export function spanRow(
	row: Partial<StageSpanRow> & Pick<StageSpanRow, 'stage' | 'endedAt' | 'dwellMs'>
): StageSpanRow {
	const startedAt = row.endedAt - row.dwellMs;
	return { lane: 'live', caseId: 'C', startedAt, branchId: null, channel: null, tier: null, overtime: null, ...row };
}

export function clockRow(row: Partial<ClockRunRow> & Pick<ClockRunRow, 'clock' | 'endedAt' | 'met'>): ClockRunRow {
	return {
		lane: 'live',
		caseId: 'C',
		startedAt: row.endedAt - 1_000,
		dueAt: null,
		spentMs: 1_000,
		targetMs: null,
		branchId: null,
		channel: null,
		tier: null,
		provisional: false,
		...row
	};
}

export function visitRow(row: Partial<VisitRow> & Pick<VisitRow, 'ticketAt'>): VisitRow {
	return {
		lane: 'live',
		visitId: 'V',
		branchId: 'B1',
		caseId: null,
		calledAt: null,
		materialAt: null,
		systemAt: null,
		completedAt: (row.ticketAt ?? MONDAY) + 600_000,
		waitMs: null,
		handlingMs: null,
		teller: null,
		abandoned: false,
		...row
	};
}

export function closingRow(row: Partial<CaseClosingRow> & Pick<CaseClosingRow, 'caseId' | 'closedAt'>): CaseClosingRow {
	const openedAt = row.openedAt ?? row.closedAt - 60_000;
	return {
		lane: 'live',
		openedAt,
		outcome: 'completed',
		durationMs: row.closedAt - openedAt,
		events: 3,
		violations: 0,
		stage: 'closed',
		stageSince: row.closedAt,
		activity: 'case.closed',
		channel: null,
		branchId: null,
		tier: null,
		segment: null,
		product: null,
		way: null,
		owner: null,
		closedOffset: 0,
		eventOffsets: null,
		...row
	};
}

export function stockRow(
	offset: number,
	row: Partial<StockMovementRow> & Pick<StockMovementRow, 'change' | 'quantity'>
): StockMovementRow {
	return {
		lane: 'live',
		offset,
		occurredAt: MONDAY + offset,
		branchId: 'B1',
		product: 'debit',
		threshold: null,
		reason: null,
		counterpart: null,
		transferId: null,
		...row
	};
}

export function branchRow(offset: number, row: Partial<BranchOpeningRow> = {}): BranchOpeningRow {
	return {
		lane: 'live',
		offset,
		occurredAt: MONDAY + offset,
		branchId: 'B1',
		name: 'Branch',
		province: 'P',
		city: 'C',
		latitude: null,
		longitude: null,
		windows: null,
		kiosks: null,
		instantDevice: null,
		...row
	};
}

/** Ten visits of B1 on Monday 09:00 with waits of 1 … 10 min and handling of 5 min (two of 9), one of B2 on Sunday 23:00. */
export async function addVisits(store: Store): Promise<void> {
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
