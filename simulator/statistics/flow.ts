export interface Little {
	/** L, the mean number inside. */
	readonly number: number;
	/** λ, arrivals per unit of time. */
	readonly rate: number;
	/** W, the mean stay as those who left told it, and up to now of those inside. */
	readonly stay: number;
	/** |L - λW|: above rounding, a count or a stay is wrong. */
	readonly gap: number;
}

/**
 * Counts what goes into and out of a part of a system, beside the stays that the leaving tell, so that Little's law can
 * be held against both: the integral of the number inside is the sum of stays on any path (Little 1961, 2011).
 */
export class Flow {
	readonly #start: number;
	#last: number;
	#inside = 0;
	#entered = 0;
	#integral = 0;
	#stayed = 0;

	constructor(start = 0) {
		this.#start = this.#last = start;
	}

	get inside(): number {
		return this.#inside;
	}

	enter(time: number): void {
		this.#pass(time);
		this.#inside++;
		this.#entered++;
	}

	/** One leaves and tells how long it stayed. */
	leave(time: number, stay: number): void {
		this.#pass(time);
		if (this.#inside === 0) throw new RangeError(`one leaves at ${time}, where nobody is`);
		this.#inside--;
		this.#stayed += stay;
	}

	/**
	 * The law at `time`, for which the entry times of those still inside are needed.
	 * @throws {RangeError} when there are more or fewer inside.
	 */
	little(time: number, since: readonly number[] = []): Little {
		this.#pass(time);
		if (since.length !== this.#inside)
			throw new RangeError(`${this.#inside} are inside, the entry times of ${since.length} were given`);
		const length = time - this.#start;
		const stays = since.reduce((sum, entered) => sum + time - entered, this.#stayed);
		return {
			number: this.#integral / length,
			rate: this.#entered / length,
			stay: stays / this.#entered,
			gap: Math.abs(this.#integral - stays) / length
		};
	}

	#pass(time: number): void {
		if (time < this.#last) throw new RangeError(`time ${time} lies before ${this.#last}, the last change`);
		this.#integral += this.#inside * (time - this.#last);
		this.#last = time;
	}
}
