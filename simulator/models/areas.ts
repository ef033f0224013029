import type { Resource } from '../kernel/resource.ts';

/**
 * The integrals over time of how many units of a resource are in use and how many customers wait, in ticks.
 * It is the observer of the resource. Sums of whole numbers: exact below 2^53.
 */
export class Areas {
	readonly #resource: Resource;
	#since: number;
	#count: number;
	#queue: number;
	#busy = 0;
	#waiting = 0;

	constructor(resource: Resource) {
		this.#resource = resource;
		this.#since = resource.env.now;
		this.#count = resource.count;
		this.#queue = resource.waiting;
		resource.observer = this.#note;
	}

	/** Both integrals from the start until now. */
	read(): { busy: number; waiting: number } {
		this.#note(this.#resource);
		return { busy: this.#busy, waiting: this.#waiting };
	}

	readonly #note = (resource: Resource): void => {
		const now = resource.env.now;
		const passed = now - this.#since;
		this.#busy += this.#count * passed;
		this.#waiting += this.#queue * passed;
		this.#since = now;
		this.#count = resource.count;
		this.#queue = resource.waiting;
	};
}
