import { nameOf, type EventName } from '../events/catalogue.ts';
import type { Happening, RecordedEvent } from '../events/event.ts';
import { parseTime } from '../events/rfc3339.ts';
import { NO_EARLY } from '../sla/early.ts';
import { isStage, type Stage } from '../stage.ts';
import type { Millis } from '../time.ts';
import type { CaseState, Violation } from './state.ts';
import { BEFORE_REPORT, NOT_WHILE_PAUSED, step } from './transitions.ts';

/** Fields of `data` that a case remembers, whichever event carries them. */
interface Facts {
	readonly caseId?: string;
	readonly channel?: string;
	readonly branchId?: string;
	readonly tier?: string;
	readonly segment?: string;
	readonly product?: string;
	readonly way?: string;
	readonly slaClass?: string;
	readonly customerRef?: string;
	readonly card?: { readonly bin: string; readonly last4: string; readonly product?: string };
	readonly deviceId?: string;
	readonly owner?: string;
	readonly by?: unknown;
	readonly outcome?: string;
	readonly activity?: string;
	readonly stage?: string;
	readonly final?: boolean;
}

/** A state that only its maker holds yet. */
export type Draft = { -readonly [K in keyof CaseState]: CaseState[K] };

/** The case an event belongs to, or undefined where it belongs to none. */
export function caseIdOf(event: Happening): string | undefined {
	return (event.data as Facts).caseId;
}

/** When the event happened (ms). A time that cannot be read counts as the moment it was recorded. */
export function occurredAt(recorded: RecordedEvent): Millis {
	const at = parseTime(recorded.event.time);
	return at === at ? at : recorded.recordedAt;
}

function begin(caseId: string, at: Millis): Draft {
	return {
		caseId,
		status: 'open',
		stage: 'report',
		stageSince: at,
		openedAt: at,
		lastAt: at,
		closedAt: null,
		outcome: null,
		activity: '',
		channel: null,
		branchId: null,
		tier: null,
		segment: null,
		product: null,
		way: null,
		slaClass: null,
		customerRef: null,
		card: null,
		deviceId: null,
		owner: null,
		priority: false,
		events: 0,
		violations: 0,
		releaseAskedBy: null,
		pausedAt: null,
		clocks: [],
		early: NO_EARLY
	};
}

function remember(draft: Draft, name: EventName, facts: Facts): void {
	switch (name) {
		case 'case.reported':
			draft.channel = facts.channel ?? draft.channel;
			draft.branchId = facts.branchId ?? draft.branchId;
			draft.tier = facts.tier ?? draft.tier;
			draft.segment = facts.segment ?? draft.segment;
			draft.slaClass = facts.slaClass ?? null;
			draft.customerRef = facts.customerRef ?? null;
			draft.deviceId = facts.deviceId ?? null;
			draft.product = facts.card?.product ?? draft.product;
			draft.card = facts.card ? `${facts.card.bin.slice(0, 6)}******${facts.card.last4}` : null;
			break;
		case 'case.card_ordered':
			draft.product = facts.product ?? draft.product;
			draft.way = facts.way ?? draft.way;
			draft.branchId ??= facts.branchId ?? null;
			break;
		case 'case.card_personalised':
			draft.way = facts.way ?? draft.way;
			break;
		case 'case.paper_captured':
			draft.channel ??= facts.channel ?? null;
			draft.branchId ??= facts.branchId ?? null;
			break;
		case 'visit.ticket_taken':
			draft.branchId ??= facts.branchId ?? null;
			draft.segment ??= facts.segment ?? null;
			break;
		case 'process.step':
			draft.channel = facts.channel ?? draft.channel;
			draft.branchId = facts.branchId ?? draft.branchId;
			draft.tier = facts.tier ?? draft.tier;
			break;
		case 'case.assigned':
			draft.owner = facts.owner ?? null;
			break;
		case 'case.prioritised':
			draft.priority = true;
			break;
		case 'case.release_requested':
			draft.releaseAskedBy = typeof facts.by === 'string' ? facts.by : null;
			break;
		case 'case.released':
			draft.releaseAskedBy = null;
			break;
	}
}

/** What is wrong with this event for this case, apart from its stage. */
function objection(state: CaseState | undefined, name: EventName): Violation | null {
	if (state === undefined) {
		if (name === 'case.reported' || name === 'process.step' || BEFORE_REPORT.has(name)) return null;
		return { code: 'before-report', detail: `${name} before any report` };
	}
	if (state.status === 'closed') return null;
	if (name === 'case.reported' && state.customerRef !== null) {
		return { code: 'repeated', detail: `a second report in stage ${state.stage}` };
	}
	if (name === 'case.paused' && state.status === 'paused') return { code: 'repeated', detail: 'paused twice' };
	if (name === 'case.resumed' && state.status !== 'paused') {
		return { code: 'impossible-step', detail: 'resumed, but it was not paused' };
	}
	if (state.status === 'paused' && NOT_WHILE_PAUSED.has(name)) {
		return { code: 'impossible-step', detail: `${name} while the case is paused` };
	}
	return null;
}

const ENDED_EARLY: ReadonlySet<string> = new Set(['released', 'rejected', 'cancelled']);

function outcomeOf(name: EventName, facts: Facts): string | null {
	if (name === 'case.closed') return facts.outcome ?? null;
	if (name === 'case.released') return 'released';
	if (name === 'case.rejected') return 'rejected';
	return name === 'case.cancelled' ? 'cancelled' : null;
}

/** A release, refusal or cancellation ends a case; the `case.closed` that a core system sends after it only confirms. */
function confirms(state: CaseState, name: EventName, outcome: string | null): boolean {
	if (name !== 'case.closed' || state.outcome === null || !ENDED_EARLY.has(state.outcome)) return false;
	return outcome === null || outcome === state.outcome;
}

function genericStage(state: CaseState | undefined, facts: Facts, closes: boolean): Stage {
	if (closes || facts.final === true) return 'closed';
	if (facts.stage !== undefined && isStage(facts.stage)) return facts.stage;
	// A step nobody mapped does not take a card case out of its stage.
	return state !== undefined && state.customerRef !== null ? state.stage : 'generic';
}

/** One event of a known name at a known moment; `closes` is set where a policy says that the event ends its case. The state is the caller's to finish. */
export function evolveAt(
	state: CaseState | undefined,
	event: Happening,
	name: EventName | undefined,
	at: Millis,
	closes: boolean
): { state: Draft; violation: Violation | null } {
	const facts = event.data as Facts;
	const draft: Draft = state === undefined ? begin(facts.caseId ?? '', at) : { ...state };
	const late = state !== undefined && at < state.lastAt;
	const now = late ? state.lastAt : at;
	draft.lastAt = now;
	draft.events++;
	if (name === undefined) {
		draft.violations++;
		return { state: draft, violation: { code: 'unknown-type', detail: event.type } };
	}
	draft.activity = name === 'process.step' ? (facts.activity ?? name) : name;
	const closed = draft.status === 'closed';
	let violation = objection(state, name);
	if (!closed && violation?.code !== 'repeated') remember(draft, name, facts);

	const outcome = outcomeOf(name, facts);
	let to: Stage | null = null;
	if (closed) {
		const { ok } = step('closed', name, { way: draft.way, outcome });
		if (!ok && !confirms(draft, name, outcome)) {
			violation = { code: name === 'case.closed' ? 'repeated' : 'after-close', detail: `${name} after the close` };
		}
	} else if (name === 'process.step') {
		to = genericStage(state, facts, closes);
	} else {
		const found = step(draft.stage, name, { way: draft.way, outcome });
		to = found.to;
		if (!found.ok) {
			violation ??= { code: 'impossible-step', detail: `${name} in stage ${draft.stage}` };
			// What arrives late may be impossible only because of that: it must not pull the case along.
			if (late) to = null;
		}
		if (closes) to = 'closed';
	}
	if (late && (violation === null || !closed)) {
		violation = { code: 'out-of-order', detail: `${name} happened ${now - at} ms before the event recorded before it` };
	}

	if (to !== null && to !== draft.stage) {
		draft.stage = to;
		draft.stageSince = now;
	}
	if (to === 'closed') {
		draft.status = 'closed';
		draft.closedAt = now;
		draft.outcome = outcome ?? 'completed';
		draft.pausedAt = null;
		draft.early = NO_EARLY;
	} else if (!closed) {
		if (name === 'case.paused') {
			draft.status = 'paused';
			draft.pausedAt ??= at;
		} else if (name === 'case.resumed') {
			draft.status = 'open';
			draft.pausedAt = null;
		}
	}
	if (violation !== null) draft.violations++;
	return { state: draft, violation };
}

/**
 * The case after one more event. Never throws: a step that cannot be is still counted, remembered where it can be,
 * and answered as a violation. Time never runs backwards: a late event takes effect at the case's last moment.
 */
export function evolve(
	state: CaseState | undefined,
	recorded: RecordedEvent
): { state: CaseState; violation: Violation | null } {
	return evolveAt(state, recorded.event, nameOf(recorded.event.type), occurredAt(recorded), false);
}
