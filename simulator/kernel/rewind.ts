import type { Environment } from './environment.ts';

/**
 * A run that can be taken back, by being made again: `make` must answer the same model each time, with the same chance.
 * What is done from outside goes through `act`, to be repeated. Spares follow at distances (ticks): not all begins anew.
 */
export class Rewindable<M extends { readonly env: Environment }> {
	present: M;
	readonly #make: () => M;
	readonly #distances: readonly number[];
	#spares: M[];
	/** What was done from outside, with its exact place between two entries. */
	#acts: { time: number; processed: number; action: (model: M) => void }[] = [];

	constructor(make: () => M, distances: readonly number[]) {
		this.#make = make;
		this.#distances = distances;
		this.#spares = distances.map(make);
		this.present = make();
	}

	/** Does something to the present model, and again after each rewind to a later moment. */
	act(action: (model: M) => void): void {
		const { now: time, processed } = this.present.env;
		this.#acts.push({ time, processed, action });
		action(this.present);
	}

	/** Moves the spares up, by at most so many ticks each: to be called when there is time. */
	follow(most = Infinity): void {
		for (const [index, spare] of this.#spares.entries()) {
			const place = this.present.env.now - (this.#distances[index] as number);
			this.#forward(spare, Math.min(place, spare.env.now + most));
		}
	}

	/** Goes back to before anything due at `time`, at most to the start; acts from then on never were. */
	rewind(time: number): M {
		if (time > this.present.env.now) throw this.present.env.misuse(`${time} lies ahead`, 'rewind');
		this.#acts = this.#acts.filter((act) => act.time < time);
		const behind = this.#spares.filter(({ env }) => env.now <= time).sort((a, b) => b.env.now - a.env.now);
		this.present = behind.shift() ?? this.#make();
		this.#spares = this.#distances.map(() => behind.shift() ?? this.#make());
		this.#forward(this.present, time);
		return this.present;
	}

	#forward(model: M, time: number): void {
		const { env } = model;
		// What lies before a model's present has been done to it.
		for (const act of this.#acts.filter((each) => each.time >= env.now && each.time < time)) {
			while (env.processed < act.processed) env.step();
			env.run(act.time);
			act.action(model);
		}
		if (time > env.now) env.run(time);
	}
}
