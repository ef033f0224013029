const PRIORITY_STEP = 2 ** 48;

/**
 * The calendar of things to come: a binary heap in parallel arrays, ordered by (time, priority, sequence).
 * Priority and sequence share one double, so that two comparisons decide.
 */
export class Calendar<T> {
	#times = new Float64Array(64);
	#keys = new Float64Array(64);
	#items: (T | undefined)[] = new Array<T | undefined>(64).fill(undefined);
	#size = 0;
	#sequence = 0;

	get size(): number {
		return this.#size;
	}

	/** Time of the next entry, Infinity when there is none. */
	get nextTime(): number {
		return this.#size === 0 ? Infinity : (this.#times[0] as number);
	}

	push(time: number, priority: number, item: T): void {
		if (this.#size === this.#times.length) this.#grow();
		const key = priority * PRIORITY_STEP + this.#sequence++;
		const times = this.#times;
		const keys = this.#keys;
		const items = this.#items;
		let hole = this.#size++;
		while (hole > 0) {
			const parent = (hole - 1) >> 1;
			const parentTime = times[parent] as number;
			if (parentTime < time || (parentTime === time && (keys[parent] as number) < key)) break;
			times[hole] = parentTime;
			keys[hole] = keys[parent] as number;
			items[hole] = items[parent];
			hole = parent;
		}
		times[hole] = time;
		keys[hole] = key;
		items[hole] = item;
	}

	/** Removes and answers the first entry; only to be asked while `size` is above 0. */
	pop(): T {
		const times = this.#times;
		const keys = this.#keys;
		const items = this.#items;
		const first = items[0] as T;
		const last = --this.#size;
		const time = times[last] as number;
		const key = keys[last] as number;
		const item = items[last];
		items[last] = undefined;
		if (last === 0) return first;
		let hole = 0;
		for (;;) {
			let child = 2 * hole + 1;
			if (child >= last) break;
			const right = child + 1;
			if (right < last) {
				const a = times[child] as number;
				const b = times[right] as number;
				if (b < a || (b === a && (keys[right] as number) < (keys[child] as number))) child = right;
			}
			const childTime = times[child] as number;
			if (time < childTime || (time === childTime && key < (keys[child] as number))) break;
			times[hole] = childTime;
			keys[hole] = keys[child] as number;
			items[hole] = items[child];
			hole = child;
		}
		times[hole] = time;
		keys[hole] = key;
		items[hole] = item;
		return first;
	}

	#grow(): void {
		const length = this.#times.length * 2;
		const times = new Float64Array(length);
		const keys = new Float64Array(length);
		times.set(this.#times);
		keys.set(this.#keys);
		this.#times = times;
		this.#keys = keys;
		for (let i = this.#items.length; i < length; i++) this.#items.push(undefined);
	}
}
