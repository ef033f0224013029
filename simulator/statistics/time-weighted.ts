/** A level that stays until it changes: its mean over time weighs each value by how long it lasted. */
export class TimeWeighted {
	#start: number;
	#last: number;
	#value: number;
	#integral = 0;
	#squares = 0;
	#low: number;
	#high: number;

	constructor(start = 0, value = 0) {
		this.#start = this.#last = start;
		this.#value = this.#low = this.#high = value;
	}

	get value(): number {
		return this.#value;
	}

	get low(): number {
		return this.#low;
	}

	get high(): number {
		return this.#high;
	}

	/**
	 * From `time` on the level is `value`.
	 * @throws {RangeError} when time runs backwards.
	 */
	change(time: number, value: number): void {
		const lasted = this.#since(time);
		this.#integral += this.#value * lasted;
		this.#squares += this.#value * this.#value * lasted;
		this.#last = time;
		this.#value = value;
		if (value < this.#low) this.#low = value;
		if (value > this.#high) this.#high = value;
	}

	add(time: number, difference: number): void {
		this.change(time, this.#value + difference);
	}

	/** Level × time from the start until `time`. */
	integral(time: number): number {
		return this.#integral + this.#value * this.#since(time);
	}

	/** NaN while no time has passed. */
	mean(time: number): number {
		return time > this.#start ? this.integral(time) / (time - this.#start) : NaN;
	}

	variance(time: number): number {
		const mean = this.mean(time);
		const squares = this.#squares + this.#value * this.#value * this.#since(time);
		return squares / (time - this.#start) - mean * mean;
	}

	/** Forgets what was before `time`, as at the end of a warm-up; the level stays. */
	reset(time: number): void {
		this.#since(time);
		this.#start = this.#last = time;
		this.#integral = this.#squares = 0;
		this.#low = this.#high = this.#value;
	}

	#since(time: number): number {
		if (time < this.#last) throw new RangeError(`time ${time} lies before ${this.#last}, the last change`);
		return time - this.#last;
	}
}
