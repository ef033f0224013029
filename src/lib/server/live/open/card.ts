import type { CaseState } from '../../../domain/case/state.ts';
import type { ClockRun } from '../../../domain/sla/clock-run.ts';
import type { Millis } from '../../../domain/time.ts';
import { type Pressing, pressing, type Pressure } from '../attention.ts';

/** An open case as it stood at a moment: what it counts as until an event or one of its deadlines changes it. */
export interface Card extends Pressing {
	state: CaseState;
	/** The moment it was looked at. */
	at: Millis;
	pressure: Pressure;
	/** The most pressing run and when it is due; infinite where there is none or it stands still. */
	run: ClockRun | null;
	due: Millis;
	/** The deadline after which it has to be looked at again; infinite where none is to come. */
	next: Millis;
}

/** The first moment from which a run may press otherwise than at `at`: at its due itself it is still in time. */
function nextOf(clocks: readonly ClockRun[], at: Millis): Millis {
	let next = Infinity;
	for (const { status, atRiskAt, dueAt } of clocks) {
		if (status !== 'running') continue;
		if (atRiskAt !== null && atRiskAt > at) next = Math.min(next, atRiskAt);
		if (dueAt !== null && dueAt >= at) next = Math.min(next, dueAt);
	}
	return next;
}

export function cardOf(state: CaseState, at: Millis): Card {
	const { pressure, run } = pressing(state, at);
	return { state, at, pressure, run, due: run?.dueAt ?? Infinity, next: nextOf(state.clocks, at) };
}

/** Looks at a card again. It must not lie in any order meanwhile. */
export function lookAgain(card: Card, state: CaseState, at: Millis): void {
	const { pressure, run } = pressing(state, at);
	card.state = state;
	card.at = at;
	card.pressure = pressure;
	card.run = run;
	card.due = run?.dueAt ?? Infinity;
	card.next = nextOf(state.clocks, at);
}
