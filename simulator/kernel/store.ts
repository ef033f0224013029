import type { Environment } from './environment.ts';
import { SimulationError } from './error.ts';
import type { SimEvent } from './event.ts';

interface Wish<T> {
	readonly event: SimEvent<T>;
	readonly amount: T;
}

interface Taker<T> {
	readonly event: SimEvent<T>;
	readonly wanted: (item: T) => boolean;
}

/** An amount of something uniform: put in and take out, first come, first served on each side. */
export class Container {
	readonly env: Environment;
	readonly capacity: number;
	readonly name: string;
	#level: number;
	readonly #puts: Wish<number>[] = [];
	readonly #gets: Wish<number>[] = [];

	constructor(env: Environment, capacity = Infinity, initial = 0, name = 'container') {
		this.env = env;
		this.capacity = capacity;
		this.name = name;
		this.#level = initial;
		if (!(capacity > 0)) throw misuse(env, name, `the capacity ${capacity} is not above 0`);
		if (!(initial >= 0 && initial <= capacity))
			throw misuse(env, name, `the level ${initial} does not fit ${capacity}`);
	}

	get level(): number {
		return this.#level;
	}

	put(amount: number): SimEvent<number> {
		return this.#wish(this.#puts, amount, 'put');
	}

	get(amount: number): SimEvent<number> {
		return this.#wish(this.#gets, amount, 'get');
	}

	#wish(queue: Wish<number>[], amount: number, what: string): SimEvent<number> {
		if (!(amount > 0 && amount <= this.capacity))
			throw misuse(this.env, this.name, `${what} of ${amount}: expected more than 0 and at most ${this.capacity}`);
		const event = this.env.event<number>(`${what} ${this.name}`);
		queue.push({ event, amount });
		this.#settle();
		return event;
	}

	#settle(): void {
		for (let moved = true; moved;) {
			moved = false;
			const put = this.#puts[0];
			if (put && this.#level + put.amount <= this.capacity) {
				this.#puts.shift();
				this.#level += put.amount;
				put.event.succeed(put.amount);
				moved = true;
			}
			const get = this.#gets[0];
			if (get && this.#level >= get.amount) {
				this.#gets.shift();
				this.#level -= get.amount;
				get.event.succeed(get.amount);
				moved = true;
			}
		}
	}
}

/** Distinct things: put in and take out, first come, first served; a taker may say which it wants. */
export class Store<T> {
	readonly env: Environment;
	readonly capacity: number;
	readonly name: string;
	readonly items: T[] = [];
	readonly #puts: Wish<T>[] = [];
	readonly #gets: Taker<T>[] = [];

	constructor(env: Environment, capacity = Infinity, name = 'store') {
		this.env = env;
		this.capacity = capacity;
		this.name = name;
		if (!(capacity > 0)) throw misuse(env, name, `the capacity ${capacity} is not above 0`);
	}

	put(item: T): SimEvent<T> {
		const event = this.env.event<T>(`put ${this.name}`);
		this.#puts.push({ event, amount: item });
		this.#settle();
		return event;
	}

	get(wanted: (item: T) => boolean = () => true): SimEvent<T> {
		const event = this.env.event<T>(`get ${this.name}`);
		this.#gets.push({ event, wanted });
		this.#settle();
		return event;
	}

	#settle(): void {
		for (let moved = true; moved;) {
			moved = false;
			const put = this.items.length < this.capacity ? this.#puts.shift() : undefined;
			if (put) {
				this.items.push(put.amount);
				put.event.succeed(put.amount);
				moved = true;
			}
			for (let i = 0; i < this.#gets.length; i++) {
				const get = this.#gets[i] as Taker<T>;
				const found = this.items.findIndex(get.wanted);
				if (found < 0) continue;
				this.#gets.splice(i--, 1);
				get.event.succeed(this.items.splice(found, 1)[0] as T);
				moved = true;
			}
		}
	}
}

function misuse(env: Environment, name: string, message: string): SimulationError {
	return new SimulationError(message, { entity: env.active, time: env.now, activity: name });
}
