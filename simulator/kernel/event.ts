import type { Environment } from './environment.ts';
import { SimulationError } from './error.ts';

export type Listener = (event: SimEvent) => void;

/** Priority of entries at the same tick: lower first. Interrupts and stops are urgent. */
export const URGENT = 0;
export const NORMAL = 1;
export const LATE = 2;

/**
 * Something that will happen once. It is pending until triggered (its outcome is set and it stands in the calendar)
 * and processed when the calendar reaches it and its listeners have been told.
 */
export class SimEvent<T = unknown> {
	readonly env: Environment;
	readonly label: string;
	/** Null once processed. */
	listeners: Listener[] | null = [];
	ok = true;
	/** Set by whoever takes care of a failure; else the failure stops the run. */
	defused = false;
	#triggered = false;
	#value: T | undefined;
	#error: unknown;

	constructor(env: Environment, label = 'event') {
		this.env = env;
		this.label = label;
	}

	get triggered(): boolean {
		return this.#triggered;
	}

	get processed(): boolean {
		return this.listeners === null;
	}

	get value(): T {
		if (!this.#triggered) throw this.misuse('the value of an event that has not been triggered was read');
		return this.#value as T;
	}

	get error(): unknown {
		return this.#error;
	}

	/** Triggers it now. */
	succeed(value?: T, priority = NORMAL): this {
		return this.trigger(value, 0, priority);
	}

	/** Triggers it as a failure: the processes that wait for it get the error thrown. */
	fail(error: unknown, priority = NORMAL): this {
		this.ok = false;
		this.#error = error;
		return this.trigger(undefined, 0, priority);
	}

	/** Calls back when it is processed, at once if that has been. */
	listen(listener: Listener): void {
		if (this.listeners === null) listener(this);
		else this.listeners.push(listener);
	}

	unlisten(listener: Listener): void {
		const index = this.listeners?.indexOf(listener) ?? -1;
		if (index >= 0) this.listeners?.splice(index, 1);
	}

	/** Called by the environment when the calendar reaches it. */
	process(): void {
		const listeners = this.listeners;
		this.listeners = null;
		if (listeners !== null) for (const listener of listeners) listener(this);
		if (!this.ok && !this.defused) throw this.#error;
	}

	protected trigger(value: T | undefined, delay: number, priority: number): this {
		if (this.#triggered) throw this.misuse('an event was triggered twice');
		this.#triggered = true;
		this.#value = value;
		this.env.enter(this, delay, priority);
		return this;
	}

	protected misuse(message: string): SimulationError {
		return new SimulationError(message, { entity: this.env.active, time: this.env.now, activity: this.label });
	}
}

/** Happens a fixed number of ticks after it was made. */
export class Timeout<T = undefined> extends SimEvent<T> {
	constructor(env: Environment, delay: number, value?: T, priority = NORMAL) {
		super(env, 'timeout');
		this.trigger(value, delay, priority);
	}
}
