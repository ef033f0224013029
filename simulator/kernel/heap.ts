/** Priority of entries at the same tick: lower first, whole numbers from 0 to 31. Starts and interrupts are urgent. */
export const URGENT = 0;
export const NORMAL = 1;
export const LATE = 2;

const PRIORITY_STEP = 2 ** 48;
const LANE_KEY = (NORMAL + 1) * PRIORITY_STEP;

/**
 * The clock and the calendar of things to come, ordered by (time, priority, sequence): a binary heap in parallel
 * arrays, in which priority and sequence share one double, so that two comparisons decide. What is entered for the
 * present tick at normal priority needs no heap: it queues in a lane, behind its equals from before the tick.
 */
export class Calendar<T> {
	now: number;
	readonly #times: number[] = [];
	readonly #keys: number[] = [];
	readonly #items: (T | undefined)[] = [];
	#size = 0;
	#sequence = 0;
	readonly #lane: (T | undefined)[] = [];
	#head = 0;
	#tail = 0;

	constructor(start: number) {
		this.now = start;
	}

	/** Time of the next entry, Infinity when there is none. */
	get nextTime(): number {
		if (this.#tail > 0) return this.now;
		return this.#size === 0 ? Infinity : (this.#times[0] as number);
	}

	push(delay: number, priority: number, item: T): void {
		if (delay === 0 && priority === NORMAL) this.#lane[this.#tail++] = item;
		else this.#rise(this.now + delay, priority * PRIORITY_STEP + this.#sequence++, item);
	}

	/** Removes and answers the first entry, and moves the clock to it; only to be asked while there is one. */
	pop(): T {
		const heapIsDue = this.#size > 0 && this.#times[0] === this.now && (this.#keys[0] as number) < LANE_KEY;
		if (this.#tail === 0 || heapIsDue) return this.#sink();
		const item = this.#lane[this.#head] as T;
		this.#lane[this.#head++] = undefined;
		if (this.#head === this.#tail) this.#head = this.#tail = 0;
		return item;
	}

	#rise(time: number, key: number, item: T): void {
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

	#sink(): T {
		const times = this.#times;
		const keys = this.#keys;
		const items = this.#items;
		const first = items[0] as T;
		this.now = times[0] as number;
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
}
