import type { Process } from '../kernel/process.ts';
import { type Impairment, levelOf, type Places, type Span, type What } from './impairment.ts';

interface Entry<W extends What = What> {
	readonly span: Span;
	readonly impairment: Impairment<W>;
}

/** A fault that has been put up, and the process that runs from its start. */
export interface Acting {
	readonly fault: { readonly start: number; end: number };
	process?: Process;
}

/**
 * What is impaired now, as a function of the time and the place alone. Who is hit asks at the moment it matters; while
 * nothing of a kind was ever impaired, an answer costs one look.
 */
export class FaultBoard {
	readonly #clock: { readonly now: number };
	/** Faults by their names, as long as they may end before their time. */
	readonly acting = new Map<string, Acting>();
	readonly #entries: Partial<Record<What, Entry[]>> = {};
	/** When the faults that are put up act, whatever they impair. */
	readonly #spans: Span[] = [];

	constructor(clock: { readonly now: number }) {
		this.#clock = clock;
	}

	/** `span` is looked at whenever somebody asks: a fault may end before its time. */
	add(span: Span, impairments: readonly Impairment[]): void {
		this.#spans.push(span);
		for (const impairment of impairments) (this.#entries[impairment.what] ??= []).push({ span, impairment });
	}

	/** Until then no fault acts that is known of; not after now where one does. */
	get steadyUntil(): number {
		const { now } = this.#clock;
		let until = Infinity;
		for (const { start, end } of this.#spans) if (end >= now && start < until) until = start;
		return until;
	}

	/** The share that is lost: faults that do not know of each other hit what the others left. */
	share<W extends What>(what: W, place: Places[W], at = this.#clock.now): number {
		let left = 1;
		for (const entry of this.#at(what, place)) left *= 1 - entry.impairment.strength * levelOf(entry.span, at);
		return 1 - left;
	}

	/** The factor on a duration, from 1: factors of several faults multiply. */
	factor<W extends What>(what: W, place: Places[W]): number {
		let factor = 1;
		for (const entry of this.#at(what, place))
			factor *= 1 + (entry.impairment.strength - 1) * levelOf(entry.span, this.#clock.now);
		return factor;
	}

	/** The greatest of what several faults impose, 0 where there is none. */
	most<W extends What>(what: W, place: Places[W]): number {
		let most = 0;
		for (const entry of this.#at(what, place))
			most = Math.max(most, entry.impairment.strength * levelOf(entry.span, this.#clock.now));
		return most;
	}

	/** When the last of the faults that act now will be over; now where none acts. */
	until<W extends What>(what: W, place: Places[W]): number {
		const { now } = this.#clock;
		let until = now;
		for (const entry of this.#at(what, place))
			if (entry.span.start <= now && entry.span.end > until) until = entry.span.end;
		return until;
	}

	/** The time lost between two moments: the integral of the share. Exact for up to three faults at once (Simpson). */
	lost<W extends What>(what: W, place: Places[W], from: number, to: number): number {
		const entries = this.#at(what, place);
		if (entries.length === 0) return 0;
		const cuts = entries.flatMap(({ span: { start, ramp, end } }) => [start, start + ramp, end]);
		const bends = [from, ...cuts.filter((cut) => cut > from && cut < to), to].sort((a, b) => a - b);
		let lost = 0;
		for (let i = 1; i < bends.length; i++) {
			const a = bends[i - 1] as number;
			const b = bends[i] as number;
			if (b === a) continue;
			// The last moment before `b`, for at `b` itself a fault may just have ended.
			const end = this.share(what, place, b - (b - a) * 1e-9);
			lost += ((b - a) / 6) * (this.share(what, place, a) + 4 * this.share(what, place, (a + b) / 2) + end);
		}
		return lost;
	}

	#at<W extends What>(what: W, place: Places[W]): readonly Entry<W>[] {
		if (this.#spans.length === 0) return NONE;
		const entries = this.#entries[what];
		return entries === undefined ? NONE : (entries as Entry<W>[]).filter((entry) => entry.impairment.covers(place));
	}
}

const NONE: readonly never[] = [];
