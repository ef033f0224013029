/** Counts by name; the largest of them is known at any time without a look at all. */
export class Tally {
	readonly #counts = new Map<string, number>();
	/** How many names have a count: `#names[3]` were counted three times. */
	readonly #names: number[] = [];
	#most = 0;

	/** The largest count; 0 where nothing was counted. */
	get most(): number {
		return this.#most;
	}

	get size(): number {
		return this.#counts.size;
	}

	/** The name with the largest count, of several the first in the alphabet. */
	top(): string | null {
		let found: string | null = null;
		for (const [name, count] of this.#counts) {
			if (count === this.#most && (found === null || name < found)) found = name;
		}
		return found;
	}

	add(name: string): void {
		const count = (this.#counts.get(name) ?? 0) + 1;
		this.#counts.set(name, count);
		this.#move(count - 1, count);
		if (count > this.#most) this.#most = count;
	}

	remove(name: string): void {
		const count = this.#counts.get(name);
		if (count === undefined) return;
		if (count === 1) this.#counts.delete(name);
		else this.#counts.set(name, count - 1);
		this.#move(count, count - 1);
		// One name less at the top leaves it one lower, where nobody else stands there.
		if (count === this.#most && (this.#names[count] ?? 0) === 0) this.#most = count - 1;
	}

	#move(from: number, to: number): void {
		if (from > 0) this.#names[from] = (this.#names[from] ?? 0) - 1;
		if (to > 0) this.#names[to] = (this.#names[to] ?? 0) + 1;
	}
}
