import { type Environment, Facility } from './environment.ts';
import { SimEvent } from './event.ts';
import type { Process } from './process.ts';

type Grant = () => void;

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
	#waiting = 0;
	protected queue: (Request | Grant)[] = [];
	protected head = 0;

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
		return this.#waiting;
	}

	request(priority = 0): Request {
		const request = new Request(this, priority);
		if (this.#take()) this.give(request);
		else this.enqueue(request);
		return request;
	}

	/** Gives a held unit back, or withdraws a request that still waits. What was preempted is gone, and that is fine. */
	release(request: Request): void {
		const { state, resource } = request;
		if (resource !== this) throw this.env.misuse(`a unit of ${resource.name} was released to ${this.name}`, 'release');
		if (state === 'waiting') {
			request.state = 'cancelled';
			this.#waiting--;
			this.observer?.(this);
		} else if (state === 'held' || state === 'preempted') {
			request.state = 'released';
			if (state === 'held') this.next();
		} else
			throw this.env.misuse(`a unit of ${this.name} that is not held was released: the request is ${state}`, 'release');
	}

	/** The hot path: calls back at once when a unit is free, else when it becomes so. Ends with `free`. */
	seize(grant: Grant): void {
		if (this.#take()) grant();
		else this.enqueue(grant);
	}

	/** Gives back a unit taken by `seize`. */
	free(): void {
		if (this.#held === 0) throw this.env.misuse(`a unit of ${this.name} that is not held was released`, 'free');
		this.next();
	}

	protected enqueue(entry: Request | Grant): void {
		this.queue.push(entry);
	}

	/** The first that waits; those withdrawn before it are forgotten. */
	protected first(): Request | Grant | undefined {
		let entry = this.queue[this.head];
		while (typeof entry === 'object' && entry.state !== 'waiting') entry = this.queue[++this.head];
		return entry;
	}

	protected give(request: Request): void {
		request.state = 'held';
		request.since = this.env.now;
		request.succeed(request);
	}

	/** Hands the unit of one who has just left to the first that waits. */
	protected next(): void {
		const entry = this.#waiting === 0 ? undefined : this.first();
		if (entry === undefined) this.#held--;
		else {
			this.#waiting--;
			this.head++;
			// Cut the used part now and then: cheaper than shifting each time.
			if (this.head > 64 && this.head * 2 > this.queue.length) this.head -= this.queue.splice(0, this.head).length;
		}
		this.observer?.(this);
		if (typeof entry === 'function') entry();
		else if (entry !== undefined) this.give(entry);
	}

	/** Takes a unit if one is free, else counts one more who waits. */
	#take(): boolean {
		const free = this.#held < this.capacity;
		if (free) this.#held++;
		else this.#waiting++;
		this.observer?.(this);
		return free;
	}
}

/** Serves the lowest priority number first, and within one priority the earliest request; `seize` counts as 0. */
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

/**
 * A priority resource whose requests oust: of the processes that hold a unit with a higher priority number, the least
 * urgent, and of these the one that got its unit last, is interrupted; the cause is the request that it lost.
 */
export class PreemptiveResource extends PriorityResource {
	#holders: Request[] = [];

	override request(priority = 0, preempt = true): Request {
		const request = super.request(priority);
		if (preempt && request.state === 'waiting' && this.first() === request) this.#oust(request);
		return request;
	}

	protected override give(request: Request): void {
		this.#holders = this.#holders.filter(({ state }) => state === 'held');
		this.#holders.push(request);
		super.give(request);
	}

	#oust({ priority, process }: Request): void {
		const weak = this.#holders.filter(
			(each) => each.priority > priority && each.state === 'held' && each.process?.alive
		);
		const victim = weak.reverse().sort((a, b) => b.priority - a.priority)[0];
		if (victim === undefined) return;
		victim.process?.interrupt(victim);
		victim.by = process;
		victim.state = 'preempted';
		this.next();
	}
}
