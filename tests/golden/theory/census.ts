import { expect } from 'vitest';
import type { Environment } from '../../../simulator/kernel/environment.ts';
import { Flow } from '../../../simulator/statistics/flow.ts';
import { TimeWeighted } from '../../../simulator/statistics/time-weighted.ts';

/** Counts who is present in a part of a model, and how long each who leaves has stayed. */
export class Census {
	readonly level = new TimeWeighted();
	readonly #env: Environment;
	readonly #flow = new Flow();

	constructor(env: Environment) {
		this.#env = env;
	}

	/** Somebody comes; the answer is to be called once, when they go. */
	enter(): () => void {
		const came = this.#env.now;
		this.#flow.enter(came);
		this.level.add(came, 1);
		return () => {
			this.#flow.leave(this.#env.now, this.#env.now - came);
			this.level.add(this.#env.now, -1);
		};
	}

	/** Mean and variance over time of the number present; `run` is what happens meanwhile. */
	during(run: () => void): { mean: number; variance: number } {
		this.level.reset(this.#env.now);
		run();
		return { mean: this.level.mean(this.#env.now), variance: this.level.variance(this.#env.now) };
	}

	/** Little's law on a path from empty to empty: the integral of the number present is the sum of the stays. */
	expectLittle(): void {
		const { number, gap } = this.#flow.little(this.#env.now);
		expect(number).toBeGreaterThan(0);
		expect(gap / number).toBeLessThan(1e-12);
	}
}
