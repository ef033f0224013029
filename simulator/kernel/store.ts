import { type Environment, Facility } from './environment.ts';
import { SimEvent } from './event.ts';

/** A put or a get: yield it to wait until it has been done. */
class Wish<T, W = T> extends SimEvent<T> {
	readonly want: W;
	readonly #queue: Wish<T, W>[];

	constructor(env: Environment, label: string, queue: Wish<T, W>[], want: W) {
		super(env, label);
		this.want = want;
		this.#queue = queue;
		queue.push(this);
	}

	/** Withdraws it: who gives up waiting must, or it takes what it no longer wants. */
	cancel(): void {
		const index = this.#queue.indexOf(this);
		if (index < 0) throw this.env.misuse('what is done or withdrawn cannot be withdrawn', String(this));
		this.#queue.splice(index, 1);
	}
}

/** An amount of something uniform: put in and take out, first come, first served on each side. */
export class Container extends Facility {
	#level: number;
	readonly #puts: Wish<number>[] = [];
	readonly #gets: Wish<number>[] = [];

	constructor(env: Environment, capacity = Infinity, initial = 0, name = 'container') {
		super(env, capacity, name);
		this.#level = initial;
		if (!(initial >= 0 && initial <= capacity)) throw env.misuse(`the level ${initial} does not fit ${capacity}`, name);
	}

	get level(): number {
		return this.#level;
	}

	put(amount: number): Wish<number> {
		return this.#wish(this.#puts, amount, `put ${this.name}`);
	}

	get(amount: number): Wish<number> {
		return this.#wish(this.#gets, amount, `get ${this.name}`);
	}

	#wish(queue: Wish<number>[], amount: number, label: string): Wish<number> {
		if (!(amount > 0 && amount <= this.capacity))
			throw this.env.misuse(`the amount ${amount} is not above 0 and at most ${this.capacity}`, label);
		const wish = new Wish(this.env, label, queue, amount);
		while (this.#move(this.#puts, 1) || this.#move(this.#gets, -1));
		return wish;
	}

	/** Does the first of a queue if it fits. */
	#move(queue: Wish<number>[], sign: number): boolean {
		const first = queue[0];
		const level = this.#level + sign * (first?.want ?? NaN);
		if (first === undefined || level < 0 || level > this.capacity) return false;
		this.#level = level;
		queue.shift()?.succeed(first.want);
		return true;
	}
}

/** Distinct things: put in and take out, first come, first served; a taker may say which it wants. */
export class Store<T> extends Facility {
	/** What is there, in the order in which it is offered. */
	readonly items: T[] = [];
	readonly #puts: Wish<T>[] = [];
	readonly #gets: Wish<T, (item: T) => boolean>[] = [];

	put(item: T): Wish<T> {
		const wish = new Wish(this.env, `put ${this.name}`, this.#puts, item);
		this.#settle();
		return wish;
	}

	get(wanted: (item: T) => boolean = () => true): Wish<T, (item: T) => boolean> {
		const wish = new Wish(this.env, `get ${this.name}`, this.#gets, wanted);
		this.#settle();
		return wish;
	}

	#settle(): void {
		for (let moved = true; moved;) {
			const put = this.items.length < this.capacity ? this.#puts.shift() : undefined;
			if (put) this.items.push(put.succeed(put.want).want);
			const get = this.#gets.find(({ want }) => this.items.some(want));
			get?.cancel();
			get?.succeed(this.items.splice(this.items.findIndex(get.want), 1)[0] as T);
			moved = put !== undefined || get !== undefined;
		}
	}
}
