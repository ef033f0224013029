import type { EventName } from '../domain/events/catalogue.ts';
import type { Lane } from '../domain/lane.ts';
import type { Stage } from '../domain/stage.ts';
import type { Millis } from '../domain/time.ts';

/** What crosses to the browser. Lists of changing things are records by id, so that a merge patch (RFC 7396) is small. Absent or null = unknown, never zero. */

export interface Text {
	zh: string;
	en: string;
}

/** A proportion with its sample: `met` of `n`; the interval is Wilson's at 95 %. */
export interface Share {
	met: number;
	n: number;
	low: number;
	high: number;
}

/** Quantiles of a duration in ms over `n` observations. */
export interface Quantiles {
	n: number;
	p50: Millis;
	p90: Millis;
}

export interface ShellView {
	lane: Lane;
	lanes: Record<string, { events: number }>;
	/** The lane's present (ms) at server time `serverNow`, and how fast it runs; 0 = paused. */
	laneNow: Millis;
	serverNow: Millis;
	speed: number;
	synthetic: boolean;
	/** Head of the lane in the log. */
	offset: number;
	open: number;
	breached: number;
	atRisk: number;
	quarantined: number;
	branches: number;
	/** Age in lane ms of the newest event, null before the first. */
	newest: Millis | null;
	selfCheck: { ok: boolean; at: Millis | null; detail?: string };
	recording: { ok: boolean; reason?: string };
}

export interface StageFlow {
	stage: Stage;
	/** Cases that entered the stage in the range. */
	entered: number;
	/** Cases in it now. */
	open: number;
	atRisk: number;
	breached: number;
	dwell: Quantiles | null;
	/** The clock that watches this stage: the one that most of its cases run under. Its time spent is what counts against the target. */
	clock: string | null;
	/** Target of that clock, ms of the clock's own time. */
	target: Millis | null;
	/** Median dwell per slot of the range, for a sparkline; null = no data. */
	trend: (number | null)[];
}

export interface ClockAttainment {
	clock: string;
	name: Text;
	target: Millis;
	kind: 'wall' | 'working';
	/** Length of a working day where the clock counts working time, ms. */
	workingDay: Millis | null;
	objective: number;
	share: Share | null;
	/** Time spent by the runs that ended, on the clock's own time. */
	spent: Quantiles | null;
	running: number;
	atRisk: number;
	breached: number;
	/** Share met per slot of the range; null = no run ended in it. */
	trend: (number | null)[];
}

export type ActKind =
	| 'breached'
	| 'at_risk'
	| 'overtime_stage'
	| 'silent_branch'
	| 'duplicate_device'
	| 'low_stock'
	| 'device_down'
	| 'site_down';

/** One row of the ranked "act now" list. */
export interface ActNow {
	id: string;
	rank: number;
	kind: ActKind;
	severity: 'broken' | 'soon' | 'info';
	/** Parameters for the sentence in the reader's language. */
	what: Record<string, string | number>;
	cases: number;
	/** Lane time at which it breaks or broke, ms; null where no clock runs. */
	due: Millis | null;
	owner: string | null;
	/** Where a click leads. */
	link: string;
}

export interface OverviewView {
	range: { from: Millis; to: Millis; slot: Millis };
	attainment: Share | null;
	breached: number;
	breachedHourAgo: number | null;
	soon: number;
	open: number;
	opened: number;
	closed: number;
	freeze: Quantiles | null;
	freezeTarget: Millis | null;
	stages: Record<string, StageFlow>;
	clocks: Record<string, ClockAttainment>;
	act: Record<string, ActNow>;
	/** Reports per hour and channel: now (last hour) against the mean of the same hours before, with n days. */
	channels: Record<
		string,
		{ lastHour: number; usual: number | null; low: number | null; high: number | null; n: number }
	>;
	sites: Record<
		string,
		{ status: 'up' | 'degraded' | 'down' | 'unknown'; latencyMs: number | null; age: Millis | null }
	>;
	stock: Record<string, { branchId: string; branch: string; product: string; quantity: number; threshold: number }>;
}

export interface ClockRunView {
	clock: string;
	name: Text;
	started: Millis;
	due: Millis | null;
	atRiskAt: Millis | null;
	ended: Millis | null;
	status: 'running' | 'paused' | 'at_risk' | 'met' | 'breached' | 'cancelled';
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

export type HeatMeasure = 'wait' | 'handling' | 'overtime' | 'volume';

export interface BranchesParams {
	lane: Lane;
	measure?: HeatMeasure;
	from?: Millis;
	to?: Millis;
	province?: string;
	/** Which branches come first: by province and city, with the highest value, or by name; default `city`. */
	sort?: HeatSort;
	/** Branches at most, the first in that order; all where it is not named. */
	limit?: number;
}

export type HeatSort = 'city' | 'worst' | 'name';

export interface HeatmapView {
	measure: HeatMeasure;
	/** `value` unit: ms for wait and handling (p90), share for overtime, count for volume. */
	range: { from: Millis; to: Millis };
	computedAt: Millis;
	target: number | null;
	branches: { id: string; name: string; city: string; province: string }[];
	/** Branches there are in the lane, or in the province that was asked for; `branches` may be fewer. */
	total?: number;
	/** Every province of the lane, also under a filter. */
	provinces?: string[];
	/** Row-major branch × 168 hours of the week (0 = Monday 00:00, bank's zone); null = no data. */
	values: (number | null)[];
	counts: number[];
}

export interface BranchCellView {
	branchId: string;
	hourOfWeek: number;
	wait: Quantiles | null;
	handling: Quantiles | null;
	overtime: Share | null;
	volume: number;
	/** Wait p90 per hour of that weekday, the branch's day. */
	day: { hour: number; arrivals: number; waitP90: number | null }[];
	/** Empirical distribution of waits in the cell and of the branch overall: value at each of 21 evenly spaced probabilities, ms. */
	cell: number[] | null;
	usual: number[] | null;
}

export interface LogRow {
	offset: number;
	lane: Lane;
	at: Millis;
	recordedAt: Millis;
	name: string;
	activity: string;
	caseId: string | null;
	branchId: string | null;
	/** Name of the branch, where the lane has told it. */
	branch?: string;
	violation: string | null;
}

export interface LogView {
	head: number;
	total: number;
	/** Newest first. */
	rows: LogRow[];
	next: number | null;
}

export interface QuarantineRow {
	id: number;
	lane: Lane;
	at: Millis;
	origin: string;
	line: number | null;
	code: string;
	pointer: string | null;
	detail: string;
	/** The same in Chinese, where it was given. */
	detailZh?: string | null;
	/** The refused text, with card numbers masked; cut at 4 kB. Empty for readers who may not see it. */
	body: string;
	/** Set where the text was kept from this reader. */
	masked?: boolean;
	status: 'open' | 'resubmitted' | 'dismissed';
}

export interface QuarantineView {
	total: number;
	rows: QuarantineRow[];
	codes: Record<string, number>;
}

export interface VariantsView {
	cases: number;
	events: number;
	variants: { activities: string[]; cases: number; p50: Millis; p90: Millis }[];
	total: number;
}
