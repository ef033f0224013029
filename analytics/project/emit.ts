import type { Applied, CaseState } from '#lib/domain/case/state.ts';
import type { EventName } from '#lib/domain/events/catalogue.ts';
import { nameOf } from '#lib/domain/events/catalogue.ts';
import type { RecordedEvent } from '#lib/domain/events/event.ts';
import { HotcardError } from '#lib/domain/error.ts';
import type { Millis } from '#lib/domain/time.ts';
import { caseKey } from './case-key.ts';
import type { HotRows } from './hot-rows.ts';
import { packOffsets } from './offsets.ts';
import { emitOperation } from './operation.ts';
import type { RowSink, Table, Tables } from './rows.ts';
import type { Targets } from './targets.ts';
import type { VisitFold } from './visits.ts';

/** One event with what it did. `before` and `applied` are undefined where the event belongs to no case. */
export interface Fact {
	recorded: RecordedEvent;
	before: CaseState | undefined;
	applied: Applied | undefined;
	/** `recorded.event.time` in ms, where the caller has it already. */
	occurredAt?: Millis;
	/** Short name of the event, where the caller has it already. */
	name?: EventName;
	/** Where the events of its case lie in the log, this one the last, where the caller knows. */
	offsets?: readonly number[] | undefined;
}

/** What the mapping remembers (visits) and knows (targets), and the rows that it fills. */
export interface Mapping {
	visits: Pick<VisitFold, 'apply'>;
	targets: Targets;
	rows: HotRows;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Who did it: events name the person by their part in it. */
function resourceOf(data: Record<string, unknown>): string | null {
	const by = data['by'];
	if (Array.isArray(by)) return by.length === 0 ? null : by.join('+');
	return (
		text(by) ??
		text(data['resource']) ??
		text(data['teller']) ??
		text(data['agent']) ??
		text(data['trainee']) ??
		text(data['actor'])
	);
}

/** Adds every row that one event makes: its own, and those of what it ended. */
export function emitRows(fact: Fact, mapping: Mapping, sink: RowSink): void {
	const { lane, offset, recordedAt, event } = fact.recorded;
	const name = fact.name ?? nameOf(event.type);
	if (name === undefined) {
		throw new HotcardError('projection-value', `The log holds an unknown type of event, ${event.type}.`, {
			place: { entity: `offset ${offset}` }
		});
	}
	const occurredAt = fact.occurredAt ?? Date.parse(event.time);
	const data = event.data as Record<string, unknown>;
	const state = fact.applied?.state;
	const caseId = state?.caseId ?? text(data['caseId']);
	const row = mapping.rows.event;
	row.lane = lane;
	row.offset = offset;
	row.recordedAt = recordedAt;
	row.occurredAt = occurredAt;
	row.type = name;
	row.activity = name === 'process.step' ? String(data['activity']) : name;
	row.caseId = caseId;
	row.caseKey = caseId === null ? null : caseKey(caseId);
	row.caseSeq = state?.events ?? null;
	row.stage = state?.stage ?? null;
	row.fromStage = fact.applied?.fromStage ?? null;
	row.dwellMs = fact.applied?.dwell ?? null;
	row.branchId = text(data['branchId']) ?? state?.branchId ?? null;
	row.channel = state?.channel ?? text(data['channel']);
	row.tier = state?.tier ?? text(data['tier']);
	row.resource = resourceOf(data);
	row.lifecycle = text(data['lifecycle']);
	row.violation = fact.applied?.violation?.code ?? null;
	sink.add('events', row);
	if (fact.applied !== undefined) emitCase(fact, fact.applied, occurredAt, mapping, sink);
	emitOperation(fact.recorded, name, occurredAt, data, mapping.visits, sink);
}

function emitCase(fact: Fact, applied: Applied, at: Millis, { targets, rows }: Mapping, sink: RowSink): void {
	const { lane } = fact.recorded;
	const { state, fromStage, dwell } = applied;
	const { span, run: row } = rows;
	if (fromStage !== null && dwell !== null) {
		// A late event takes effect at its case's last moment, which is not its own time.
		const endedAt = state.stageSince;
		span.lane = lane;
		span.caseId = state.caseId;
		span.stage = fromStage;
		span.startedAt = endedAt - dwell;
		span.endedAt = endedAt;
		span.dwellMs = dwell;
		span.branchId = state.branchId;
		span.channel = state.channel;
		span.tier = state.tier;
		span.overtime = targets.overtime(fromStage, state, endedAt - dwell, endedAt);
		sink.add('stage_spans', span);
	}
	for (const run of applied.changed) {
		if (run.endedAt === null) continue;
		row.lane = lane;
		row.caseId = state.caseId;
		row.clock = run.clock;
		row.startedAt = run.startedAt;
		row.dueAt = run.dueAt;
		row.endedAt = run.endedAt;
		row.spentMs = run.spent;
		row.targetMs = targets.ofClock(run.clock);
		row.met = run.status === 'met' ? true : run.status === 'breached' ? false : null;
		row.branchId = state.branchId;
		row.channel = state.channel;
		row.tier = state.tier;
		row.provisional = run.provisional;
		sink.add('clock_runs', row);
	}
	if (state.status === 'closed' && fact.before?.status !== 'closed') emitClosing(fact, at, state, sink);
}

function emitClosing({ recorded, offsets }: Fact, at: Millis, state: CaseState, sink: RowSink): void {
	const { lane, offset } = recorded;
	const closedAt = state.closedAt ?? at;
	sink.add('case_closings', {
		lane,
		caseId: state.caseId,
		openedAt: state.openedAt,
		closedAt,
		outcome: state.outcome,
		durationMs: closedAt - state.openedAt,
		events: state.events,
		violations: state.violations,
		stage: state.stage,
		stageSince: state.stageSince,
		activity: state.activity,
		channel: state.channel,
		branchId: state.branchId,
		tier: state.tier,
		segment: state.segment,
		product: state.product,
		way: state.way,
		owner: state.owner,
		closedOffset: offset,
		eventOffsets: offsets === undefined ? null : packOffsets(offsets)
	});
}

/** The same rows as a value, table by table. */
export function rowsOf(fact: Fact, mapping: Mapping): { [T in Table]?: Tables[T][] } {
	const rows: Partial<Record<Table, unknown[]>> = {};
	const add = (table: Table, row: object): void => void (rows[table] ??= []).push({ ...row });
	emitRows(fact, mapping, { add });
	return rows as { [T in Table]?: Tables[T][] };
}
