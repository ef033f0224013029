import type { Millis } from '../time.ts';

/** One clock of one case. A case holds at most one run per clock: of a clock that repeats, the newest. */
export interface ClockRun {
	readonly clock: string;
	/** Which run of a clock that repeats this is, from 2 on; absent for the first. */
	readonly round?: number;
	readonly startedAt: Millis;
	/** When it breaks; null while paused. */
	readonly dueAt: Millis | null;
	readonly atRiskAt: Millis | null;
	/** Set while paused: ms of budget that are left. */
	readonly pausedLeft: Millis | null;
	readonly endedAt: Millis | null;
	readonly status: 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
	/** Budget consumed when it ended, on the clock's own time (wall or working). */
	readonly spent: Millis | null;
	readonly provisional: boolean;
}
