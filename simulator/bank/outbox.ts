import { HOUR, type Millis } from '../../src/lib/domain/time.ts';

/** Holds back what is told ahead of its time, and hands it out in the order of time; at one moment, in which it was told. */
export class Outbox<T extends { readonly at: Millis }> {
	readonly #hours = new Map<number, T[]>();

	add(told: T): void {
		const hour = Math.floor(told.at / HOUR);
		const others = this.#hours.get(hour);
		if (others === undefined) this.#hours.set(hour, [told]);
		else others.push(told);
	}

	/** Everything before `until`, once. */
	take(until: Millis): T[] {
		const hours = [...this.#hours.keys()].filter((hour) => hour * HOUR < until).sort((a, b) => a - b);
		return hours.flatMap((hour) => this.#taken(hour, until));
	}

	#taken(hour: number, until: Millis): T[] {
		const told = (this.#hours.get(hour) ?? []).sort((a, b) => a.at - b.at);
		this.#hours.delete(hour);
		if ((hour + 1) * HOUR <= until) return told;
		const cut = told.findIndex(({ at }) => at >= until);
		if (cut < 0) return told;
		this.#hours.set(hour, told.slice(cut));
		return told.slice(0, cut);
	}
}
