import { catalog } from '../../../../../analytics/catalog.ts';
import { caseKey } from '../../../../../analytics/project/case-key.ts';
import { unpackOffsets } from '../../../../../analytics/project/offsets.ts';
import { caseIdOf } from '../../../domain/case/evolve.ts';
import type { CaseState } from '../../../domain/case/state.ts';
import { nameOf } from '../../../domain/events/catalogue.ts';
import type { RecordedEvent } from '../../../domain/events/event.ts';
import type { ClockRun } from '../../../domain/sla/clock-run.ts';
import { attention } from '../../../domain/sla/advance.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { CaseView, ClockRunView, TimelineEntry } from '../../../protocol/views.ts';
import type { ApplyToCase } from '../case-book.ts';
import { caseRow, maskPerson } from './case-row.ts';
import { findCase, type ViewContext } from './context.ts';
import { actorOf, factsOf } from './facts.ts';
import { swimLaneOf } from './swimlane.ts';

/** Where the events of a case lie in the log: from memory while it is open or just closed, else from the projections. */
async function offsetsOf(context: ViewContext, caseId: string): Promise<readonly number[]> {
	const live = findCase(context, caseId);
	if (live) return live.offsets;
	const bounds = context.fold.closed.boundsOf(caseId);
	if (bounds === undefined) return [];
	const { lane } = context;
	const [closing] = await catalog.run(context.store, 'case_closing', { lane, case: caseId, last: bounds.last });
	if (closing?.event_offsets) return unpackOffsets(closing.event_offsets);
	// Something came after the close, so its last event is not the one that closed it.
	const rows = await catalog.run(context.store, 'case_offsets', {
		lane,
		key: caseKey(caseId),
		...bounds
	});
	return rows.map((row) => row.offset);
}

async function eventsOf(context: ViewContext, caseId: string): Promise<RecordedEvent[]> {
	const offsets = await offsetsOf(context, caseId);
	// All at once: each asks another thread.
	const found = await Promise.all(offsets.map((offset) => context.log.at(offset)));
	return found.flatMap((one, at) => {
		const mine = one?.lane === context.lane && caseIdOf(one.event) === caseId;
		return mine ? [{ offset: offsets[at]!, ...one }] : [];
	});
}

function clockView(context: ViewContext, run: ClockRun): ClockRunView {
	const rule = context.targets.rules.get(run.clock);
	return {
		clock: run.clock,
		name: rule ? { ...rule.name } : { zh: run.clock, en: run.clock },
		started: run.startedAt,
		due: run.dueAt,
		atRiskAt: run.atRiskAt,
		ended: run.endedAt,
		status: attention(run, context.now),
		spent: run.spent,
		target: rule?.target ?? 0,
		kind: rule?.kind ?? 'wall',
		workingDay: rule?.calendar?.dayMs ?? null,
		...(run.provisional ? { provisional: true } : {})
	};
}

/** A case from its first event on, replayed through the rules, so that each line of the timeline says what it did. */
export async function caseView(
	context: ViewContext,
	params: Params<'case'>,
	apply: ApplyToCase
): Promise<CaseView | null> {
	const events = await eventsOf(context, params.caseId);
	const timeline: TimelineEntry[] = [];
	const violations: CaseView['violations'] = [];
	let state: CaseState | undefined;
	for (const recorded of events) {
		const name = nameOf(recorded.event.type);
		if (name === undefined) continue;
		const before = state;
		const applied = apply(before, recorded, context.targets.policy);
		state = applied.state;
		const at = Date.parse(recorded.event.time);
		const detail = applied.violation ? `${applied.violation.code}: ${applied.violation.detail}` : null;
		timeline.push({
			offset: recorded.offset,
			at,
			recordedAt: recorded.recordedAt,
			name,
			activity: name === 'process.step' ? state.activity : name,
			lane: swimLaneOf(name),
			stage: before?.stage === state.stage ? null : state.stage,
			actor: actorOf(recorded.event, context.unmasked),
			facts: factsOf(name, recorded.event, context.unmasked),
			violation: detail
		});
		if (detail !== null) violations.push({ offset: recorded.offset, at, reason: detail, event: name });
	}
	if (state === undefined) return null;
	const customer = state.customerRef;
	return {
		row: caseRow(context, state),
		closedAt: state.closedAt,
		segment: state.segment,
		card: state.card,
		customer: customer === null || context.unmasked ? customer : maskPerson(customer),
		clocks: Object.fromEntries(state.clocks.map((run) => [run.clock, clockView(context, run)])),
		timeline: timeline.sort((a, b) => a.at - b.at || a.offset - b.offset),
		violations
	};
}
