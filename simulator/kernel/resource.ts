import { type Callback, type Environment, Facility } from './environment.ts';
import { SimEvent } from './event.ts';
import { Line } from './line.ts';
import type { Process } from './process.ts';

/** A claim on one unit of a resource: yield it to wait for the unit, give it back with `release` or by `using`. */
export class Request extends SimEvent<Request> {
	readonly resource: Resource;
	readonly priority: number;
	/** The process that made it, if one did. */
	readonly process: Process | null;
	readonly madeAt: number;
	/** When it got its unit (NaN before), and the process that took it away again, if one did. */
	since = NaN;
	by: Process | null = null;
	state: 'waiting' | 'held' | 'released' | 'cancelled' | 'preempted' = 'waiting';
	/** Of those who wait or, in a preemptive resource, of those who hold. */
	line: Line<Request> | null = null;

	constructor(resource: Resource, priority: number) {
		super(resource.env, `request of ${resource.name}`);
		this.resource = resource;
		this.priority = priority;
		this.process = resource.env.running;
		this.madeAt = resource.env.now;
	}

	/** At the end of a block that began with `using request = …`, however it ends. */
	[Symbol.dispose](): void {
		if (this.state === 'waiting' || this.state === 'held') this.resource.release(this);
	}
}

/** A number of equal units, given out first come, first served. */
export class Resource extends Facility {
	/** For monitors: told of each change of `count` or `waiting`, before anyone goes on by it; must change nothing. */
	observer: ((resource: Resource) => void) | null = null;
	#held = 0;
	/** How many of these by requests; the others were seized. */
	#requested = 0;
	protected readonly line = new Line<Request | Callback>();
	protected readonly precedes: ((one: Request | Callback, other: Request | Callback) => boolean) | undefined;

	constructor(env: Environment, capacity = 1, name = 'resource') {
		super(env, capacity, name);
		if (!Number.isSafeInteger(capacity)) throw env.misuse(`the capacity ${capacity} is not a whole number`, name);
	}

	/** Units in use. */
	get count(): number {
		return this.#held;
	}

	/** Requests that wait. */
	get waiting(): number {
		return this.line.size;
	}

	request(priority = 0): Request {
		if (typeof priority !== 'number' || Number.isNaN(priority))
			throw this.env.misuse(`the priority ${String(priority)} is not a number`, `request of ${this.name}`);
		const request = new Request(this, priority);
		this.seize(request);
		return request;
	}

	/** Gives a held unit back, or withdraws a request that still waits. What was preempted is gone, and that is fine. */
	release(request: Request): void {
		if (!(request instanceof Request)) throw this.env.misuse('what was released is not a request', 'release');
		const { state, resource } = request;
		if (resource !== this) throw this.env.misuse(`a unit of ${resource.name} was released to ${this.name}`, 'release');
		if (state === 'released' || state === 'cancelled')
			throw this.env.misuse(`a unit of ${this.name} that is not held was released: the request is ${state}`, 'release');
		request.state = state === 'waiting' ? 'cancelled' : 'released';
		request.line?.remove(request);
		if (state === 'held') {
			this.#requested--;
			this.#next();
		} else if (state === 'waiting') this.observer?.(this);
	}

	/** The hot path: calls back at once when a unit is free, else when it becomes so. Ends with `free`. */
	seize(grant: Callback | Request): void {
		const free = this.#held < this.capacity;
		if (free) this.#held++;
		else this.line.add(grant, this.precedes);
		this.observer?.(this);
		if (free) this.give(grant);
	}

	/** Gives back a unit taken by `seize`; what a request holds is released by that alone. */
	free(): void {
		if (this.#held === this.#requested)
			throw this.env.misuse(`a unit of ${this.name} that is not held was released`, 'free');
		this.#next();
	}

	protected give(entry: Request | Callback): void {
		if (typeof entry === 'function') return entry();
		this.#requested++;
		entry.state = 'held';
		entry.since = this.env.now;
		entry.succeed(entry);
	}

	/** Hands the unit of one who has just left to the first that waits. */
	#next(): void {
		const entry = this.line.first();
		if (entry === undefined) this.#held--;
		else this.line.remove(entry);
		this.observer?.(this);
		if (entry !== undefined) this.give(entry);
	}
}

/** Serves the lowest priority number first, and within one priority the earliest request; `seize` counts as 0. */
export class PriorityResource extends Resource {
	protected override readonly precedes = (one: Request | Callback, other: Request | Callback): boolean =>
		priorityOf(one) < priorityOf(other);
}

const priorityOf = (entry: Request | Callback): number => (typeof entry === 'function' ? 0 : entry.priority);

/**
 * A priority resource whose requests oust: of the processes that hold a unit with a higher priority number, the least
 * urgent, and of these the one that got its unit last, is interrupted; the cause is the request that it lost.
 */
export class PreemptiveResource extends PriorityResource {
	/** The least urgent first, and of these the one that got its unit last. */
	readonly #holders = new Line<Request>();

	override request(priority = 0, preempt = true): Request {
		const request = super.request(priority);
		const next = preempt && this.line.first() === request;
		const victim = next && this.#holders.first((each) => each.priority > priority && each.process?.alive === true);
		if (victim) {
			victim.process?.interrupt(victim);
			victim.by = request.process;
			this.release(victim);
			victim.state = 'preempted';
		}
		return request;
	}

	protected override give(entry: Request | Callback): void {
		if (typeof entry === 'object') this.#holders.add(entry, (one, other) => one.priority >= other.priority);
		super.give(entry);
	}
}
