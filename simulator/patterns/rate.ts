/**
 * A rate over a stretch of time, per tick: a chain of pieces on each of which it is linear. Its integral and the inverse
 * of that are exact (Çinlar 1975; Klein and Roberts 1984).
 */
export class Rate {
	readonly #times: Float64Array;
	/** Rate at the start and at the end of each piece. */
	readonly #from: Float64Array;
	readonly #to: Float64Array;
	/** Integral up to the start of each piece, and at last the whole. */
	readonly #sums: Float64Array;

	private constructor(times: readonly number[], from: readonly number[], to: readonly number[]) {
		if (times.length < 2) throw new RangeError('a rate needs a start and an end');
		times.forEach((time, i) => {
			if (!Number.isFinite(time) || (i > 0 && !(time > (times[i - 1] as number))))
				throw new RangeError(`time ${i} of a rate is ${time}, expected more than the one before`);
		});
		for (const rate of [...from, ...to])
			if (!(rate >= 0 && rate < Infinity)) throw new RangeError(`the rate ${rate} is not a number of at least 0`);
		this.#times = Float64Array.from(times);
		this.#from = Float64Array.from(from);
		this.#to = Float64Array.from(to);
		this.#sums = new Float64Array(times.length);
		for (let i = 0; i < from.length; i++)
			this.#sums[i + 1] = (this.#sums[i] as number) + (((from[i] as number) + (to[i] as number)) / 2) * this.#length(i);
	}

	/** Straight lines between (time, rate) knots. */
	static linear(knots: readonly (readonly [time: number, rate: number])[]): Rate {
		const rates = knots.map(([, rate]) => rate);
		return new Rate(
			knots.map(([time]) => time),
			rates.slice(0, -1),
			rates.slice(1)
		);
	}

	/** Constant on pieces of equal length, the first of which starts at 0. */
	static steps(rates: readonly number[], length: number): Rate {
		return new Rate(
			Array.from({ length: rates.length + 1 }, (_, i) => i * length),
			rates,
			rates
		);
	}

	get start(): number {
		return this.#times[0] as number;
	}

	get end(): number {
		return this.#times[this.#times.length - 1] as number;
	}

	/** Integral from start to end. */
	get total(): number {
		return this.#sums[this.#sums.length - 1] as number;
	}

	get highest(): number {
		return this.#from.reduce((high, rate, i) => Math.max(high, rate, this.#to[i] as number), 0);
	}

	/** The rate at a time; 0 outside. */
	at(time: number): number {
		if (time < this.start || time >= this.end) return 0;
		const i = this.#piece(this.#times, time);
		const share = (time - (this.#times[i] as number)) / this.#length(i);
		return (this.#from[i] as number) + share * ((this.#to[i] as number) - (this.#from[i] as number));
	}

	/** Integral from the start to a time. */
	cumulative(time: number): number {
		if (time <= this.start) return 0;
		if (time >= this.end) return this.total;
		const i = this.#piece(this.#times, time);
		const passed = time - (this.#times[i] as number);
		return (this.#sums[i] as number) + (((this.#from[i] as number) + this.at(time)) / 2) * passed;
	}

	/** The first time at which the integral reaches `amount`, from 0 to `total`. */
	inverse(amount: number): number {
		if (!(amount >= 0 && amount <= this.total))
			throw new RangeError(`${amount} is not from 0 to ${this.total}, the integral of the rate`);
		let i = this.#piece(this.#sums, amount);
		while (i > 0 && (this.#sums[i] as number) >= amount) i--;
		const left = amount - (this.#sums[i] as number);
		if (left <= 0) return this.#times[i] as number;
		const from = this.#from[i] as number;
		const slope = ((this.#to[i] as number) - from) / this.#length(i);
		// The root of the quadratic in the form that keeps its digits when the slope is 0.
		const passed = (2 * left) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * left)));
		return Math.min(this.#times[i + 1] as number, (this.#times[i] as number) + passed);
	}

	#length(i: number): number {
		return (this.#times[i + 1] as number) - (this.#times[i] as number);
	}

	/** The piece whose start is the last that is at most `value`. */
	#piece(starts: Float64Array, value: number): number {
		let low = 0;
		let high = this.#from.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if ((starts[middle] as number) <= value) low = middle;
			else high = middle;
		}
		return low;
	}
}
