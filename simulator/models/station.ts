import type { Environment } from '../kernel/environment.ts';
import { Resource } from '../kernel/resource.ts';
import type { Stream } from '../random/stream.ts';
import { Areas } from './areas.ts';

/** Draws a length of time, in the unit of the rates. */
export type Law = (stream: Stream) => number;

export interface StationSpec {
	servers: number;
	service: Law;
	/** How long a customer waits at most before leaving for good; without it, for ever. */
	patience?: Law;
}

/** One who passes through stations, with what happened on the way; times in ticks. */
export class Customer {
	waited = 0;
	/** Visits that could not start at once. */
	delays = 0;
	abandoned = false;
	readonly number: number;

	constructor(number: number) {
		this.number = number;
	}
}

/** Equal servers behind one line, first come, first served, on the callback path of the kernel. */
export class Station {
	readonly areas: Areas;
	/** Sums over all visits that have begun to be served, or were given up: ticks waited and ticks of service. */
	waited = 0;
	served = 0;
	readonly #env: Environment;
	readonly #resource: Resource;
	readonly #service: () => number;
	readonly #patience: (() => number) | undefined;
	readonly #next: (customer: Customer) => void;
	readonly #free = (): void => this.#resource.free();

	/** Lengths are in whole ticks; `next` gets each customer who was served or went away. */
	constructor(
		env: Environment,
		servers: number,
		draw: { service: () => number; patience?: (() => number) | undefined },
		next: (customer: Customer) => void
	) {
		this.#env = env;
		this.#resource = new Resource(env, servers, 'station');
		this.areas = new Areas(this.#resource);
		this.#service = draw.service;
		this.#patience = draw.patience;
		this.#next = next;
	}

	/** Lengths are drawn on arrival, so that a customer's own do not depend on when others are served. */
	visit(customer: Customer): void {
		const length = this.#service();
		const patience = this.#patience?.();
		if (this.#resource.count === this.#resource.capacity) customer.delays++;
		if (patience === undefined) this.#resource.seize(this.#stay(customer, length, this.#free));
		else this.#stayOrGo(customer, length, patience);
	}

	/** One function for begin and end of service: it is made for every customer. */
	#stay(customer: Customer, length: number, giveBack: () => void): () => void {
		const at = this.#env.now;
		let begun = false;
		const step = (): void => {
			if (begun) {
				giveBack();
				this.#next(customer);
				return;
			}
			begun = true;
			this.#wait(customer, at);
			this.served += length;
			this.#env.call(length, step);
		};
		return step;
	}

	#stayOrGo(customer: Customer, length: number, patience: number): void {
		const at = this.#env.now;
		const request = this.#resource.request();
		const giveBack = (): void => this.#resource.release(request);
		request.listen(this.#stay(customer, length, giveBack));
		if (request.state === 'held') return;
		this.#env.call(patience, () => {
			if (request.state !== 'waiting') return;
			giveBack();
			this.#wait(customer, at);
			customer.abandoned = true;
			this.#next(customer);
		});
	}

	#wait(customer: Customer, since: number): void {
		const waited = this.#env.now - since;
		customer.waited += waited;
		this.waited += waited;
	}
}
