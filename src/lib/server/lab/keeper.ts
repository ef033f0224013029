import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Clock, type Millis, SECOND } from '../../domain/time.ts';

export interface KeeperPorts {
	lane: Lane;
	clock: Clock;
	submit(
		lane: Lane,
		events: readonly DomainEvent[],
		origin: string
	): Promise<{ status: number; rejected?: readonly unknown[] }>;
	onError?: ((error: unknown) => void) | undefined;
	/** Makes the lane stand still while the log refuses; what it answers lets it go on. */
	stall(): () => void;
}

const ORIGIN = 'simulator';
const RETRY = SECOND;

/** Brings events into the log, however often it takes, and waits; both until it is stopped. */
export class Keeper {
	readonly #ports: KeeperPorts;
	#wake: (() => void) | undefined;
	#stopped = false;

	constructor(ports: KeeperPorts) {
		this.#ports = ports;
	}

	get stopped(): boolean {
		return this.#stopped;
	}

	stop(): void {
		this.#stopped = true;
		this.wake();
	}

	/** Ends the sleep under way. */
	wake(): void {
		this.#wake?.();
	}

	sleep(delay: Millis): Promise<void> {
		if (this.#stopped) return Promise.resolve();
		return new Promise((resolve) => {
			const cancel = this.#ports.clock.after(delay, () => this.#wake?.());
			this.#wake = () => {
				cancel();
				this.#wake = undefined;
				resolve();
			};
		});
	}

	/** Stores a batch, again and again until the log has it; meanwhile the lane stands still. */
	async store(events: readonly DomainEvent[]): Promise<void> {
		if (events.length === 0) return;
		let goOn: (() => void) | undefined;
		for (;;) {
			const problem = await this.#try(events);
			if (problem === undefined) break;
			goOn ??= this.#ports.stall();
			if (this.#stopped) return;
			this.#ports.onError?.(problem);
			await this.sleep(RETRY);
		}
		goOn?.();
	}

	/** What stands in the way of a batch, if it is worth another try. */
	async #try(events: readonly DomainEvent[]): Promise<unknown> {
		const { submit, lane, onError } = this.#ports;
		try {
			const { status, rejected = [] } = await submit(lane, events, ORIGIN);
			if (status === 429 || status === 503) return new Error(`the log answered ${status}`);
			if (rejected.length > 0)
				onError?.(new Error(`the log answered ${status}: ${rejected.length} events are in quarantine`));
			return undefined;
		} catch (error) {
			return error ?? new Error('the log refused');
		}
	}
}
