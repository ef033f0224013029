import type { Millis } from '../time.ts';

/** One clock of one case. There is at most one run per clock and case. */
export interface ClockRun {
	readonly clock: string;
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
