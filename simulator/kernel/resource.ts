import type { Environment } from './environment.ts';
import { SimulationError } from './error.ts';
import { SimEvent } from './event.ts';

type Grant = () => void;

/** Told after each change of `count` or `waiting`, before whoever gained or lost by it goes on. Must change nothing. */
export type Observer = (resource: Resource) => void;

/** A claim on one unit of a resource: yield it to wait for the unit, give it back with `release`. */
export class Request extends SimEvent<Request> {
	readonly resource: Resource;
	readonly priority: number;
	readonly madeAt: number;
	state: 'waiting' | 'held' | 'released' | 'cancelled' = 'waiting';

	constructor(resource: Resource, priority: number) {
		super(resource.env, `request of ${resource.name}`);
		this.resource = resource;
		this.priority = priority;
		this.madeAt = resource.env.now;
	}
}

/** A number of equal units, given out first come, first served. */
export class Resource {
	readonly env: Environment;
	readonly name: string;
	readonly capacity: number;
	/** For monitors; costs nothing while there is none. */
	observer: Observer | null = null;
	#held = 0;
	#waiting = 0;
	protected queue: (Request | Grant)[] = [];
	protected head = 0;

	constructor(env: Environment, capacity: number, name = 'resource') {
		this.env = env;
		this.name = name;
		this.capacity = capacity;
		if (!Number.isInteger(capacity) || capacity < 1)
			throw this.misuse(`the capacity ${capacity} is not a whole number above 0`);
	}

	/** Units in use. */
	get count(): number {
		return this.#held;
	}

	/** Requests that wait. */
	get waiting(): number {
		return this.#waiting;
	}

	request(priority = 0): Request {
		const request = new Request(this, priority);
		if (this.#take()) this.#give(request);
		else this.enqueue(request);
		return request;
	}

	/** Gives a held unit back, or withdraws a request that still waits. */
	release(request: Request): void {
		if (request.resource !== this) throw this.misuse(`a unit of ${request.resource.name} was released here`);
		if (request.state === 'waiting') {
			request.state = 'cancelled';
			this.#waiting--;
			this.observer?.(this);
			return;
		}
		if (request.state !== 'held') throw this.misuse('a unit that is not held was released');
		request.state = 'released';
		this.#next();
	}

	/** The hot path: calls back at once when a unit is free, else when it becomes so. Ends with `free`. */
	seize(grant: Grant): void {
		if (this.#take()) grant();
		else this.enqueue(grant);
	}

	/** Gives back a unit taken by `seize`. */
	free(): void {
		if (this.#held === 0) throw this.misuse('a unit that is not held was released');
		this.#next();
	}

	protected enqueue(entry: Request | Grant): void {
		this.queue.push(entry);
	}

	protected dequeue(): Request | Grant | undefined {
		const queue = this.queue;
		if (this.head === queue.length) return undefined;
		const first = queue[this.head++] as Request | Grant;
		// Cut the used part now and then: cheaper than shifting each time.
		if (this.head > 64 && this.head * 2 > queue.length) {
			this.queue = queue.slice(this.head);
			this.head = 0;
		}
		return first;
	}

	/** Takes a unit if one is free, else counts one more who waits. */
	#take(): boolean {
		const free = this.#held < this.capacity;
		if (free) this.#held++;
		else this.#waiting++;
		this.observer?.(this);
		return free;
	}

	#next(): void {
		let entry = this.dequeue();
		while (typeof entry === 'object' && entry.state !== 'waiting') entry = this.dequeue();
		if (entry === undefined) this.#held--;
		else this.#waiting--;
		this.observer?.(this);
		if (typeof entry === 'function') entry();
		else if (entry !== undefined) this.#give(entry);
	}

	#give(request: Request): void {
		request.state = 'held';
		request.succeed(request);
	}

	protected misuse(message: string): SimulationError {
		return new SimulationError(message, { entity: this.env.active, time: this.env.now, activity: this.name });
	}
}

/** Serves the lowest priority number first, and within one priority the earliest request. */
export class PriorityResource extends Resource {
	protected override enqueue(entry: Request | Grant): void {
		const priority = typeof entry === 'function' ? 0 : entry.priority;
		let low = this.head;
		let high = this.queue.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.queue[middle];
			if ((typeof other === 'object' ? other.priority : 0) <= priority) low = middle + 1;
			else high = middle;
		}
		this.queue.splice(low, 0, entry);
	}
}
