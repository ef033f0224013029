/**
 * First come, first served. Who has left is passed over, and dropped when most have: cheaper than shifting each time.
 * What stands in it is an object that knows where it stands, or a callback, which leaves only when it is the first.
 */
export class Line<E extends { line: unknown } | (() => void)> {
	/** How many stand in it. */
	size = 0;
	#entries: E[] = [];
	#head = 0;

	get all(): E[] {
		return this.#entries.slice(this.#head).filter((entry) => this.#holds(entry));
	}

	/** Puts one last, or before all whom it precedes in a line that was made by that rule. */
	add(entry: E, precedes?: (one: E, other: E) => boolean): void {
		if (typeof entry === 'object') entry.line = this;
		this.size++;
		if (precedes === undefined) return void this.#entries.push(entry);
		let low = this.#head;
		for (let high = this.#entries.length; low < high;) {
			const middle = (low + high) >> 1;
			if (precedes(entry, this.#entries[middle] as E)) high = middle;
			else low = middle + 1;
		}
		this.#entries.splice(low, 0, entry);
	}

	/** The first, or the first who suits. */
	first(suits?: (entry: E) => boolean): E | undefined {
		const entries = this.#entries;
		for (let place = this.#head; place < entries.length; place++) {
			const entry = entries[place] as E;
			if (this.#holds(entry) && (suits === undefined || suits(entry))) return entry;
		}
		return undefined;
	}

	remove(entry: E): void {
		this.size--;
		if (typeof entry === 'object') entry.line = null;
		else this.#head++;
		while (this.#head < this.#entries.length && !this.#holds(this.#entries[this.#head] as E)) this.#head++;
		if (this.#entries.length < 64 + 2 * this.size) return;
		this.#entries = this.all;
		this.#head = 0;
	}

	#holds(entry: E): boolean {
		return typeof entry === 'function' || entry.line === this;
	}
}
