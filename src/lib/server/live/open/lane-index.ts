import type { CaseState } from '../../../domain/case/state.ts';
import type { EventName } from '../../../domain/events/catalogue.ts';
import type { Happening } from '../../../domain/events/event.ts';
import { HOUR, type Millis } from '../../../domain/time.ts';
import type { LaneState } from '../fold/lane-state.ts';
import { EndedLate } from './ended-late.ts';
import { LowStocks } from './low-stock.ts';
import { OpenCases } from './open-cases.ts';
import { Repeats } from './repeats.ts';
import { Silence } from './silence.ts';

/** What events of places and devices say; each names a part of it. */
interface Told {
	branchId?: unknown;
	product?: unknown;
	from?: unknown;
	to?: unknown;
	deviceId?: unknown;
}

/**
 * What live views ask of a lane again and again, carried along with its events and its time instead of counted at every
 * question. Derived from the lane's state, never saved: it is made anew where time went backwards and after a restart.
 */
export class LaneIndex {
	readonly cases: OpenCases;
	readonly stock: LowStocks;
	readonly repeats: Repeats;
	readonly #late: EndedLate;
	readonly #silence: Silence;
	readonly #lane: LaneState;
	#at: Millis;

	/** `forgotten` says that cases have closed which are not among the recent ones any more. */
	constructor(lane: LaneState, forgotten: boolean, at: Millis) {
		this.#lane = lane;
		this.#at = at;
		this.cases = new OpenCases(lane.open, at);
		this.stock = new LowStocks(lane);
		this.repeats = new Repeats(lane);
		this.#late = new EndedLate(lane, forgotten, at);
		this.#silence = new Silence(lane);
	}

	/** The moment it stands at. */
	get at(): Millis {
		return this.#at;
	}

	/** Moves on to `now`, which must not lie before `at`. */
	moveTo(now: Millis): void {
		if (now === this.#at) return;
		this.#at = now;
		this.cases.moveTo(now);
	}

	/** Cases that were breached an hour before `at`; null where that is not known. */
	breachedHourAgo(): number | null {
		const then = this.#at - HOUR;
		const { oldest } = this.#lane;
		if (oldest === null || oldest > then) return null;
		const ended = this.#late.count(this.#at);
		return ended === null ? null : this.cases.order.rank(then) + ended;
	}

	silent(): ReturnType<Silence['at']> {
		return this.#silence.at(this.#at);
	}

	/** An event that the lane's state has taken, whether or not it belongs to a case. */
	hear(name: EventName, event: Happening, at: Millis): void {
		const data = event.data as Told;
		if (typeof data.branchId === 'string') this.#silence.hear(data.branchId, at, this.#at);
		switch (name) {
			case 'case.reported':
				if (typeof data.deviceId === 'string') this.repeats.look(data.deviceId);
				return;
			case 'stock.counted':
			case 'stock.threshold':
				return this.#stock(data.branchId, data.product);
			case 'stock.moved':
				this.#stock(data.from, data.product);
				return this.#stock(data.to, data.product);
			default:
		}
	}

	/** An open case after an event of it. */
	put(state: CaseState): void {
		this.cases.put(state);
		this.#late.put(state);
	}

	/** A case that just closed. */
	close(state: CaseState): void {
		this.cases.drop(state.caseId);
		this.#late.put(state);
	}

	#stock(branchId: unknown, product: unknown): void {
		if (typeof branchId === 'string' && typeof product === 'string') this.stock.look(branchId, product);
	}
}
