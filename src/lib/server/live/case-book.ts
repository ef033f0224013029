import type { Applied, CaseState } from '../../domain/case/state.ts';
import type { RecordedEvent } from '../../domain/events/event.ts';
import { NO_EARLY } from '../../domain/sla/early.ts';
import type { Policy } from '../../domain/sla/policy.ts';
import type { Millis } from '../../domain/time.ts';
import type { ClosedIds } from './closed-ids.ts';
import type { LiveCase } from './fold/lane-state.ts';

/** How a case takes an event: the domain's `applyToCase`. */
export type ApplyToCase = (
	state: CaseState | undefined,
	recorded: RecordedEvent,
	policy: Policy,
	at?: Millis
) => Applied;

/**
 * Offsets of the log for which a case stays in memory whole after its close; then a fingerprint is left of it. Counted
 * in offsets, not in cases, so that it is the same for every case whichever others are kept beside it.
 */
export const KEPT_AFTER_CLOSE = 120_000;

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
		pausedAt: null,
		clocks: [],
		early: NO_EARLY
	};
}

/** One event worked into its case. */
export interface Entered {
	/** Undefined where the case is new, a tombstone where it is long closed. */
	before: CaseState | undefined;
	applied: Applied;
	entry: LiveCase;
}

interface Shelves {
	open: Map<string, LiveCase>;
	/** Closed lately, in the order in which they closed. */
	recent: Map<string, LiveCase>;
}

/** The cases of one lane: those that are open or closed lately whole, of the others that they closed. */
export class CaseBook {
	readonly #shelves: Shelves;
	readonly #closed: ClosedIds;
	readonly #apply: ApplyToCase;
	readonly #policy: Policy;
	/** Recent cases in the order of their close; those before `#head` are gone. */
	#queue: LiveCase[];
	#head = 0;

	constructor(shelves: Shelves, closed: ClosedIds, apply: ApplyToCase, policy: Policy) {
		this.#shelves = shelves;
		this.#closed = closed;
		this.#apply = apply;
		this.#policy = policy;
		this.#queue = [...shelves.recent.values()];
	}

	enter(caseId: string, recorded: RecordedEvent, at: Millis): Entered {
		const { open, recent } = this.#shelves;
		const { offset } = recorded;
		this.#bury(offset);
		const live = open.get(caseId) ?? recent.get(caseId);
		const before = live?.state ?? (this.#closed.has(caseId) ? tombstone(caseId, at) : undefined);
		const applied = this.#apply(before, recorded, this.#policy, at);
		const { state } = applied;
		const entry = live ?? { state, offsets: [], fired: [], closedOffset: null };
		entry.state = state;
		entry.offsets.push(offset);
		if (state.status !== 'closed') {
			if (!live) open.set(caseId, entry);
		} else if (live ? entry.closedOffset === null : before === undefined) {
			entry.closedOffset = offset;
			open.delete(caseId);
			recent.set(caseId, entry);
			this.#closed.add(caseId, entry.offsets[0], offset);
			this.#queue.push(entry);
		} else this.#closed.add(caseId, offset, offset);
		return { before, applied, entry };
	}

	/** Lets go of the cases whose time after the close is over. */
	#bury(offset: number): void {
		const until = offset - KEPT_AFTER_CLOSE;
		for (let oldest = this.#queue[this.#head]; oldest; oldest = this.#queue[this.#head]) {
			if ((oldest.closedOffset ?? 0) > until) break;
			this.#shelves.recent.delete(oldest.state.caseId);
			this.#head += 1;
		}
		// A list that is cut in large pieces costs nothing; a map that is asked for its oldest entry walks over the gone ones.
		if (this.#head < 1_024 || this.#head * 2 < this.#queue.length) return;
		this.#queue = this.#queue.slice(this.#head);
		this.#head = 0;
	}
}
