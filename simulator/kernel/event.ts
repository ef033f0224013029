import type { Environment } from './environment.ts';
import { NORMAL } from './heap.ts';

export { LATE, NORMAL, URGENT } from './heap.ts';

/** What is told when an event is processed: a function, or an object that waits. */
export type Listener = ((event: SimEvent) => void) | { hear(event: SimEvent): void };

export type Condition = SimEvent<readonly SimEvent[]>;

/**
 * Something that will happen once. It is pending until triggered (its outcome is set and it stands in the calendar)
 * and processed when the calendar reaches it and its listeners have been told.
 */
export class SimEvent<T = unknown> {
	readonly env: Environment;
	readonly #label: string | number;
	triggered = false;
	processed = false;
	ok = true;
	/** Set by whoever takes care of a failure; else the failure stops the run. */
	defused = false;
	#outcome: unknown = undefined;
	// Nearly every event has one listener: only the second makes a list.
	#first: Listener | null = null;
	#more: Listener[] | null = null;

	/** What errors call it: by a text, or by the ticks after which it happens. */
	constructor(env: Environment, label: string | number = 'event') {
		this.env = env;
		this.#label = label;
	}

	toString(): string {
		return typeof this.#label === 'number' ? `timeout of ${this.#label}` : this.#label;
	}

	get value(): T {
		if (!this.triggered) throw this.env.misuse('the value of what has not been triggered was read', String(this));
		return this.#outcome as T;
	}

	/** Its value or, when it failed, the error, of which the caller takes care from now on. */
	outcome(): unknown {
		if (!this.ok) this.defused = true;
		return this.#outcome;
	}

	/** Triggers it now. */
	succeed(value?: T, priority = NORMAL): this {
		return this.trigger(true, value, 0, priority);
	}

	/** Triggers it as a failure: the processes that wait for it get the error thrown. */
	fail(error: unknown, priority = NORMAL): this {
		return this.trigger(false, error, 0, priority);
	}

	/** Calls back when it is processed, at once if that has been. */
	listen(listener: Listener): void {
		if (this.processed) tell(listener, this as SimEvent);
		else if (this.#more !== null) this.#more.push(listener);
		else if (this.#first !== null) this.#more = [listener];
		else this.#first = listener;
	}

	unlisten(listener: Listener): void {
		if (this.#first === listener) this.#first = null;
		else if (this.#more !== null) this.#more = this.#more.filter((each) => each !== listener);
	}

	/** Called by the environment when the calendar reaches it. */
	happen(): void {
		this.processed = true;
		if (this.#first !== null) tell(this.#first, this as SimEvent);
		if (this.#more !== null) for (const listener of this.#more) tell(listener, this as SimEvent);
		this.#first = this.#more = null;
		if (!this.ok && !this.defused) throw this.#outcome;
	}

	trigger(ok: boolean, outcome: unknown, delay: number, priority: number): this {
		if (this.triggered) throw this.env.misuse('an event was triggered twice', String(this));
		this.env.call(delay, this as SimEvent, priority);
		this.triggered = true;
		this.ok = ok;
		this.#outcome = outcome;
		return this;
	}
}

function tell(listener: Listener, event: SimEvent): void {
	if (typeof listener === 'function') listener(event);
	else listener.hear(event);
}

/** Waits for a number of other events. Its value lists those that were processed by then, in the order given. */
export function condition(env: Environment, events: readonly SimEvent[], needed: number, label: string): Condition {
	if (events.some((event) => event?.env !== env))
		throw env.misuse('a condition needs events of its own environment', label);
	const met: Condition = new SimEvent(env, label);
	let missing = Math.min(needed, events.length);
	// What fails after it was met belongs to somebody else, or stops the run.
	const hear = (event: SimEvent): void => {
		if (met.triggered) return;
		if (!event.ok) met.fail(event.outcome());
		else if (--missing === 0) met.succeed(events.filter((each) => each.processed && each.ok));
		if (met.triggered) for (const each of events) each.unlisten(hear);
	};
	if (missing === 0) met.succeed([]);
	for (const event of events) if (!met.triggered) event.listen(hear);
	return met;
}
