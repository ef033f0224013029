import type { Applied, CaseState } from '../../domain/case/state.ts';
import { occurredAt } from '../../domain/case/evolve.ts';
import { type EventName, nameOf } from '../../domain/events/catalogue.ts';
import type { RecordedEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Policy } from '../../domain/sla/policy.ts';
import type { Millis } from '../../domain/time.ts';
import { ClosedIds } from './closed-ids.ts';
import { Deadlines, type Firing, firingId, roundOf, stands } from './deadlines.ts';
import { emptyLane, type LaneState, type LiveCase } from './fold/lane-state.ts';
import { foldOperation, hear } from './fold/operations.ts';
import { foldCase, foldReport } from './fold/slots.ts';
import type { Targets } from './targets.ts';

/** How a case takes an event: the domain's `applyToCase`. */
export type ApplyToCase = (
	state: CaseState | undefined,
	recorded: RecordedEvent,
	policy: Policy,
	at?: Millis
) => Applied;

/** What one event turned out to be. */
export interface Folded {
	name: EventName;
	at: Millis;
	before: CaseState | undefined;
	applied: Applied | undefined;
}

/** Closed cases that stay in memory whole; older ones leave a fingerprint. */
const RECENT = 10_000;

/** What is left of a case that closed long ago: enough to know that it is closed. */
function tombstone(caseId: string, at: Millis): CaseState {
	const none = { channel: null, branchId: null, tier: null, segment: null, product: null, way: null, slaClass: null };
	return {
		...none,
		caseId,
		status: 'closed',
		stage: 'closed',
		stageSince: at,
		openedAt: at,
		lastAt: at,
		closedAt: at,
		outcome: null,
		activity: 'case.closed',
		customerRef: null,
		card: null,
		deviceId: null,
		owner: null,
		priority: false,
		events: 1,
		violations: 0,
		releaseAskedBy: null,
		clocks: []
	};
}

/** One lane in memory: applies its events one after the other and knows when its deadlines pass. */
export class LaneFold {
	readonly state: LaneState;
	readonly closed: ClosedIds;
	readonly #deadlines = new Deadlines();
	readonly #apply: ApplyToCase;
	readonly #targets: Targets;
	/** Deadlines are only collected once a replay is over. */
	#watching = false;

	constructor(lane: Lane, apply: ApplyToCase, targets: Targets, saved?: { state: LaneState; closed: Float64Array }) {
		this.state = saved?.state ?? emptyLane(lane);
		this.closed = new ClosedIds(saved?.closed);
		this.#apply = apply;
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
		if (typeof data.caseId !== 'string') return { name, at, before: undefined, applied: undefined };
		return this.#applyCase(data.caseId, recorded, name, at);
	}

	#applyCase(caseId: string, recorded: RecordedEvent, name: EventName, at: Millis): Folded {
		const lane = this.state;
		const live = lane.open.get(caseId) ?? lane.recent.get(caseId);
		const before = live?.state ?? (this.closed.has(caseId) ? tombstone(caseId, at) : undefined);
		const applied = this.#apply(before, recorded, this.#targets.policy, at);
		const { state } = applied;
		const entry: LiveCase = live ?? { state, offsets: [], fired: [] };
		entry.state = state;
		entry.offsets.push(recorded.offset);
		if (!before) lane.opened += 1;
		if (applied.violation) lane.violations += 1;
		const { fromStage, dwell } = applied;
		const left = state.stageSince;
		const overtime =
			fromStage !== null && dwell !== null ? this.#targets.rows.overtime(fromStage, state, left - dwell, left) : null;
		foldCase(lane, at, applied, overtime);
		if (state.status === 'closed') this.#close(entry, live === undefined && before !== undefined);
		else {
			if (!live) lane.open.set(caseId, entry);
			if (this.#watching) for (const run of applied.changed) this.#deadlines.watch(caseId, run);
		}
		return { name, at, before, applied };
	}

	#close(entry: LiveCase, buried: boolean): void {
		const { open, recent } = this.state;
		const { caseId } = entry.state;
		if (buried) return;
		open.delete(caseId);
		if (recent.has(caseId)) return;
		this.closed.add(caseId);
		recent.set(caseId, entry);
		if (recent.size <= RECENT) return;
		const [oldest] = recent.keys();
		if (oldest !== undefined) recent.delete(oldest);
	}

	/** Starts to watch deadlines, with those of every open case. */
	watch(): void {
		this.#watching = true;
		this.#deadlines.clear();
		for (const [caseId, { state }] of this.state.open) {
			for (const run of state.clocks) this.#deadlines.watch(caseId, run);
		}
	}

	/** Stops collecting deadlines, for a replay that is better followed by one `watch`. */
	unwatch(): void {
		this.#watching = false;
		this.#deadlines.clear();
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
			const mark = `${roundOf(run)}/${kind}`;
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
		// Runs that ended leave their deadlines behind: start afresh before those outnumber the living.
		if (this.#deadlines.size > 4_096 + 32 * this.state.open.size) this.watch();
		return fired;
	}
}
