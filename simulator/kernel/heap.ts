/** Priority of entries at the same tick: lower first, whole numbers from 0 to 31. Starts and interrupts are urgent. */
export const URGENT = 0;
export const NORMAL = 1;
export const LATE = 2;

const PRIORITY_STEP = 2 ** 48;
const LANE_KEY = (NORMAL + 1) * PRIORITY_STEP;

/**
 * Clock and calendar, ordered by (time, priority, sequence): a binary heap in parallel arrays; priority and sequence
 * share one double. What is entered for now at normal priority queues in a lane, behind its equals from before the tick.
 */
export class Calendar<T> {
	now = 0;
	readonly #times: number[] = [];
	readonly #keys: number[] = [];
	readonly #items: (T | undefined)[] = [];
	#size = 0;
	#sequence = 0;
	readonly #lane: (T | undefined)[] = [];
	#head = 0;
	#tail = 0;

	/** Time of the next entry, Infinity when there is none. */
	get nextTime(): number {
		if (this.#tail > 0) return this.now;
		return this.#size === 0 ? Infinity : (this.#times[0] as number);
	}

	push(delay: number, priority: number, item: T): void {
		if (delay === 0 && priority === NORMAL) return void (this.#lane[this.#tail++] = item);
		this.#times[this.#size] = this.now + delay;
		this.#keys[this.#size] = priority * PRIORITY_STEP + this.#sequence++;
		this.#items[this.#size] = item;
		this.#rise(this.#size, this.#size++);
	}

	/** Removes and answers the first entry, and moves the clock to it; only to be asked while there is one. */
	pop(): T {
		if (this.#tail === 0) return this.#sink();
		if (this.#size > 0 && this.#times[0] === this.now && (this.#keys[0] as number) < LANE_KEY) return this.#sink();
		const item = this.#lane[this.#head] as T;
		this.#lane[this.#head++] = undefined;
		if (this.#head === this.#tail) this.#head = this.#tail = 0;
		return item;
	}

	/** Carries a hole up to where an entry belongs, and puts it there. */
	#rise(hole: number, from: number): void {
		const time = this.#times[from] as number;
		const key = this.#keys[from] as number;
		const item = this.#items[from];
		while (hole > 0) {
			const parent = (hole - 1) >> 1;
			const parentTime = this.#times[parent] as number;
			if (parentTime < time || (parentTime === time && (this.#keys[parent] as number) < key)) break;
			this.#times[hole] = parentTime;
			this.#keys[hole] = this.#keys[parent] as number;
			this.#items[hole] = this.#items[parent];
			hole = parent;
		}
		this.#times[hole] = time;
		this.#keys[hole] = key;
		this.#items[hole] = item;
	}

	/** Takes the first; the hole goes down to the bottom, where the last entry, which fills it, nearly always belongs. */
	// It may stand beside the way, and even be moved up on it: then its old place is the hole.
	#sink(): T {
		const first = this.#items[0] as T;
		this.now = this.#times[0] as number;
		const last = --this.#size;
		let hole = 0;
		for (let child = 1; child < last; child = 2 * hole + 1) {
			const a = this.#times[child] as number;
			const b = this.#times[child + 1] as number;
			if (b < a || (b === a && (this.#keys[child + 1] as number) < (this.#keys[child] as number))) child++;
			this.#times[hole] = this.#times[child] as number;
			this.#keys[hole] = this.#keys[child] as number;
			this.#items[hole] = this.#items[child];
			hole = child;
		}
		this.#rise(hole, last);
		this.#items[last] = undefined;
		return first;
	}
}
