import type { CaseState } from '../../domain/case/state.ts';
import { attention } from '../../domain/sla/advance.ts';
import type { ClockRun } from '../../domain/sla/clock-run.ts';
import type { Millis } from '../../domain/time.ts';

/** How a case stands: as its most pressing run does; `none` where no clock runs. */
export type Pressure = 'breached' | 'at_risk' | 'running' | 'paused' | 'none';

const ORDER: Record<Pressure, number> = { breached: 0, at_risk: 1, running: 2, paused: 3, none: 4 };

/** How one run presses at a moment: its deadlines speak, whether or not an event came since. */
export function pressureOf(run: ClockRun, now: Millis): Pressure {
	if (run.endedAt !== null) return 'none';
	const found = attention(run, now);
	return found === 'met' || found === 'cancelled' ? 'none' : found;
}

export interface Pressing {
	pressure: Pressure;
	run: ClockRun | null;
}

/** The most pressing run of a case: breached before at risk before running, the earliest due first. */
export function pressing(state: CaseState, now: Millis): Pressing {
	let pressure: Pressure = 'none';
	let found: ClockRun | null = null;
	for (const run of state.clocks) {
		const own = pressureOf(run, now);
		if (own === 'none') continue;
		const earlier = own === pressure && (run.dueAt ?? Infinity) < (found?.dueAt ?? Infinity);
		if (ORDER[own] >= ORDER[pressure] && !earlier) continue;
		pressure = own;
		found = run;
	}
	return { pressure, run: found };
}
