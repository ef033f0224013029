import type { Environment } from '../kernel/environment.ts';
import type { SimEvent } from '../kernel/event.ts';
import { Categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import type { Worker } from './people.ts';

/** One who works, and what they have in hand. */
interface Hand {
	readonly worker: Worker;
	inHand: number;
	/** Whether the calendar will call at the beginning of their next shift. */
	called: boolean;
}

interface Ticket {
	/** Order of asking. */
	readonly no: number;
	readonly granted: SimEvent<Worker>;
}

/**
 * The people of a process, and what waits for them: first come, first served, by whoever is able, on shift and has a hand
 * free; among several the one who does it more often is likelier. Who is at work when the shift ends finishes.
 */
export class Crew {
	readonly #env: Environment;
	readonly #hands: Hand[];
	readonly #able = new Map<string, Hand[]>();
	readonly #queues = new Map<string, Ticket[]>();
	#asked = 0;

	constructor(env: Environment, workers: readonly Worker[]) {
		this.#env = env;
		this.#hands = workers.map((worker) => ({ worker, inHand: 0, called: false }));
		for (const hand of this.#hands) {
			for (const activity of Object.keys(hand.worker.does)) {
				const able = this.#able.get(activity);
				if (able === undefined) this.#able.set(activity, [hand]);
				else able.push(hand);
			}
		}
	}

	/** Yield it to wait for somebody; `free` gives them back. Where nobody is able it never happens. */
	ask(activity: string, stream: Stream): SimEvent<Worker> {
		const granted = this.#env.event<Worker>(`somebody for ${activity}`);
		const able = this.#able.get(activity) ?? [];
		const ready = able.filter(
			({ worker, inHand }) => inHand < worker.atOnce && worker.onShift(this.#env.now) && worker.weekly > 0
		);
		if (ready.length > 0) {
			const weights = ready.map(({ worker }) => worker.does[activity]!);
			const hand = ready.length === 1 ? ready[0]! : new Categorical(ready, weights).draw(stream);
			hand.inHand++;
			return granted.succeed(hand.worker);
		}
		const queue = this.#queues.get(activity);
		const ticket = { no: this.#asked++, granted };
		if (queue === undefined) this.#queues.set(activity, [ticket]);
		else queue.push(ticket);
		for (const hand of able) this.#callAtShift(hand);
		return granted;
	}

	free(worker: Worker): void {
		const hand = this.#hands.find((one) => one.worker === worker)!;
		hand.inHand--;
		this.#take(hand);
	}

	/** Takes what has waited longest, as long as there is a hand free. */
	#take(hand: Hand): void {
		const { worker } = hand;
		while (hand.inHand < worker.atOnce) {
			const queue = this.#longest(worker);
			if (queue === undefined) return;
			if (!worker.onShift(this.#env.now)) return this.#callAtShift(hand);
			hand.inHand++;
			queue.shift()!.granted.succeed(worker);
		}
	}

	#longest({ does }: Worker): Ticket[] | undefined {
		let longest: Ticket[] | undefined;
		for (const activity of Object.keys(does)) {
			const queue = this.#queues.get(activity);
			if (queue?.[0] !== undefined && (longest === undefined || queue[0].no < longest[0]!.no)) longest = queue;
		}
		return longest;
	}

	#callAtShift(hand: Hand): void {
		const { now } = this.#env;
		const next = hand.worker.nextShift(now);
		// Who is on shift is busy, and looks again when a hand gets free.
		if (hand.called || next === Infinity || next === now) return;
		hand.called = true;
		this.#env.call(next - now, () => {
			hand.called = false;
			this.#take(hand);
		});
	}
}
