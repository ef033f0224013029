import type { EventName } from '../events/catalogue.ts';
import type { Stage } from '../stage.ts';

/** Facts on which a step may depend. */
export interface StepFacts {
	readonly way: string | null;
	readonly outcome: string | null;
}

/** What a step does: the stage it leads to (null = it stays) and whether it is possible there. */
export interface Step {
	readonly to: Stage | null;
	readonly ok: boolean;
}

type Cell = Step | ((facts: StepFacts) => Step);

const STAY: Step = { to: null, ok: true };
const NO: Step = { to: null, ok: false };
const go = (to: Stage): Step => ({ to, ok: true });
/** Impossible, but it happened: the case follows the fact, so that one fault is counted once. */
const wrong = (to: Stage): Step => ({ to, ok: false });

const TO_DELIVER = go('deliver');
const TO_ACTIVATE = go('activate');
const SKIPPED_MAKING = wrong('activate');
const TO_CLOSED = go('closed');
const SKIPPED_TO_CLOSED = wrong('closed');

/** What the cells of the table mean. `!x` = impossible, yet the case follows to x. */
const CELLS = {
	'.': STAY,
	'!': NO,
	verify: go('verify'),
	material: go('material'),
	risk: go('risk'),
	approve: go('approve'),
	produce: go('produce'),
	deliver: TO_DELIVER,
	activate: TO_ACTIVATE,
	closed: TO_CLOSED,
	'!approve': wrong('approve'),
	'!produce': wrong('produce'),
	'!deliver': wrong('deliver'),
	'!activate': SKIPPED_MAKING,
	'!closed': SKIPPED_TO_CLOSED,
	/** A card made in the branch is in the customer's hands; one from the centre has a way to go. */
	'by-way': ({ way }) => (way === 'instant' || way === 'virtual' ? TO_ACTIVATE : TO_DELIVER),
	'!by-way': ({ way }) => (way === 'instant' || way === 'virtual' ? SKIPPED_MAKING : wrong('deliver')),
	/** Papers of a hand-over at the counter follow the card that was made there. */
	'instant.': ({ way }) => (way === 'instant' ? STAY : NO),
	/** Only a card without a body can be used before it is made. */
	virtual: ({ way }) => (way === 'virtual' ? TO_ACTIVATE : SKIPPED_MAKING),
	/** May end here, but not as if the new card were in use. */
	unfinished: ({ outcome }) => (outcome === null || outcome === 'completed' ? SKIPPED_TO_CLOSED : TO_CLOSED),
	'virtual-end': ({ outcome, way }) =>
		way === 'virtual' || (outcome !== null && outcome !== 'completed') ? TO_CLOSED : SKIPPED_TO_CLOSED
} as const satisfies Record<string, Cell>;

type CellName = keyof typeof CELLS;
type Row = readonly [CellName, CellName, CellName, CellName, CellName, CellName, CellName, CellName];

const COLUMNS = ['report', 'verify', 'material', 'risk', 'approve', 'produce', 'deliver', 'activate'] as const;

/** Happens beside the stages, at any time before the close. */
const BESIDE: Row = ['.', '.', '.', '.', '.', '.', '.', '.'];

/**
 * Stage × event → next stage. Columns: report, verify, material, risk, approve, produce, deliver, activate.
 * Optional and so skipped without complaint: materials, risk, approval (small requests approve themselves), delivery.
 * Never skipped: identity before production, an answer to an approval that was asked for, making a card before it is used.
 */
// prettier-ignore
const TABLE: Partial<Record<EventName, Row>> = {
	'case.verification_started':   ['verify',   'verify',   'verify',   'verify',   'verify',   '!',        '.',        '.'],
	'case.verification_attempted': ['verify',   '.',        '.',        '.',        '.',        '!',        '.',        '.'],
	'case.verified':               ['risk',     'risk',     '.',        '.',        '.',        '!',        '.',        '.'],
	'case.materials_requested':    ['material', 'material', '.',        'material', 'material', '!',        '!',        '!'],
	'case.materials_submitted':    ['material', 'material', '.',        '.',        '.',        '!',        '!',        '!'],
	'case.materials_flagged':      ['material', 'material', '.',        '.',        '.',        '!',        '!',        '!'],
	'case.materials_accepted':     ['.',        '.',        'risk',     '.',        '.',        '!',        '!',        '!'],
	'case.risk_assessed':          BESIDE,
	'case.risk_reviewed':          ['.',        '.',        '.',        '.',        '.',        '!',        '!',        '!'],
	'case.approval_requested':     ['!approve', '!approve', 'approve',  'approve',  '.',        '!',        '!',        '!'],
	'case.approval_given':         ['!approve', '!approve', 'approve',  'approve',  '.',        '!',        '!',        '!'],
	'case.authorised':             ['!produce', '!produce', 'produce',  'produce',  'produce',  '!',        '!',        '!'],
	'case.rejected':               ['closed',   'closed',   'closed',   'closed',   'closed',   'closed',   '!closed',  '!closed'],
	'case.card_ordered':           ['!produce', '!produce', '!produce', 'produce',  '!produce', '.',        'produce',  'produce'],
	'case.card_personalised':      ['!by-way',  '!by-way',  '!by-way',  '!by-way',  '!by-way',  'by-way',   '!',        '!'],
	'case.production_failed':      ['!',        '!',        '!',        '!',        '!',        '.',        '!',        '!'],
	'shipment.dispatched':         ['!deliver', '!deliver', '!deliver', '!deliver', '!deliver', 'deliver',  '.',        'instant.'],
	'shipment.delayed':            ['!',        '!',        '!',        '!',        '!',        '!',        '.',        '!'],
	'shipment.stored':             ['!',        '!',        '!',        '!',        '!',        '!',        '.',        '!'],
	'shipment.returned':           ['!',        '!',        '!',        '!',        '!',        '!',        '.',        '!'],
	'shipment.delivered':          ['!activate','!activate','!activate','!activate','!activate','activate', 'activate', 'instant.'],
	'case.card_activated':         ['!activate','!activate','!activate','!activate','!activate','virtual',  'activate', '.'],
	'case.released':               ['closed',   'closed',   'closed',   'closed',   'closed',   'closed',   'closed',   'closed'],
	'case.cancelled':              ['closed',   'closed',   'closed',   'closed',   'closed',   'closed',   'closed',   'closed'],
	'case.closed':                 ['unfinished','unfinished','unfinished','unfinished','unfinished','virtual-end','closed','closed']
};

/** May still come after the close: the customer's voice, messages, notes, and using the new card. */
const AFTER_CLOSE: ReadonlySet<EventName> = new Set<EventName>([
	'case.annotated',
	'case.backfilled',
	'case.card_activated',
	'case.services_rebound',
	'notification.sent',
	'notification.failed',
	'survey.answered',
	'complaint.filed',
	'case.suspicion_reported',
	'alert.fired',
	'call.queued',
	'video.requested',
	'visit.ticket_taken'
]);

/** May come before the report: a queue number, a call in the queue, a paper ticket written while the network was cut. */
export const BEFORE_REPORT: ReadonlySet<EventName> = new Set<EventName>([
	'visit.ticket_taken',
	'call.queued',
	'video.requested',
	'case.paper_captured'
]);

/** Work that must wait while a case is paused; checking identity and risk goes on, for that is what ends the pause. */
export const NOT_WHILE_PAUSED: ReadonlySet<EventName> = new Set<EventName>([
	'case.authorised',
	'case.card_ordered',
	'case.card_personalised',
	'shipment.dispatched'
]);

function cellOf(name: EventName, stage: Stage): Cell {
	if (stage === 'closed') return AFTER_CLOSE.has(name) ? STAY : NO;
	const row = TABLE[name] ?? BESIDE;
	if (stage !== 'generic') return CELLS[row[COLUMNS.indexOf(stage)] ?? '.'];
	// A process that is not of cards has no order of ours to break: its steps lead where they would from a fresh report.
	const cell: Cell = CELLS[row[0]];
	return typeof cell === 'function' ? (facts) => ({ ...cell(facts), ok: true }) : { ...cell, ok: true };
}

const names: readonly EventName[] = Object.keys(TABLE) as EventName[];
const stages: readonly Stage[] = [...COLUMNS, 'closed', 'generic'];
const COMPILED: ReadonlyMap<string, Readonly<Record<Stage, Cell>>> = new Map(
	names.map((name) => [
		name,
		Object.fromEntries(stages.map((stage) => [stage, cellOf(name, stage)])) as Record<Stage, Cell>
	])
);

/** Where `name` leads a case that is in `stage`. Steps of a generic process (`process.step`) are not in the table: anything goes. */
export function step(stage: Stage, name: EventName, facts: StepFacts): Step {
	const cell = COMPILED.get(name)?.[stage];
	if (cell === undefined) return stage === 'closed' && !AFTER_CLOSE.has(name) ? NO : STAY;
	return typeof cell === 'function' ? cell(facts) : cell;
}
