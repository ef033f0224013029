import type { Stage } from '../../domain/stage.ts';
import type { Millis } from '../../domain/time.ts';
import type { Quantiles, Share, Text } from './measures.ts';

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
	/** The branch that cases and clocks are counted of, as its lane calls it; null = all branches. */
	branch: string | null;
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
