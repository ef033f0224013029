import type { Environment } from '../kernel/environment.ts';

export interface Batching<T> {
	/** Released as soon as so many are together. */
	readonly size?: number;
	/** Released so many ticks after its first. */
	readonly timeout?: number;
	readonly release: (items: readonly T[]) => void;
}

/** Gathers things and lets them go together, when they are enough or have waited long enough. */
export class Batcher<T> {
	readonly #env: Environment;
	readonly #batching: Batching<T>;
	#items: T[] = [];

	/** @throws {RangeError} for neither size nor time-out, or one that is not above 0. */
	constructor(env: Environment, batching: Batching<T>) {
		const { size, timeout } = batching;
		if (size === undefined && timeout === undefined) throw new RangeError('a batch needs a size or a time-out');
		if (size !== undefined && !(Number.isInteger(size) && size > 0))
			throw new RangeError(`the batch size ${size} is not a whole number above 0`);
		if (timeout !== undefined && !(Number.isInteger(timeout) && timeout > 0))
			throw new RangeError(`the time-out ${timeout} is not a whole number of ticks above 0`);
		this.#env = env;
		this.#batching = batching;
	}

	/** How many have gathered. */
	get pending(): number {
		return this.#items.length;
	}

	add(item: T): void {
		const items = this.#items;
		items.push(item);
		const { size, timeout } = this.#batching;
		if (items.length === size) this.flush();
		else if (items.length === 1 && timeout !== undefined)
			this.#env.call(timeout, () => {
				// The list of a batch that has gone is not this one any more.
				if (this.#items === items) this.flush();
			});
	}

	/** Lets go what there is, if anything. */
	flush(): void {
		const items = this.#items;
		if (items.length === 0) return;
		this.#items = [];
		this.#batching.release(items);
	}
}
