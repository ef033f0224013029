import { untrack } from 'svelte';
import type { Lane } from '#lib/domain/lane.ts';
import { browserClock, wallNow } from '#lib/live/clock.svelte.ts';
import { ask, post, type Outcome, type Refused } from '#lib/live/command.ts';
import type { LabCommand, LabState } from '#lib/protocol/lab.ts';

/** Ms between two questions; so often also others' commands are seen. */
const EVERY = 2_000;

type Asked<T> = T extends { lane: Lane } ? Omit<T, 'lane'> : never;

/** What drives a lane, asked again and again while its component lives and is not held still. Create it while a component starts. */
export class LabWatch {
	readonly #lane: () => Lane;
	readonly #initial: () => LabState;
	#heard = $state.raw<{ state: LabState; at: number } | null>(null);
	/** Counts what was asked, so that an answer that comes late does not undo a newer one. */
	#asked = 0;
	/** Commands under way; one waits for the one before. */
	#commands = 0;
	#queue: Promise<unknown> = Promise.resolve();

	constructor(lane: () => Lane, initial: () => LabState, paused: () => boolean) {
		this.#lane = lane;
		this.#initial = initial;
		$effect(() => {
			const first = initial();
			untrack(() => this.#take(first));
		});
		$effect(() => {
			if (paused()) return;
			const of = lane();
			let cancel = () => {};
			let over = false;
			const look = async (): Promise<void> => {
				const number = ++this.#asked;
				const outcome = await ask<LabState>(`/api/v1/lab?lane=${encodeURIComponent(of)}`);
				if (over) return;
				if (outcome.ok && number === this.#asked && this.#commands === 0) this.#take(outcome.value);
				cancel = browserClock.after(EVERY, () => void look());
			};
			cancel = browserClock.after(EVERY, () => void look());
			return () => {
				over = true;
				cancel();
			};
		});
	}

	get state(): LabState {
		const heard = this.#heard?.state;
		return heard !== undefined && heard.lane === this.#lane() ? heard : this.#initial();
	}

	/** Ms since the state was last heard; null before the page lives. */
	get age(): number | null {
		return this.#heard === null ? null : Math.max(0, wallNow() - this.#heard.at);
	}

	/** Asks something of what drives the lane; null where it was done. */
	run(command: Asked<LabCommand>): Promise<Refused | null> {
		this.#commands += 1;
		const done = this.#queue.then(() => this.#send({ lane: this.#lane(), ...command }));
		this.#queue = done;
		return done;
	}

	async #send(command: LabCommand): Promise<Refused | null> {
		const outcome: Outcome<LabState> = await post('/api/v1/lab', command);
		this.#commands -= 1;
		if (!outcome.ok) return outcome;
		this.#asked += 1;
		this.#take(outcome.value);
		return null;
	}

	#take(state: LabState): void {
		this.#heard = { state, at: browserClock.now() };
	}
}
