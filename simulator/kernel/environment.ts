import { SimulationError } from './error.ts';
import { type Condition, condition, SimEvent } from './event.ts';
import { Calendar, NORMAL } from './heap.ts';
import { type Activity, Process } from './process.ts';

export type Callback = () => void;

/** One simulated world: its clock in whole ticks, and the calendar that moves it. Knows nothing of the time outside. */
export class Environment {
	readonly #calendar = new Calendar<SimEvent | Callback>();
	/** The process whose step is being executed; set by the process itself. */
	running: Process | null = null;
	/** Calendar entries executed so far. */
	processed = 0;
	/** For monitors: sees each entry right before it is executed, and must change nothing. */
	trace: ((time: number, entry: SimEvent | Callback) => void) | null = null;

	constructor(start = 0) {
		this.#calendar.now = start;
		if (!Number.isSafeInteger(start)) throw this.misuse(`${start} is not a whole number of ticks`, 'start');
	}

	get now(): number {
		return this.#calendar.now;
	}

	/** Starts a process at this tick. The name is what errors call it. */
	process<R>(body: Activity<R>, name = 'process'): Process<R> {
		return new Process(this, body, name);
	}

	timeout<T = undefined>(delay: number, value?: T, priority = NORMAL): SimEvent<T> {
		return new SimEvent<T>(this, delay).trigger(true, value, delay, priority);
	}

	event<T = undefined>(label = 'event'): SimEvent<T> {
		return new SimEvent<T>(this, label);
	}

	anyOf(events: readonly SimEvent[]): Condition {
		return condition(this, events, 1, 'any of');
	}

	allOf(events: readonly SimEvent[]): Condition {
		return condition(this, events, events.length, 'all of');
	}

	/** The hot path: a plain callback after `delay` ticks, without an event object. Events enter themselves by it. */
	call(delay: number, entry: Callback | SimEvent, priority = NORMAL): void {
		if (!Number.isInteger(delay)) throw this.misuse(`the delay ${delay} is not a whole number of ticks`, called(entry));
		if (!(delay >= 0 && this.#calendar.now + delay <= Number.MAX_SAFE_INTEGER))
			throw this.misuse(`the delay ${delay} ${delay < 0 ? 'is negative' : 'leads past the last tick'}`, called(entry));
		if ((priority & 31) !== priority)
			throw this.misuse(`priority ${priority} is not a whole number from 0 to 31`, called(entry));
		this.#calendar.push(delay, priority, entry);
	}

	/** Time of the next entry, Infinity when nothing is left. */
	peek(): number {
		return this.#calendar.nextTime;
	}

	/** Executes the next entry. */
	step(): void {
		if (this.peek() === Infinity) throw this.misuse('nothing is left to do', 'step');
		const entry = this.#calendar.pop();
		this.processed++;
		try {
			if (this.trace !== null) this.trace(this.now, entry);
			if (typeof entry === 'function') entry();
			else entry.happen();
		} catch (error) {
			throw this.located(error, called(entry));
		}
	}

	/** Runs until nothing is left, until before a time, or until an event has been processed, whose value it answers. */
	run(until: number | SimEvent = Infinity): unknown {
		if (until instanceof SimEvent) {
			while (!until.processed && this.peek() < Infinity) this.step();
			if (!until.processed) throw this.misuse('the awaited event never came: nothing is left to do', String(until));
			if (!until.ok) throw this.located(until.outcome(), String(until));
			return until.value;
		}
		if (until < this.now) throw this.misuse(`${until} lies in the past`, 'run');
		if (until !== Infinity && !Number.isSafeInteger(until))
			throw this.misuse(`${until} is not a whole number of ticks`, 'run');
		while (this.peek() < until) this.step();
		if (until !== Infinity) this.#calendar.now = until;
	}

	/** An error placed in this world: the active process, the time, what it waited for last, and what came next. */
	misuse(message: string, next: string, cause?: unknown): SimulationError {
		const process = this.running;
		const entity = process?.name ?? 'environment';
		const previous = process === null ? null : String(process.target ?? 'start');
		return new SimulationError(message, { entity, time: this.now, previous, next }, cause);
	}

	/** Places what a model threw; what has its place keeps it. */
	located(error: unknown, next = 'not reached'): SimulationError {
		if (error instanceof SimulationError) return error;
		return this.misuse(error instanceof Error ? error.message : String(error), next, error);
	}
}

/** What errors call an entry of the calendar: a callback by the name of its function, where it has one. */
function called(entry: SimEvent | Callback): string {
	return typeof entry === 'function' ? `callback ${entry.name}`.trimEnd() : String(entry);
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
