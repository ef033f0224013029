import type { Environment } from './environment.ts';
import { Interrupt, SimulationError } from './error.ts';
import { SimEvent, URGENT } from './event.ts';

/** The body of a process: yields events, gets their values back, and may return a value. */
// The sent type depends on what was yielded, which TypeScript cannot express; `wait` gives typed values.
export type Activity<R = void> = Generator<SimEvent, R, unknown>;

/** A running generator. It is itself an event: processed when the generator returns, with its return value. */
export class Process<R = unknown> extends SimEvent<R> {
	readonly name: string;
	readonly #body: Activity<R>;
	#target: SimEvent | null = null;
	#previous = 'start';

	constructor(env: Environment, body: Activity<R>, name: string) {
		super(env, `process ${name}`);
		this.name = name;
		this.#body = body;
		const start = new SimEvent(env, 'start');
		start.listen(this.#resume);
		this.#target = start;
		start.succeed(undefined, URGENT);
	}

	get alive(): boolean {
		return !this.triggered;
	}

	/** What it waits for. */
	get target(): SimEvent | null {
		return this.#target;
	}

	/** Throws an Interrupt into the process at this tick, before anything else that is due. */
	interrupt(reason?: unknown): void {
		if (!this.alive) throw this.misuse(`process ${this.name} was interrupted after its end`);
		if (this.env.active === this.name && this.env.running === this)
			throw this.misuse(`process ${this.name} interrupted itself`);
		const event = new SimEvent(this.env, 'interrupt');
		event.defused = true;
		event.listen(() => {
			if (!this.alive) return;
			this.#target?.unlisten(this.#resume);
			this.#resume(event);
		});
		event.fail(new Interrupt(reason), URGENT);
	}

	readonly #resume = (cause: SimEvent): void => {
		const env = this.env;
		const before = env.running;
		env.running = this as Process;
		let event = cause;
		try {
			for (;;) {
				let step: IteratorResult<SimEvent, R>;
				if (event.ok) step = this.#body.next(event.value);
				else {
					event.defused = true;
					step = this.#body.throw(event.error);
				}
				if (step.done) {
					this.#target = null;
					this.succeed(step.value);
					return;
				}
				const next: unknown = step.value;
				if (!(next instanceof SimEvent)) throw this.#wrong(`yielded ${describe(next)}, which is not an event`);
				if (next.env !== env) throw this.#wrong(`yielded ${next.label} of another environment`);
				this.#previous = next.label;
				if (next.listeners !== null) {
					this.#target = next;
					next.listeners.push(this.#resume);
					return;
				}
				event = next;
			}
		} catch (error) {
			this.#target = null;
			this.fail(this.#located(error));
		} finally {
			env.running = before;
		}
	};

	#located(error: unknown): unknown {
		if (error instanceof SimulationError || error instanceof Interrupt) return error;
		return this.#wrong(error instanceof Error ? error.message : String(error), error);
	}

	#wrong(message: string, cause?: unknown): SimulationError {
		return new SimulationError(
			message,
			{ entity: this.name, time: this.env.now, activity: `after ${this.#previous}` },
			cause
		);
	}
}

function describe(value: unknown): string {
	return value === null || typeof value !== 'object' ? String(value) : `a ${value.constructor.name}`;
}
