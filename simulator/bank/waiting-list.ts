/** One who waits. */
export interface Place<C> {
	readonly rank: number;
	/** Since when. */
	readonly since: number;
	/** Null for one of the crowd, whose `service` is known. */
	readonly client: C | null;
	readonly service: number;
	waits: boolean;
	before: Place<C> | null;
	after: Place<C> | null;
}

/** Those who wait, by rank and within one rank in the order in which they came; anyone may leave from the middle. */
export class WaitingList<C> {
	#first: Place<C> | null = null;
	#last: Place<C> | null = null;
	#length = 0;

	get first(): Place<C> | null {
		return this.#first;
	}

	get length(): number {
		return this.#length;
	}

	add(rank: number, since: number, client: C | null, service: number): Place<C> {
		let before = this.#last;
		while (before !== null && before.rank > rank) before = before.before;
		const after = before === null ? this.#first : before.after;
		const place: Place<C> = { rank, since, client, service, waits: true, before, after };
		if (before === null) this.#first = place;
		else before.after = place;
		if (after === null) this.#last = place;
		else after.before = place;
		this.#length++;
		return place;
	}

	remove(place: Place<C>): void {
		const { before, after } = place;
		if (before === null) this.#first = after;
		else before.after = after;
		if (after === null) this.#last = before;
		else after.before = before;
		place.waits = false;
		this.#length--;
	}
}
