/** What takes one observation after the other. */
export interface Sink {
	record(value: number): void;
}

/**
 * Count, mean, variance and range of observations (Welford 1962; merged after Chan, Golub and LeVeque 1979). It offers
 * no interval: waits inside a run depend on each other, so one made as if they did not would be far too narrow.
 */
export class Tally implements Sink {
	#count = 0;
	#mean = 0;
	#squares = 0;
	#low = Infinity;
	#high = -Infinity;

	get count(): number {
		return this.#count;
	}

	/** NaN before the first observation. */
	get mean(): number {
		return this.#count === 0 ? NaN : this.#mean;
	}

	/** Unbiased; NaN before the second observation. */
	get variance(): number {
		return this.#count < 2 ? NaN : this.#squares / (this.#count - 1);
	}

	get deviation(): number {
		return Math.sqrt(this.variance);
	}

	get sum(): number {
		return this.#mean * this.#count;
	}

	get low(): number {
		return this.#low;
	}

	get high(): number {
		return this.#high;
	}

	record(value: number): void {
		this.#count++;
		const gap = value - this.#mean;
		this.#mean += gap / this.#count;
		this.#squares += gap * (value - this.#mean);
		if (value < this.#low) this.#low = value;
		if (value > this.#high) this.#high = value;
	}

	/** Takes over what another tally has seen. */
	merge(other: Tally): void {
		if (other.#count === 0) return;
		const count = this.#count + other.#count;
		const gap = other.#mean - this.#mean;
		this.#squares += other.#squares + (gap * gap * this.#count * other.#count) / count;
		this.#mean += (gap * other.#count) / count;
		this.#count = count;
		this.#low = Math.min(this.#low, other.#low);
		this.#high = Math.max(this.#high, other.#high);
	}

	/** Forgets everything, as at the end of a warm-up. */
	reset(): void {
		this.#count = this.#mean = this.#squares = 0;
		this.#low = Infinity;
		this.#high = -Infinity;
	}
}

export function tallyOf(values: Iterable<number>): Tally {
	const tally = new Tally();
	for (const value of values) tally.record(value);
	return tally;
}
