import type { Millis } from '../../../domain/time.ts';
import { pressing, type Pressing, pressureOf } from '../attention.ts';
import type { LiveCase } from '../fold/lane-state.ts';
import type { LaneFold } from '../lane-fold.ts';

export interface Counts {
	open: number;
	atRisk: number;
	breached: number;
}

/** All open cases at one moment, in one pass. */
export interface OpenSummary extends Counts {
	stages: Map<string, Counts>;
	/** Runs that are going on, per clock. */
	clocks: Map<string, { running: number; atRisk: number; breached: number }>;
	/** Cases that were breached one hour before and still are. */
	breachedForAnHour: number;
	pressed: { entry: LiveCase; pressing: Pressing }[];
}

const HOUR = 3_600_000;

function counts(map: Map<string, Counts>, key: string): Counts {
	let found = map.get(key);
	if (!found) map.set(key, (found = { open: 0, atRisk: 0, breached: 0 }));
	return found;
}

function countClocks(summary: OpenSummary, entry: LiveCase, now: Millis): void {
	for (const run of entry.state.clocks) {
		const pressure = pressureOf(run, now);
		if (pressure === 'none') continue;
		let found = summary.clocks.get(run.clock);
		if (!found) summary.clocks.set(run.clock, (found = { running: 0, atRisk: 0, breached: 0 }));
		found.running += 1;
		if (pressure === 'at_risk') found.atRisk += 1;
		if (pressure === 'breached') found.breached += 1;
	}
}

/** Counts the open cases of a lane, of one branch or of all. A case counts as breached (at risk) once, by its most pressing run. */
export function summarise(fold: LaneFold, now: Millis, branch?: string): OpenSummary {
	const summary: OpenSummary = {
		open: 0,
		atRisk: 0,
		breached: 0,
		stages: new Map(),
		clocks: new Map(),
		breachedForAnHour: 0,
		pressed: []
	};
	for (const entry of fold.state.open.values()) {
		if (branch !== undefined && entry.state.branchId !== branch) continue;
		const found = pressing(entry.state, now);
		const stage = counts(summary.stages, entry.state.stage);
		summary.open += 1;
		stage.open += 1;
		countClocks(summary, entry, now);
		if (found.pressure === 'at_risk') {
			summary.atRisk += 1;
			stage.atRisk += 1;
		} else if (found.pressure === 'breached') {
			summary.breached += 1;
			stage.breached += 1;
			if ((found.run?.dueAt ?? now) < now - HOUR) summary.breachedForAnHour += 1;
		} else continue;
		summary.pressed.push({ entry, pressing: found });
	}
	return summary;
}
