import type { Environment } from './environment.ts';

/**
 * A run that can be taken back. Generators cannot be copied, so going back means being made again: `make` must answer
 * the same model each time, with the same chance, and what is done to it from outside goes through `act`, which is
 * repeated. Spare models follow at the given distances (ticks) behind the present, so that not all begins anew.
 */
export class Rewindable<M extends { readonly env: Environment }> {
	present: M;
	readonly #make: () => M;
	readonly #distances: readonly number[];
	#spares: M[];
	/** What was done from outside, with its exact place between two entries. */
	#acts: { time: number; processed: number; action: (model: M) => void }[] = [];
	readonly #seen = new WeakMap<M, number>();

	constructor(make: () => M, distances: readonly number[]) {
		this.#make = make;
		this.#distances = distances;
		this.#spares = distances.map(make);
		this.present = make();
	}

	/** Does something to the present model, and again after each rewind to a later moment. */
	act(action: (model: M) => void): void {
		const { now: time, processed } = this.present.env;
		this.#seen.set(this.present, this.#acts.push({ time, processed, action }));
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
		let seen = this.#seen.get(model) ?? 0;
		for (let act = this.#acts[seen]; act !== undefined && act.time < time; act = this.#acts[++seen]) {
			while (env.processed < act.processed) env.step();
			env.run(act.time);
			act.action(model);
		}
		this.#seen.set(model, seen);
		if (time > env.now) env.run(time);
	}
}
