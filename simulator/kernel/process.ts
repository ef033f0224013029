import type { Environment } from './environment.ts';
import { Interrupt, type SimulationError } from './error.ts';
import { SimEvent } from './event.ts';
import { URGENT } from './heap.ts';

/** The body of a process: yields events, gets their values back, and may return a value. */
// The sent type depends on what was yielded, which TypeScript cannot express; `wait` gives typed values.
export type Activity<R = void> = Generator<SimEvent, R, unknown>;

/** A running generator. It is itself an event: processed when the generator returns, with its return value. */
export class Process<R = unknown> extends SimEvent<R> {
	readonly name: string;
	/** What it waits for or, while it is active, has waited for last; null before its first wait. */
	target: SimEvent | null = null;
	readonly #body: Activity<R>;

	constructor(env: Environment, body: Activity<R>, name: string) {
		super(env, `process ${name}`);
		this.name = name;
		this.#body = body;
		const given = body as { next?: unknown; taken?: true } | undefined;
		if (typeof given?.next !== 'function' || given.taken)
			throw env.misuse('a process needs a generator: call the generator function, anew for each', `start of ${name}`);
		given.taken = true;
		// It stands in the calendar twice: now to start, later to tell that it has ended.
		env.call(0, this as Process, URGENT);
	}

	get alive(): boolean {
		return !this.triggered;
	}

	/** Throws an Interrupt into the process at this tick, before anything else that is due and not urgent. */
	interrupt(cause?: unknown): void {
		const next = `interrupt of ${this.name}`;
		if (!this.alive) throw this.env.misuse(`process ${this.name} was interrupted after its end`, next);
		if (this.env.running === this) throw this.env.misuse(`process ${this.name} interrupted itself`, next);
		const strike = (): void => {
			if (!this.alive) return;
			this.target?.unlisten(this);
			this.#run(false, new Interrupt(cause));
		};
		this.env.call(0, strike, URGENT);
	}

	override happen(): void {
		if (this.triggered) super.happen();
		else this.#run(true, undefined);
	}

	/** Called by the event it waits for. */
	hear(event: SimEvent): void {
		this.#run(event.ok, event.outcome());
	}

	#run(ok: boolean, given: unknown): void {
		const before = this.env.running;
		this.env.running = this as Process;
		try {
			for (;;) {
				const step = ok ? this.#body.next(given) : this.#body.throw(given);
				if (step.done) return void this.succeed(step.value);
				const event = step.value;
				if ((event as SimEvent | undefined)?.env !== this.env) throw this.#rubbish(event);
				this.target = event;
				if (!event.processed) return event.listen(this);
				ok = event.ok;
				given = event.outcome();
			}
		} catch (error) {
			// Also an interrupt nobody caught, or those who wait would take it for their own.
			this.fail(this.env.located(error));
		} finally {
			this.env.running = before;
		}
	}

	#rubbish(given: unknown): SimulationError {
		const what = given instanceof SimEvent || Object(given) !== given ? String(given) : 'an object';
		const wrong = given instanceof SimEvent ? 'of another environment' : 'which is not an event';
		return this.env.misuse(`yielded ${what}, ${wrong}`, `wait for ${what}`);
	}
}
