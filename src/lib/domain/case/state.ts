import type { ClockRun } from '../sla/clock-run.ts';
import type { EarlyEnds } from '../sla/early.ts';
import type { Stage } from '../stage.ts';
import type { Millis } from '../time.ts';

/** Everything the product knows of a case after its events so far. A value: `evolve` answers a new one. */
export interface CaseState {
	readonly caseId: string;
	readonly status: 'open' | 'paused' | 'closed';
	readonly stage: Stage;
	readonly stageSince: Millis;
	readonly openedAt: Millis;
	readonly lastAt: Millis;
	readonly closedAt: Millis | null;
	readonly outcome: string | null;
	/** Last activity: the event's short name, or the step's own name where the process is generic. */
	readonly activity: string;
	readonly channel: string | null;
	readonly branchId: string | null;
	readonly tier: string | null;
	readonly segment: string | null;
	readonly product: string | null;
	readonly way: string | null;
	readonly slaClass: string | null;
	readonly customerRef: string | null;
	/** `622848******6789` */
	readonly card: string | null;
	readonly deviceId: string | null;
	readonly owner: string | null;
	readonly priority: boolean;
	readonly events: number;
	readonly violations: number;
	/** Who asked for a release that waits for its second person. */
	readonly releaseAskedBy: string | null;
	/** When the pause began that it is in; null while it is not paused. */
	readonly pausedAt: Millis | null;
	readonly clocks: readonly ClockRun[];
	/** What ended or cancelled clocks before they started; empty once the case is closed. */
	readonly early: EarlyEnds;
}

export interface Violation {
	/** Stable code: `impossible-step`, `after-close`, `before-report`, `out-of-order`, `repeated` … */
	code: string;
	/** What was found, in short: `case.card_personalised in stage verify`. */
	detail: string;
}

/** What one event did to its case. */
export interface Applied {
	readonly state: CaseState;
	/** Stage before the event and the time spent in it so far; null for the first event of a case. */
	readonly fromStage: Stage | null;
	/** Set when the event left `fromStage`: ms spent in it; null otherwise. */
	readonly dwell: Millis | null;
	readonly violation: Violation | null;
	/** Clock runs that this event started, paused, resumed or ended. */
	readonly changed: readonly ClockRun[];
}
