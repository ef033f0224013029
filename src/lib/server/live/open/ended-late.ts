import type { CaseState } from '../../../domain/case/state.ts';
import type { ClockRun } from '../../../domain/sla/clock-run.ts';
import { HOUR, type Millis } from '../../../domain/time.ts';
import type { LaneState } from '../fold/lane-state.ts';

/** Dead entries that may lie about before they are swept out. */
const SWEEP = 1_024;

const endedLate = (run: ClockRun): boolean => run.status === 'breached' && run.endedAt !== null && run.dueAt !== null;

/** Whether a run that ended was over its due at a moment. */
const wasOver = (run: ClockRun, then: Millis): boolean =>
	endedLate(run) && (run.dueAt ?? 0) < then && (run.endedAt ?? 0) > then;

/** Whether a case was over a due at a moment, by a run that has ended since, and by none that still goes on. */
export function overOnlyThen(state: CaseState, then: Millis): boolean {
	let was = false;
	for (const run of state.clocks) {
		if (run.status === 'running' && run.dueAt !== null && run.dueAt < then) return false;
		if (wasOver(run, then)) was = true;
	}
	return was;
}

/** What a closed case left: from its due to its end it was over. */
interface Span {
	from: Millis;
	to: Millis;
}

/** The times in which a closed case was over at least one of its dues; no two of them meet. */
function spansOf(state: CaseState, after: Millis): Span[] {
	const spans: Span[] = [];
	for (const run of state.clocks) {
		if (!endedLate(run) || (run.endedAt ?? 0) <= after) continue;
		spans.push({ from: run.dueAt ?? 0, to: run.endedAt ?? 0 });
	}
	if (spans.length < 2) return spans;
	spans.sort((a, b) => a.from - b.from);
	const joined: Span[] = [];
	for (const span of spans) {
		const last = joined.at(-1);
		if (last && span.from < last.to) last.to = Math.max(last.to, span.to);
		else joined.push(span);
	}
	return joined;
}

/** The cases whose overdue runs ended within the last hour: they were breached an hour ago, and are not any more. */
export class EndedLate {
	#at: Millis;
	/** Open cases with a run that ended late within the hour. */
	readonly #open = new Map<string, CaseState>();
	#closed: Span[] = [];
	/** Before this moment not every case that closed is known. */
	readonly #knownFrom: Millis;

	/** `forgotten` says that cases of the lane have closed which its recent ones do not hold any more. */
	constructor(lane: Pick<LaneState, 'open' | 'recent' | 'newest'>, forgotten: boolean, at: Millis) {
		this.#at = at;
		for (const { state } of lane.open.values()) this.put(state);
		for (const { state } of lane.recent.values()) this.close(state);
		const [first] = lane.recent.values();
		this.#knownFrom = forgotten ? (first?.state.closedAt ?? lane.newest ?? at) : -Infinity;
	}

	/** An open case after an event. */
	put(state: CaseState): void {
		const then = this.#at - HOUR;
		if (state.clocks.some((run) => endedLate(run) && (run.endedAt ?? 0) > then)) this.#open.set(state.caseId, state);
	}

	/** A case that just closed. */
	close(state: CaseState): void {
		this.#open.delete(state.caseId);
		for (const span of spansOf(state, this.#at - HOUR)) this.#closed.push(span);
	}

	/** Moves on to `now`, which must not lie before where it stands, and answers the count; null where it is not known. */
	count(now: Millis): number | null {
		this.#at = now;
		const then = now - HOUR;
		let count = 0;
		let dead = 0;
		for (const { from, to } of this.#closed) {
			if (to <= then) dead += 1;
			else if (from < then) count += 1;
		}
		if (dead > SWEEP && dead * 2 > this.#closed.length) this.#closed = this.#closed.filter(({ to }) => to > then);
		for (const [caseId, state] of this.#open) {
			if (overOnlyThen(state, then)) count += 1;
			else if (!state.clocks.some((run) => endedLate(run) && (run.endedAt ?? 0) > then)) this.#open.delete(caseId);
		}
		return then < this.#knownFrom ? null : count;
	}
}
