import type { Sink } from './tally.ts';

export interface Bucket {
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

/**
 * A histogram with buckets that widen with the value, so that any quantile of what was recorded is off by at most
 * `error` of itself however many values there are (DDSketch: Masson, Rim and Lee 2019). For values of at least 0.
 */
export class Sketch implements Sink {
	readonly error: number;
	readonly #growth: number;
	readonly #scale: number;
	readonly #buckets = new Map<number, number>();
	#zeros = 0;
	#count = 0;

	constructor(error = 0.01) {
		if (!(error > 0 && error < 1)) throw new RangeError(`the error ${error} is not between 0 and 1`);
		this.error = error;
		this.#growth = (1 + error) / (1 - error);
		this.#scale = 1 / Math.log(this.#growth);
	}

	get count(): number {
		return this.#count;
	}

	record(value: number): void {
		if (!(value >= 0 && value < Infinity)) throw new RangeError(`${value} is not a number of at least 0`);
		this.#count++;
		if (value === 0) {
			this.#zeros++;
			return;
		}
		const key = Math.ceil(Math.log(value) * this.#scale);
		this.#buckets.set(key, (this.#buckets.get(key) ?? 0) + 1);
	}

	/** The value that a share p of the observations does not exceed; NaN while there is none. */
	quantile(p: number): number {
		if (!(p >= 0 && p <= 1)) throw new RangeError(`the share ${p} is not from 0 to 1`);
		if (this.#count === 0) return NaN;
		let left = Math.max(1, Math.ceil(p * this.#count)) - this.#zeros;
		if (left <= 0) return 0;
		const keys = this.#keys();
		let at = 0;
		for (left -= this.#buckets.get(keys[0] as number) as number; left > 0; at++)
			left -= this.#buckets.get(keys[at + 1] as number) as number;
		return (2 * this.#growth ** (keys[at] as number)) / (this.#growth + 1);
	}

	/** Buckets that hold something, by value; the first may be that of 0 alone. */
	buckets(): Bucket[] {
		const zero = this.#zeros > 0 ? [{ from: 0, to: 0, count: this.#zeros }] : [];
		const others = this.#keys().map((key) => ({
			from: this.#growth ** (key - 1),
			to: this.#growth ** key,
			count: this.#buckets.get(key) as number
		}));
		return [...zero, ...others];
	}

	/** Takes over what another sketch of the same error has seen. */
	merge(other: Sketch): void {
		if (other.error !== this.error)
			throw new RangeError(`a sketch of error ${other.error} does not fit one of ${this.error}`);
		for (const [key, count] of other.#buckets) this.#buckets.set(key, (this.#buckets.get(key) ?? 0) + count);
		this.#zeros += other.#zeros;
		this.#count += other.#count;
	}

	#keys(): number[] {
		return [...this.#buckets.keys()].sort((a, b) => a - b);
	}
}
