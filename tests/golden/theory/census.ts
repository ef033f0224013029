import { expect } from 'vitest';
import type { Environment } from '../../../simulator/kernel/environment.ts';

/** Counts who is present: the integral over time of their number and of its square, and the sum of their stays, in ticks. */
export class Census {
	present = 0;
	/** Those who have left, and the sum of how long they stayed. */
	left = 0;
	stays = 0;
	readonly #env: Environment;
	#area = 0;
	#squares = 0;
	#since = 0;

	constructor(env: Environment) {
		this.#env = env;
	}

	/** Somebody comes; the answer is to be called once, when they go. */
	enter(): () => void {
		const came = this.#env.now;
		this.#change(1);
		return () => {
			this.#change(-1);
			this.left++;
			this.stays += this.#env.now - came;
		};
	}

	read(): { at: number; area: number; squares: number; left: number; stays: number } {
		this.#change(0);
		return { at: this.#env.now, area: this.#area, squares: this.#squares, left: this.left, stays: this.stays };
	}

	#change(by: number): void {
		const passed = this.#env.now - this.#since;
		this.#area += this.present * passed;
		this.#squares += this.present ** 2 * passed;
		this.#since = this.#env.now;
		this.present += by;
	}
}

/** Little's law on a path from empty to empty: the integral of the number present is the sum of the stays. */
export function expectLittle(census: Census): void {
	const { area, stays } = census.read();
	expect(census.present).toBe(0);
	expect(stays).toBeGreaterThan(0);
	expect(area / stays).toBeCloseTo(1, 12);
}
