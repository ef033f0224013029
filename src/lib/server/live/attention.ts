import type { CaseState } from '../../domain/case/state.ts';
import type { ClockRun } from '../../domain/sla/clock-run.ts';
import type { Millis } from '../../domain/time.ts';

export type Pressure = 'breached' | 'at_risk' | 'running' | 'paused' | 'none';

/** How a run stands at a moment: its deadlines speak, whether or not an event came since. */
export function pressureOf(run: ClockRun, now: Millis): Pressure {
	if (run.status === 'paused') return 'paused';
	if (run.status !== 'running') return 'none';
	if (run.dueAt !== null && run.dueAt <= now) return 'breached';
	return run.atRiskAt !== null && run.atRiskAt <= now ? 'at_risk' : 'running';
}

const ORDER: Record<Pressure, number> = { breached: 0, at_risk: 1, running: 2, paused: 3, none: 4 };

export const moreUrgent = (a: Pressure, b: Pressure): boolean => ORDER[a] < ORDER[b];

/** The most pressing run of a case: breached before at risk before running, the earliest due first. */
export interface Pressing {
	pressure: Pressure;
	run: ClockRun | null;
}

export function pressing(state: CaseState, now: Millis): Pressing {
	let pressure: Pressure = 'none';
	let found: ClockRun | null = null;
	for (const run of state.clocks) {
		const own = pressureOf(run, now);
		if (own === 'none') continue;
		const earlier = own === pressure && (run.dueAt ?? Infinity) < (found?.dueAt ?? Infinity);
		if (!moreUrgent(own, pressure) && !earlier) continue;
		pressure = own;
		found = run;
	}
	return { pressure, run: found };
}
