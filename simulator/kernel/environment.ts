import { SimulationError } from './error.ts';
import { Condition, SimEvent, Timeout } from './event.ts';
import { Calendar, NORMAL } from './heap.ts';
import { type Activity, Process } from './process.ts';

export type Callback = () => void;

/** One simulated world: its clock in whole ticks, and the calendar that moves it. Knows nothing of the time outside. */
export class Environment {
	readonly #calendar: Calendar<SimEvent | Callback>;
	/** The process whose step is being executed; set by the process itself. */
	running: Process | null = null;
	/** Calendar entries executed so far. */
	processed = 0;
	/** For monitors: sees each entry right before it is executed, and must change nothing. */
	trace: ((time: number, entry: SimEvent | Callback) => void) | null = null;

	constructor(start = 0) {
		this.#calendar = new Calendar(start);
		if (!Number.isSafeInteger(start)) throw this.misuse(`${start} is not a whole number of ticks`, 'start');
	}

	get now(): number {
		return this.#calendar.now;
	}

	/** Starts a process at this tick. The name is what errors call it. */
	process<R>(body: Activity<R>, name = 'process'): Process<R> {
		if (typeof (body as { next?: unknown } | undefined)?.next !== 'function')
			throw this.misuse('a process needs a generator: call the generator function', `start of ${name}`);
		return new Process(this, body, name);
	}

	timeout<T = undefined>(delay: number, value?: T, priority = NORMAL): Timeout<T> {
		return new Timeout(this, delay, value, priority);
	}

	event<T = undefined>(label = 'event'): SimEvent<T> {
		return new SimEvent<T>(this, label);
	}

	anyOf(events: readonly SimEvent[]): Condition {
		return new Condition(this, events, 1, 'any of');
	}

	allOf(events: readonly SimEvent[]): Condition {
		return new Condition(this, events, events.length, 'all of');
	}

	/** The hot path: a plain callback after `delay` ticks, without an event object. Events enter themselves by it. */
	call(delay: number, entry: Callback | SimEvent, priority = NORMAL): void {
		if (!(delay >= 0 && Number.isSafeInteger(delay)) || (priority & 31) !== priority) {
			const what = typeof entry === 'function' ? 'callback' : String(entry);
			if ((priority & 31) !== priority)
				throw this.misuse(`priority ${priority} is not a whole number from 0 to 31`, what);
			throw this.misuse(`the delay ${delay} is ${delay < 0 ? 'negative' : 'not a whole number of ticks'}`, what);
		}
		this.#calendar.push(delay, priority, entry);
	}

	/** Time of the next entry, Infinity when nothing is left. */
	peek(): number {
		return this.#calendar.nextTime;
	}

	/** Executes the next entry. */
	step(): void {
		const time = this.#calendar.nextTime;
		if (time === Infinity) throw this.misuse('nothing is left to do', 'step');
		this.#execute(time);
	}

	/**
	 * Runs until nothing is left, until a time (entries due at that very tick stay for the next run), or until an
	 * event has been processed, whose value it answers.
	 */
	run(until?: number | SimEvent): unknown {
		if (until instanceof SimEvent) {
			while (!until.processed && this.peek() < Infinity) this.step();
			if (!until.processed) throw this.misuse('the awaited event never came: nothing is left to do', String(until));
			if (!until.ok) throw until.outcome();
			return until.value;
		}
		const limit = until ?? Infinity;
		if (limit < this.now) throw this.misuse(`${limit} lies in the past`, 'run');
		if (limit !== Infinity && !Number.isSafeInteger(limit))
			throw this.misuse(`${limit} is not a whole number of ticks`, 'run');
		for (let time = this.peek(); time < limit; time = this.peek()) this.#execute(time);
		if (limit !== Infinity) this.#calendar.now = limit;
		return undefined;
	}

	/** An error placed in this world: the active process, the time, what it waited for last, and what came next. */
	misuse(message: string, next: string, cause?: unknown): SimulationError {
		const process = this.running;
		const entity = process === null ? 'environment' : process.name;
		const previous = process === null ? null : String(process.target ?? 'start');
		return new SimulationError(message, { entity, time: this.now, previous, next }, cause);
	}

	#execute(time: number): void {
		const entry = this.#calendar.pop();
		this.processed++;
		if (this.trace !== null) this.trace(time, entry);
		if (typeof entry === 'function') entry();
		else entry.happen();
	}
}

/** What everything has that processes share. */
export class Facility {
	readonly env: Environment;
	readonly capacity: number;
	readonly name: string;

	constructor(env: Environment, capacity = Infinity, name = new.target.name.toLowerCase()) {
		this.env = env;
		this.capacity = capacity;
		this.name = name;
		if (!(capacity > 0)) throw env.misuse(`the capacity ${capacity} is not above 0`, name);
	}
}

/** Waits for one event inside a process, with its value typed: `const item = yield* wait(store.get())`. */
export function* wait<T>(event: SimEvent<T>): Generator<SimEvent, T, unknown> {
	yield event as SimEvent;
	return event.value;
}
