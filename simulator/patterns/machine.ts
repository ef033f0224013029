import type { Environment } from '../kernel/environment.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Activity } from '../kernel/process.ts';
import type { Resource } from '../kernel/resource.ts';

export interface Wear {
	/** Draws ticks until the next failure. */
	readonly life: () => number;
	/** Draws ticks of a repair. */
	readonly repair: () => number;
	/** Whether it ages all the time or only while it works. */
	readonly ages: 'always' | 'in use';
	/** Whose unit a repair needs; without one repairs start at once. */
	readonly crew?: Resource;
}

/** Something that fails and is repaired. Its work stops meanwhile and goes on where it stopped. */
export class Machine {
	readonly name: string;
	readonly #env: Environment;
	readonly #wear: Wear;
	#up = true;
	#failures = 0;
	#downtime = 0;
	/** Left until the next failure, while it ages in use. */
	#life: number;
	#failure: SimEvent<undefined>;
	#repaired: SimEvent<undefined>;

	constructor(env: Environment, wear: Wear, name = 'machine') {
		this.name = name;
		this.#env = env;
		this.#wear = wear;
		this.#failure = env.event(`failure of ${name}`);
		this.#repaired = env.event(`repair of ${name}`);
		this.#life = this.#nextLife();
		if (wear.ages === 'always') env.process(this.#age(), `wear of ${name}`);
	}

	get up(): boolean {
		return this.#up;
	}

	get failures(): number {
		return this.#failures;
	}

	/** Ticks down so far, without a repair that goes on. */
	get downtime(): number {
		return this.#downtime;
	}

	/**
	 * Works for so many ticks, not counting repairs: `yield* machine.work(40)`. One that ages in use does one work at a
	 * time; hold a resource around it.
	 */
	work(ticks: number): Activity {
		return this.#wear.ages === 'always' ? this.#workBetween(ticks) : this.#workAndAge(ticks);
	}

	*#workBetween(ticks: number): Activity {
		for (let left = ticks; left > 0;) {
			if (!this.#up) yield this.#repaired as SimEvent;
			const began = this.#env.now;
			yield this.#env.anyOf([this.#env.timeout(left), this.#failure as SimEvent]);
			left -= this.#env.now - began;
		}
	}

	*#workAndAge(ticks: number): Activity {
		for (let left = ticks; left > 0;) {
			const step = Math.min(left, this.#life);
			yield this.#env.timeout(step);
			left -= step;
			this.#life -= step;
			if (this.#life === 0) yield* this.#mend();
		}
	}

	*#age(): Activity {
		for (;;) {
			yield this.#env.timeout(this.#life);
			yield* this.#mend();
		}
	}

	*#mend(): Activity {
		const env = this.#env;
		const since = env.now;
		this.#up = false;
		this.#failures++;
		this.#failure.succeed();
		this.#failure = env.event(`failure of ${this.name}`);
		const crew = this.#wear.crew?.request();
		if (crew) yield crew as SimEvent;
		yield env.timeout(Math.max(0, Math.round(this.#wear.repair())));
		if (crew) crew.resource.release(crew);
		this.#up = true;
		this.#downtime += env.now - since;
		this.#life = this.#nextLife();
		this.#repaired.succeed();
		this.#repaired = env.event(`repair of ${this.name}`);
	}

	#nextLife(): number {
		return Math.max(1, Math.round(this.#wear.life()));
	}
}
