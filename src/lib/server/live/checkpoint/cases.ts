import type { CaseState } from '../../../domain/case/state.ts';
import type { ClockRun } from '../../../domain/sla/clock-run.ts';
import { NO_EARLY } from '../../../domain/sla/early.ts';
import type { LiveCase } from '../fold/lane-state.ts';
import {
	type Columns,
	type Fields,
	type ListColumn,
	number,
	numberColumn,
	packRows,
	text,
	type TextColumn,
	wordColumn,
	word
} from './columns.ts';

type Flat = Omit<CaseState, 'clocks' | 'early'>;

const STATE: Fields<Flat> = {
	caseId: ['text', (row) => row.caseId],
	status: ['text', (row) => row.status],
	stage: ['text', (row) => row.stage],
	stageSince: ['number', (row) => row.stageSince],
	openedAt: ['number', (row) => row.openedAt],
	lastAt: ['number', (row) => row.lastAt],
	closedAt: ['number', (row) => row.closedAt],
	outcome: ['text', (row) => row.outcome],
	activity: ['text', (row) => row.activity],
	channel: ['text', (row) => row.channel],
	branchId: ['text', (row) => row.branchId],
	tier: ['text', (row) => row.tier],
	segment: ['text', (row) => row.segment],
	product: ['text', (row) => row.product],
	way: ['text', (row) => row.way],
	slaClass: ['text', (row) => row.slaClass],
	customerRef: ['text', (row) => row.customerRef],
	card: ['text', (row) => row.card],
	deviceId: ['text', (row) => row.deviceId],
	owner: ['text', (row) => row.owner],
	priority: ['flag', (row) => row.priority],
	events: ['number', (row) => row.events],
	violations: ['number', (row) => row.violations],
	releaseAskedBy: ['text', (row) => row.releaseAskedBy],
	pausedAt: ['number', (row) => row.pausedAt]
};

const RUN: Fields<ClockRun> = {
	clock: ['text', (row) => row.clock],
	round: ['number', (row) => row.round],
	startedAt: ['number', (row) => row.startedAt],
	dueAt: ['number', (row) => row.dueAt],
	atRiskAt: ['number', (row) => row.atRiskAt],
	pausedLeft: ['number', (row) => row.pausedLeft],
	endedAt: ['number', (row) => row.endedAt],
	status: ['text', (row) => row.status],
	spent: ['number', (row) => row.spent],
	provisional: ['flag', (row) => row.provisional]
};

/** Cases in the order of their map. */
export interface PackedCases {
	states: Columns<Flat>;
	runs: ListColumn<Columns<ClockRun>>;
	early: ListColumn<Float64Array>;
	offsets: ListColumn<Float64Array>;
	fired: ListColumn<TextColumn>;
	closedOffsets: Float64Array;
}

function ends(lists: readonly { length: number }[]): Uint32Array {
	const found = new Uint32Array(lists.length);
	let end = 0;
	for (const [at, list] of lists.entries()) found[at] = end += list.length;
	return found;
}

export function packCases(cases: ReadonlyMap<string, LiveCase>): PackedCases {
	const entries = [...cases.values()];
	const states = entries.map((entry) => entry.state);
	const clocks = states.map((state) => state.clocks);
	const early = states.map((state) => state.early);
	const offsets = entries.map((entry) => entry.offsets);
	const marks = entries.flatMap((entry) => entry.fired);
	return {
		states: packRows<Flat>(states, STATE),
		runs: { ends: ends(clocks), items: packRows(clocks.flat(), RUN) },
		early: { ends: ends(early), items: new Float64Array(early.flat()) },
		offsets: { ends: ends(offsets), items: new Float64Array(offsets.flat()) },
		fired: { ends: ends(entries.map((entry) => entry.fired)), items: wordColumn(marks) },
		closedOffsets: numberColumn(entries, (entry) => entry.closedOffset)
	};
}

function runAt(columns: Columns<ClockRun>, at: number): ClockRun {
	const run = {
		clock: word(columns.clock, at),
		startedAt: columns.startedAt[at]!,
		dueAt: number(columns.dueAt, at),
		atRiskAt: number(columns.atRiskAt, at),
		pausedLeft: number(columns.pausedLeft, at),
		endedAt: number(columns.endedAt, at),
		status: word<ClockRun['status']>(columns.status, at),
		spent: number(columns.spent, at),
		provisional: columns.provisional[at] === 1
	};
	const round = number(columns.round, at);
	return round === null ? run : { ...run, round };
}

function stateAt(
	columns: Columns<Flat>,
	at: number,
	{ clocks, early }: Pick<CaseState, 'clocks' | 'early'>
): CaseState {
	return {
		caseId: word(columns.caseId, at),
		status: word(columns.status, at),
		stage: word(columns.stage, at),
		stageSince: columns.stageSince[at]!,
		openedAt: columns.openedAt[at]!,
		lastAt: columns.lastAt[at]!,
		closedAt: number(columns.closedAt, at),
		outcome: text(columns.outcome, at),
		activity: word(columns.activity, at),
		channel: text(columns.channel, at),
		branchId: text(columns.branchId, at),
		tier: text(columns.tier, at),
		segment: text(columns.segment, at),
		product: text(columns.product, at),
		way: text(columns.way, at),
		slaClass: text(columns.slaClass, at),
		customerRef: text(columns.customerRef, at),
		card: text(columns.card, at),
		deviceId: text(columns.deviceId, at),
		owner: text(columns.owner, at),
		priority: columns.priority[at] === 1,
		events: columns.events[at]!,
		violations: columns.violations[at]!,
		releaseAskedBy: text(columns.releaseAskedBy, at),
		pausedAt: number(columns.pausedAt, at),
		clocks,
		early
	};
}

export function unpackCases({
	states,
	runs,
	early,
	offsets,
	fired,
	closedOffsets
}: PackedCases): Map<string, LiveCase> {
	const cases = new Map<string, LiveCase>();
	let run = 0;
	let ahead = 0;
	let offset = 0;
	let mark = 0;
	for (let at = 0; at < states.caseId.codes.length; at += 1) {
		const clocks: ClockRun[] = [];
		for (const end = runs.ends[at]!; run < end; run += 1) clocks.push(runAt(runs.items, run));
		const until = early.ends[at]!;
		const ended = until === ahead ? NO_EARLY : Array.from(early.items.subarray(ahead, until));
		ahead = until;
		const entry: LiveCase = {
			state: stateAt(states, at, { clocks, early: ended }),
			offsets: [],
			fired: [],
			closedOffset: number(closedOffsets, at)
		};
		for (const end = offsets.ends[at]!; offset < end; offset += 1) entry.offsets.push(offsets.items[offset]!);
		for (const end = fired.ends[at]!; mark < end; mark += 1) entry.fired.push(word(fired.items, mark));
		cases.set(entry.state.caseId, entry);
	}
	return cases;
}
