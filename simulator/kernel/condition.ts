import type { Environment } from './environment.ts';
import { SimEvent } from './event.ts';

/** Waits for a number of other events. Its value lists those that were processed by then, in the order given. */
export class Condition extends SimEvent<readonly SimEvent[]> {
	readonly #events: readonly SimEvent[];
	readonly #needed: number;
	#count = 0;

	constructor(env: Environment, events: readonly SimEvent[], needed: number, label: string) {
		super(env, label);
		this.#events = events;
		this.#needed = Math.min(needed, events.length);
		for (const event of events)
			if (event.env !== env) throw this.misuse('a condition was made of events of different environments');
		if (this.#needed === 0) this.succeed([]);
		for (const event of events) event.listen(this.#check);
	}

	readonly #check = (event: SimEvent): void => {
		// A failure after the condition has been met belongs to somebody else, or stops the run.
		if (this.triggered) return;
		if (!event.ok) {
			event.defused = true;
			this.fail(event.error);
			return;
		}
		this.#count++;
		if (this.#count >= this.#needed) this.succeed(this.#events.filter((each) => each.processed && each.ok));
	};
}
