import { Condition } from './condition.ts';
import { SimulationError } from './error.ts';
import { NORMAL, SimEvent, Timeout } from './event.ts';
import { Calendar } from './heap.ts';
import { type Activity, Process } from './process.ts';

export type Callback = () => void;

/** One simulated world: its clock in whole ticks, and the calendar that moves it. Knows nothing of the time outside. */
export class Environment {
	#now: number;
	#processed = 0;
	readonly #calendar = new Calendar<SimEvent | Callback>();
	/** The process whose step is being executed. */
	running: Process | null = null;

	constructor(start = 0) {
		this.#now = start;
		this.#whole(start, 'start');
	}

	get now(): number {
		return this.#now;
	}

	/** Calendar entries executed so far. */
	get processed(): number {
		return this.#processed;
	}

	/** Name of the active process, for error messages. */
	get active(): string {
		return this.running?.name ?? 'environment';
	}

	/** Starts a process at this tick. The name is what errors call it. */
	process<R>(body: Activity<R>, name = 'process'): Process<R> {
		if (typeof (body as { next?: unknown } | undefined)?.next !== 'function')
			throw new SimulationError('a process needs a generator: call the generator function', this.#place('process'));
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

	/** The hot path: a plain callback after `delay` ticks, without an event object. */
	call(delay: number, callback: Callback, priority = NORMAL): void {
		this.enter(callback, delay, priority);
	}

	/** Puts an entry into the calendar; events do this themselves when triggered. */
	enter(entry: SimEvent | Callback, delay: number, priority: number): void {
		if (!(delay >= 0) || !Number.isInteger(delay)) {
			const label = typeof entry === 'function' ? 'callback' : entry.label;
			const what = delay < 0 ? 'negative' : 'not a whole number of ticks';
			throw new SimulationError(`the delay ${delay} is ${what}`, this.#place(label));
		}
		this.#calendar.push(this.#now + delay, priority, entry);
	}

	/** Time of the next entry, Infinity when nothing is left. */
	peek(): number {
		return this.#calendar.nextTime;
	}

	/** Executes the next entry. */
	step(): void {
		const time = this.#calendar.nextTime;
		if (time === Infinity) throw new SimulationError('nothing is left to do', this.#place('step'));
		this.#now = time;
		this.#processed++;
		const entry = this.#calendar.pop();
		if (typeof entry === 'function') entry();
		else entry.process();
	}

	/**
	 * Runs until nothing is left, until a time (entries due at that very tick stay for the next run), or until an
	 * event has been processed, whose value it answers.
	 */
	run(until?: number | SimEvent): unknown {
		if (until instanceof SimEvent) return this.#runUntilEvent(until);
		const limit = until ?? Infinity;
		if (limit < this.#now) throw new SimulationError(`${limit} lies in the past`, this.#place('run'));
		if (limit !== Infinity) this.#whole(limit, 'run');
		const calendar = this.#calendar;
		for (let time = calendar.nextTime; time < limit; time = calendar.nextTime) {
			this.#now = time;
			this.#processed++;
			const entry = calendar.pop();
			if (typeof entry === 'function') entry();
			else entry.process();
		}
		if (limit !== Infinity) this.#now = limit;
		return undefined;
	}

	#runUntilEvent(event: SimEvent): unknown {
		while (!event.processed) {
			if (this.#calendar.size === 0)
				throw new SimulationError('nothing is left to do, and the awaited event never came', this.#place(event.label));
			this.step();
		}
		if (!event.ok) throw event.error;
		return event.value;
	}

	#whole(time: number, activity: string): void {
		if (!Number.isSafeInteger(time))
			throw new SimulationError(`time ${time} is not a whole number of ticks`, this.#place(activity));
	}

	#place(activity: string): { entity: string; time: number; activity: string } {
		return { entity: this.active, time: this.#now, activity };
	}
}

/** Waits for one event inside a process, with its value typed: `const item = yield* wait(store.get())`. */
export function* wait<T>(event: SimEvent<T>): Generator<SimEvent, T, unknown> {
	yield event as SimEvent;
	return event.value;
}
