import type { CaseState } from '../../../domain/case/state.ts';
import type { Millis } from '../../../domain/time.ts';
import type { LiveCase } from '../fold/lane-state.ts';
import { type Card, cardOf, lookAgain } from './card.ts';
import { byDue, OpenCounts } from './counts.ts';
import { Sorted } from './sorted.ts';

/**
 * The open cases of a lane at one moment: counted, and in the order of their dues. An event moves one case, the passing
 * of time those whose deadline passed; nothing is counted anew.
 */
export class OpenCases {
	readonly counts = new OpenCounts();
	readonly order = byDue();
	readonly #cards = new Map<string, Card>();
	/** The cards that time will change, by when. */
	readonly #waiting = new Sorted<Card>(
		(card) => card.next,
		(card) => card.state.caseId
	);
	#at: Millis;

	constructor(open: ReadonlyMap<string, LiveCase>, at: Millis) {
		this.#at = at;
		for (const [caseId, { state }] of open) this.#cards.set(caseId, cardOf(state, at));
		const cards = [...this.#cards.values()];
		this.#waiting.fill(cards.filter((card) => card.next < Infinity));
		this.order.fill(cards);
		this.order.each((card) => this.counts.add(card));
	}

	/** A case as it is after an event; a new one is taken in. */
	put(state: CaseState): void {
		const card = this.#cards.get(state.caseId);
		if (card) {
			this.#takeOut(card);
			lookAgain(card, state, this.#at);
			this.#putIn(card);
			return;
		}
		const made = cardOf(state, this.#at);
		this.#cards.set(state.caseId, made);
		this.#putIn(made);
	}

	/** A case that is open no more. */
	drop(caseId: string): void {
		const card = this.#cards.get(caseId);
		if (!card) return;
		this.#cards.delete(caseId);
		this.#takeOut(card);
	}

	/** Moves on to `now`, which must not lie before where it stands. */
	moveTo(now: Millis): void {
		this.#at = now;
		for (const card of this.#waiting.takeTo(now)) {
			this.counts.remove(card);
			this.order.remove(card);
			lookAgain(card, card.state, now);
			this.#putIn(card);
		}
	}

	#putIn(card: Card): void {
		this.counts.add(card);
		this.order.add(card);
		if (card.next < Infinity) this.#waiting.add(card);
	}

	#takeOut(card: Card): void {
		this.counts.remove(card);
		this.order.remove(card);
		if (card.next < Infinity) this.#waiting.remove(card);
	}
}
