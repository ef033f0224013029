import type { Applied, CaseState } from '#lib/domain/case/state.ts';
import type { EventName } from '#lib/domain/events/catalogue.ts';
import { nameOf } from '#lib/domain/events/catalogue.ts';
import type { RecordedEvent } from '#lib/domain/events/event.ts';
import { HotcardError } from '#lib/domain/error.ts';
import type { Millis } from '#lib/domain/time.ts';
import { caseKey } from './case-key.ts';
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
}

/** What the mapping remembers (visits) and knows (targets). */
export interface Mapping {
	visits: Pick<VisitFold, 'apply'>;
	targets: Targets;
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
	sink.add('events', {
		lane,
		offset,
		recordedAt,
		occurredAt,
		type: name,
		activity: name === 'process.step' ? String(data['activity']) : name,
		caseId,
		caseKey: caseId === null ? null : caseKey(caseId),
		caseSeq: state?.events ?? null,
		stage: state?.stage ?? null,
		fromStage: fact.applied?.fromStage ?? null,
		dwellMs: fact.applied?.dwell ?? null,
		branchId: text(data['branchId']) ?? state?.branchId ?? null,
		channel: state?.channel ?? text(data['channel']),
		tier: state?.tier ?? text(data['tier']),
		resource: resourceOf(data),
		lifecycle: text(data['lifecycle']),
		violation: fact.applied?.violation?.code ?? null
	});
	if (fact.applied !== undefined) emitCase(lane, occurredAt, fact.before, fact.applied, mapping.targets, sink);
	emitOperation(fact.recorded, name, occurredAt, data, mapping.visits, sink);
}

function emitCase(
	lane: string,
	at: Millis,
	before: CaseState | undefined,
	applied: Applied,
	targets: Targets,
	sink: RowSink
): void {
	const { state, fromStage, dwell } = applied;
	const { caseId, branchId, channel, tier } = state;
	if (fromStage !== null && dwell !== null) {
		// A late event takes effect at its case's last moment, which is not its own time.
		const endedAt = state.stageSince;
		const startedAt = endedAt - dwell;
		const overtime = targets.overtime(fromStage, state, startedAt, endedAt);
		const stage = fromStage;
		sink.add('stage_spans', {
			lane,
			caseId,
			stage,
			startedAt,
			endedAt,
			dwellMs: dwell,
			branchId,
			channel,
			tier,
			overtime
		});
	}
	for (const run of applied.changed) {
		if (run.endedAt === null) continue;
		sink.add('clock_runs', {
			lane,
			caseId,
			clock: run.clock,
			startedAt: run.startedAt,
			dueAt: run.dueAt,
			endedAt: run.endedAt,
			spentMs: run.spent,
			targetMs: targets.ofClock(run.clock),
			met: run.status === 'met' ? true : run.status === 'breached' ? false : null,
			branchId,
			channel,
			tier,
			provisional: run.provisional
		});
	}
	if (state.status === 'closed' && before?.status !== 'closed') emitClosing(lane, at, state, sink);
}

function emitClosing(lane: string, at: Millis, state: CaseState, sink: RowSink): void {
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
		owner: state.owner
	});
}

/** The same rows as a value, table by table. */
export function rowsOf(fact: Fact, mapping: Mapping): { [T in Table]?: Tables[T][] } {
	const rows: Partial<Record<Table, unknown[]>> = {};
	const add = (table: Table, row: unknown): void => void (rows[table] ??= []).push(row);
	emitRows(fact, mapping, { add });
	return rows as { [T in Table]?: Tables[T][] };
}
