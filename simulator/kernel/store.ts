import { type Environment, Facility } from './environment.ts';
import { SimEvent } from './event.ts';
import { Line } from './line.ts';

/** A put or a get: yield it to wait until it has been done. */
class Wish<T, W = T> extends SimEvent<T> {
	readonly want: W;
	line: Line<Wish<T, W>> | null = null;
	readonly #settle: () => void;

	constructor(env: Environment, label: string, line: Line<Wish<T, W>>, want: W, settle: () => void) {
		super(env, label);
		this.want = want;
		this.#settle = settle;
		line.add(this);
		settle();
	}

	/** Withdraws it: who gives up waiting must, or it takes what it no longer wants. */
	cancel(): void {
		if (this.triggered || this.line === null)
			throw this.env.misuse('what is done or withdrawn cannot be withdrawn', String(this));
		this.line.remove(this);
		this.#settle();
	}

	override trigger(ok: boolean, outcome: unknown, delay: number, priority: number): this {
		super.trigger(ok, outcome, delay, priority).line?.remove(this);
		return this;
	}
}

/** An amount of something uniform: put in and take out, first come, first served on each side. */
export class Container extends Facility {
	#level: number;
	readonly #puts = new Line<Wish<number>>();
	readonly #gets = new Line<Wish<number>>();
	readonly #settle = (): void => {
		while (this.#move(this.#puts, 1) || this.#move(this.#gets, -1));
	};

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

	#wish(line: Line<Wish<number>>, amount: number, label: string): Wish<number> {
		if (!(amount > 0 && amount <= this.capacity))
			throw this.env.misuse(`the amount ${amount} is not above 0 and at most ${this.capacity}`, label);
		return new Wish(this.env, label, line, amount, this.#settle);
	}

	/** Does the first of a line if it fits. */
	#move(line: Line<Wish<number>>, sign: number): boolean {
		const first = line.first();
		const level = this.#level + sign * (first?.want ?? NaN);
		if (first === undefined || level < 0 || level > this.capacity) return false;
		this.#level = level;
		first.succeed(first.want);
		return true;
	}
}

/** Distinct things: put in and take out, first come, first served; a taker may say which it wants. */
export class Store<T> extends Facility {
	readonly #items = new Line<Wish<T>>();
	readonly #puts = new Line<Wish<T>>();
	readonly #gets = new Line<Wish<T, (item: T) => boolean>>();
	readonly #settle = (): void => {
		for (let put = this.#puts.first(); put && this.#items.size < this.capacity; put = this.#puts.first()) {
			const { want } = put.succeed(put.want);
			const get = this.#gets.first((each) => each.want(want));
			if (get === undefined) this.#items.add(put);
			else get.succeed(want);
		}
	};

	/** What is there, in the order in which it is offered. */
	get items(): readonly T[] {
		return this.#items.all.map(({ want }) => want);
	}

	put(item: T): Wish<T> {
		return new Wish(this.env, `put ${this.name}`, this.#puts, item, this.#settle);
	}

	/** `wanted` is asked once about each item, and must hang on that alone. Its error is the getter's, not the putter's. */
	get(wanted: (item: T) => boolean = () => true): Wish<T, (item: T) => boolean> {
		const suits = (item: T): boolean => {
			try {
				return !get.triggered && wanted(item);
			} catch (error) {
				get.fail(error);
				return false;
			}
		};
		const get = new Wish(this.env, `get ${this.name}`, this.#gets, suits, this.#settle);
		const put = this.#items.first(({ want }) => suits(want));
		if (put !== undefined) {
			this.#items.remove(put);
			get.succeed(put.want);
			this.#settle();
		}
		return get;
	}
}
