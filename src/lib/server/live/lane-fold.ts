import type { Applied, CaseState } from '../../domain/case/state.ts';
import { occurredAt } from '../../domain/case/evolve.ts';
import { type EventName, nameOf } from '../../domain/events/catalogue.ts';
import type { RecordedEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';
import { type ApplyToCase, CaseBook } from './case-book.ts';
import { ClosedIds, type ClosedTable } from './closed-ids.ts';
import { type Deadline, Deadlines, deadlinesOf, type Firing, firingId, markOf, roundOf, stands } from './deadlines.ts';
import { emptyLane, type LaneState } from './fold/lane-state.ts';
import { foldOperation, hear } from './fold/operations.ts';
import { foldCase, foldReport } from './fold/slots.ts';
import { LaneIndex } from './open/lane-index.ts';
import type { Targets } from './targets.ts';

/** What one event turned out to be. */
export interface Folded {
	name: EventName;
	at: Millis;
	before: CaseState | undefined;
	applied: Applied | undefined;
	/** Where the events of its case lie in the log, this one the last. */
	offsets?: readonly number[];
}

/** One lane in memory: applies its events one after the other and knows when its deadlines pass. */
export class LaneFold {
	readonly state: LaneState;
	readonly closed: ClosedIds;
	readonly #deadlines = new Deadlines();
	readonly #book: CaseBook;
	readonly #targets: Targets;
	/** Deadlines are only collected once a replay is over. */
	#watching = false;
	/** What views ask again and again; none before the first question. */
	#index: LaneIndex | undefined;

	constructor(lane: Lane, apply: ApplyToCase, targets: Targets, saved?: { state: LaneState; closed: ClosedTable }) {
		this.state = saved?.state ?? emptyLane(lane);
		this.closed = new ClosedIds(saved?.closed);
		this.#book = new CaseBook(this.state, this.closed, apply, targets.policy);
		this.#targets = targets;
	}

	/** Takes the lane's next event; undefined where the catalogue does not know its type. */
	apply(recorded: RecordedEvent): Folded | undefined {
		const { event } = recorded;
		const name = nameOf(event.type);
		if (name === undefined) return undefined;
		const lane = this.state;
		const at = occurredAt(recorded);
		lane.events += 1;
		lane.next = recorded.offset + 1;
		if (lane.newest === null || at > lane.newest) lane.newest = at;
		if (lane.oldest === null || at < lane.oldest) lane.oldest = at;
		const data = event.data as { caseId?: unknown; branchId?: unknown; channel?: unknown };
		if (typeof data.branchId === 'string') hear(lane, data.branchId, at);
		if (name === 'case.reported' && typeof data.channel === 'string') foldReport(lane, at, data.channel);
		foldOperation(lane, name, event, at);
		this.#index?.hear(name, event, at);
		if (typeof data.caseId !== 'string') return { name, at, before: undefined, applied: undefined };
		return this.#applyCase(data.caseId, recorded, name, at);
	}

	#applyCase(caseId: string, recorded: RecordedEvent, name: EventName, at: Millis): Folded {
		const lane = this.state;
		const { before, applied, entry } = this.#book.enter(caseId, recorded, at);
		const { state } = applied;
		if (!before) lane.opened += 1;
		if (applied.violation) lane.violations += 1;
		const { fromStage, dwell } = applied;
		const left = state.stageSince;
		const overtime =
			fromStage !== null && dwell !== null ? this.#targets.rows.overtime(fromStage, state, left - dwell, left) : null;
		foldCase(lane, at, applied, overtime);
		if (state.status !== 'closed') {
			this.#index?.put(state);
			if (this.#watching) for (const run of applied.changed) this.#deadlines.watch(caseId, run);
		} else if (before?.status !== 'closed') this.#index?.close(state);
		return { name, at, before, applied, offsets: entry.offsets };
	}

	/** Starts to watch deadlines, with those of every open case that have not fired. */
	watch(): void {
		this.#watching = true;
		const found: Deadline[] = [];
		for (const [caseId, { state, fired }] of this.state.open) {
			for (const run of state.clocks) {
				for (const deadline of deadlinesOf(caseId, run)) {
					if (fired.length === 0 || !fired.includes(markOf(run, deadline.kind))) found.push(deadline);
				}
			}
		}
		this.#deadlines.fill(found);
	}

	/** Stops collecting deadlines, for a replay that is better followed by one `watch`. */
	unwatch(): void {
		this.#watching = false;
		this.#deadlines.clear();
		this.#index = undefined;
	}

	/** The lane at `now`, counted and in order: made at the first question or where time went back, else carried on. */
	at(now: Millis): LaneIndex {
		if (this.#index && now >= this.#index.at) this.#index.moveTo(now);
		else this.#index = new LaneIndex(this.state, this.closed.size > this.state.recent.size, now);
		return this.#index;
	}

	/** Lane time of the next deadline, standing or not. */
	nextDeadline(): Millis | null {
		return this.#deadlines.next();
	}

	/** Moves the lane's present to `now`: every deadline that passed and stands fires, once per case, run and kind. */
	advance(now: Millis): Firing[] {
		const fired: Firing[] = [];
		for (let due = this.#deadlines.pop(now); due; due = this.#deadlines.pop(now)) {
			const entry = this.state.open.get(due.caseId);
			if (!entry) continue;
			const { clock, kind } = due;
			const run = entry.state.clocks.find((candidate) => candidate.clock === clock);
			if (run === undefined || !stands(due, run)) continue;
			const mark = markOf(run, kind);
			if (entry.fired.includes(mark)) continue;
			entry.fired.push(mark);
			fired.push({
				...due,
				id: firingId(this.state.lane, due.caseId, roundOf(run), kind),
				lane: this.state.lane,
				firedAt: now
			});
		}
		if (now > this.state.firedTo) this.state.firedTo = now;
		// A little at a time, so that no question has to make good what a long night changed.
		if (this.#index && now > this.#index.at) this.#index.moveTo(now);
		// Runs that ended leave their deadlines behind: start afresh before those outnumber the living.
		if (this.#deadlines.size > 4_096 + 32 * this.state.open.size) this.watch();
		return fired;
	}
}
