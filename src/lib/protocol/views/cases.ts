import type { EventName } from '../../domain/events/catalogue.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Stage } from '../../domain/stage.ts';
import type { Millis } from '../../domain/time.ts';
import type { Text } from './measures.ts';

export interface ClockRunView {
	clock: string;
	name: Text;
	started: Millis;
	due: Millis | null;
	atRiskAt: Millis | null;
	ended: Millis | null;
	status: 'running' | 'paused' | 'at_risk' | 'met' | 'breached' | 'cancelled';
	/** Time it took on its own clock, which counts working time or stood still while paused; null while it goes on. */
	spent: Millis | null;
	target: Millis;
	kind: 'wall' | 'working';
	/** Length of a working day where the clock counts working time, ms. */
	workingDay?: Millis | null;
	/** Set where the calendar of a year was a guess. */
	provisional?: boolean;
}

export interface CaseRow {
	caseId: string;
	stage: Stage;
	/** Last activity where the process is not of cards. */
	activity: string;
	channel: string | null;
	branchId: string | null;
	branch: string | null;
	tier: string | null;
	openedAt: Millis;
	stageSince: Millis;
	/** The most pressing running clock. */
	clock: string | null;
	/** What that clock is called; absent where the policy has no such clock. */
	clockName?: Text;
	due: Millis | null;
	status: 'running' | 'paused' | 'at_risk' | 'breached' | 'closed' | 'none';
	owner: string | null;
	violations: number;
	events: number;
}

/** A case that a text names. */
export type NamedCase = Pick<CaseRow, 'caseId' | 'stage' | 'activity'>;

export type CaseSort = 'due' | 'opened' | 'stage' | 'case' | 'events';

export interface CasesParams {
	lane: Lane;
	status?: 'open' | 'breached' | 'at_risk' | 'closed' | 'all';
	stage?: string;
	channel?: string;
	branch?: string;
	tier?: string;
	clock?: string;
	owner?: string;
	text?: string;
	/** Case ids, parted by commas: these and no others. */
	cases?: string;
	sort?: CaseSort;
	descending?: boolean;
	offset?: number;
	limit?: number;
	from?: Millis;
	to?: Millis;
}

export interface CasesView {
	total: number;
	offset: number;
	rows: CaseRow[];
	/** What the branch and the clock of the filters are called, where the lane and the policy know them. */
	names?: { branch?: string; clock?: Text };
	/** Counts under the other filters, for the filter chips. */
	facets: { stage: Record<string, number>; channel: Record<string, number>; status: Record<string, number> };
}

export interface TimelineEntry {
	offset: number;
	at: Millis;
	recordedAt: Millis;
	name: EventName;
	activity: string;
	lane:
		'customer' | 'identity' | 'risk' | 'approval' | 'production' | 'delivery' | 'messages' | 'operations' | 'generic';
	stage: Stage | null;
	actor: string | null;
	/** Facts worth showing, already masked for the reader. */
	facts: Record<string, string | number | boolean>;
	violation: string | null;
}

export interface CaseView {
	row: CaseRow;
	closedAt: Millis | null;
	segment: string | null;
	card: string | null;
	customer: string | null;
	clocks: Record<string, ClockRunView>;
	timeline: TimelineEntry[];
	violations: { offset: number; at: Millis; reason: string; event: string }[];
}
