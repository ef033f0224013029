import type { EventName } from '#lib/domain/events/catalogue.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Millis } from '#lib/domain/time.ts';

/** Rows of the projection's tables as the writer takes them. Instants and durations are ms; null is unknown, never zero. */

export interface EventRow {
	lane: string;
	offset: number;
	recordedAt: Millis;
	occurredAt: Millis;
	type: EventName;
	activity: string;
	caseId: string | null;
	caseKey: number | null;
	caseSeq: number | null;
	stage: Stage | null;
	fromStage: Stage | null;
	dwellMs: Millis | null;
	branchId: string | null;
	channel: string | null;
	tier: string | null;
	resource: string | null;
	lifecycle: string | null;
	violation: string | null;
}

export interface StageSpanRow {
	lane: string;
	caseId: string;
	stage: Stage;
	startedAt: Millis;
	endedAt: Millis;
	dwellMs: Millis;
	branchId: string | null;
	channel: string | null;
	tier: string | null;
	overtime: boolean | null;
}

export interface ClockRunRow {
	lane: string;
	caseId: string;
	clock: string;
	startedAt: Millis;
	dueAt: Millis | null;
	endedAt: Millis;
	spentMs: Millis | null;
	targetMs: Millis | null;
	met: boolean | null;
	branchId: string | null;
	channel: string | null;
	tier: string | null;
	provisional: boolean;
}

export interface CaseClosingRow {
	lane: string;
	caseId: string;
	openedAt: Millis;
	closedAt: Millis;
	outcome: string | null;
	durationMs: Millis;
	events: number;
	violations: number;
	stage: Stage;
	stageSince: Millis;
	activity: string;
	channel: string | null;
	branchId: string | null;
	tier: string | null;
	segment: string | null;
	product: string | null;
	way: string | null;
	owner: string | null;
	closedOffset: number;
	/** `packOffsets` of its events up to the close; null where who made the row did not know them. */
	eventOffsets: string | null;
}

export interface VisitRow {
	lane: string;
	visitId: string;
	branchId: string;
	caseId: string | null;
	ticketAt: Millis | null;
	calledAt: Millis | null;
	materialAt: Millis | null;
	systemAt: Millis | null;
	completedAt: Millis;
	waitMs: Millis | null;
	handlingMs: Millis | null;
	teller: string | null;
	abandoned: boolean;
}

export interface StockMovementRow {
	lane: string;
	offset: number;
	occurredAt: Millis;
	branchId: string;
	product: string;
	change: 'count' | 'move' | 'threshold';
	quantity: number;
	threshold: number | null;
	reason: string | null;
	counterpart: string | null;
	transferId: string | null;
}

export type Status = 'up' | 'degraded' | 'down';

export interface DeviceChangeRow {
	lane: string;
	offset: number;
	occurredAt: Millis;
	deviceId: string;
	branchId: string;
	kind: string | null;
	status: Status;
	reason: string | null;
}

export interface SiteHealthRow {
	lane: string;
	offset: number;
	occurredAt: Millis;
	site: string;
	component: string;
	status: Status;
	latencyMs: number | null;
	errorRate: number | null;
}

export interface BranchOpeningRow {
	lane: string;
	offset: number;
	occurredAt: Millis;
	branchId: string;
	name: string;
	province: string;
	city: string;
	latitude: number | null;
	longitude: number | null;
	windows: number | null;
	kiosks: number | null;
	instantDevice: boolean | null;
}

/** Every table that the writer appends to, by its SQL name. */
export interface Tables {
	events: EventRow;
	stage_spans: StageSpanRow;
	clock_runs: ClockRunRow;
	case_closings: CaseClosingRow;
	visits: VisitRow;
	stock_movements: StockMovementRow;
	device_changes: DeviceChangeRow;
	site_health: SiteHealthRow;
	branch_openings: BranchOpeningRow;
}

export type Table = keyof Tables;

/** Takes rows one by one; the store's writer is one. A row is the caller's again as soon as `add` returns. */
export interface RowSink {
	add<T extends Table>(table: T, row: Tables[T]): void;
}
