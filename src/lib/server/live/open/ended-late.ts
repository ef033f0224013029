import type { CaseState } from '../../../domain/case/state.ts';
import { HOUR, type Millis } from '../../../domain/time.ts';
import type { LaneState } from '../fold/lane-state.ts';
import { Sorted } from './sorted.ts';

/** A time in which a case was over a due, both ends left out. */
interface Span {
	from: Millis;
	to: Millis;
}

/** A case with runs that ended late. */
interface Late {
	readonly id: string;
	readonly spans: readonly Span[];
	/** Whether one of the spans covers the moment of the last look. */
	over: boolean;
	/** When to look again; infinite where nothing changes any more. */
	next: Millis;
}

/** The times after `after` in which a case was over its due by a run that has ended, until one that goes on is over its own. */
function spansOf({ clocks }: CaseState, after: Millis): Span[] {
	const spans: Span[] = [];
	let until = Infinity;
	for (const { status, dueAt, endedAt } of clocks) {
		if (dueAt === null) continue;
		if (status === 'running') until = Math.min(until, dueAt + 1);
		else if (status === 'breached' && endedAt !== null && endedAt > after) spans.push({ from: dueAt, to: endedAt });
	}
	for (const span of spans) span.to = Math.min(span.to, until);
	return spans.filter(({ from, to }) => to > from && to > after);
}

function look(late: Late, then: Millis): Late {
	late.over = false;
	late.next = Infinity;
	for (const { from, to } of late.spans) {
		if (from < then && to > then) late.over = true;
		if (from >= then) late.next = Math.min(late.next, from);
		else if (to > then) late.next = Math.min(late.next, to);
	}
	return late;
}

/** The cases that were over a due an hour ago by runs that ended since, and by none that still goes on. */
export class EndedLate {
	#at: Millis;
	#over = 0;
	readonly #cases = new Map<string, Late>();
	readonly #order = new Sorted<Late>(
		(late) => late.next,
		(late) => late.id
	);
	/** Before this moment not every case that closed is known. */
	readonly #knownFrom: Millis;

	/** `forgotten` says that cases of the lane have closed which its recent ones do not hold any more. */
	constructor(lane: Pick<LaneState, 'open' | 'recent' | 'newest'>, forgotten: boolean, at: Millis) {
		this.#at = at;
		const then = at - HOUR;
		for (const cases of [lane.open, lane.recent]) {
			for (const { state } of cases.values()) {
				const spans = spansOf(state, then);
				if (spans.length > 0) this.#keep(look({ id: state.caseId, spans, over: false, next: Infinity }, then));
			}
		}
		this.#order.fill([...this.#cases.values()]);
		const [first] = lane.recent.values();
		this.#knownFrom = forgotten ? (first?.state.closedAt ?? lane.newest ?? at) : -Infinity;
	}

	/** A case after an event, open or just closed. */
	put(state: CaseState): void {
		const then = this.#at - HOUR;
		const spans = spansOf(state, then);
		const known = this.#cases.get(state.caseId);
		if (known) {
			this.#order.remove(known);
			this.#let(known);
		}
		if (spans.length === 0) return;
		const late = look({ id: state.caseId, spans, over: false, next: Infinity }, then);
		if (this.#keep(late)) this.#order.add(late);
	}

	/** Moves on to `now`, which must not lie before where it stands, and answers the count; null where it is not known. */
	count(now: Millis): number | null {
		this.#at = now;
		const then = now - HOUR;
		for (const late of this.#order.takeTo(then)) {
			this.#let(late);
			if (this.#keep(look(late, then))) this.#order.add(late);
		}
		return then < this.#knownFrom ? null : this.#over;
	}

	/** Whether it is worth keeping: nothing will ever cover the moment again where no change is to come. */
	#keep(late: Late): boolean {
		if (late.next === Infinity) return false;
		this.#cases.set(late.id, late);
		if (late.over) this.#over += 1;
		return true;
	}

	#let(late: Late): void {
		this.#cases.delete(late.id);
		if (late.over) this.#over -= 1;
	}
}
