import { HOUR, type Millis } from '../../src/lib/domain/time.ts';
import type { Branch } from '../bank/network.ts';
import type { World } from '../bank/world.ts';
import { poisson } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import { levelOf, type Span } from './impairment.ts';

/** Slices end at the quarters of the clock, so that within one the hour, the day and what is usual are the same. */
const SLICE = HOUR / 4;

export interface More {
	/** Reports an hour and branch at full strength, asked at the beginning of each slice of time. */
	readonly perHour: (branch: Branch) => number;
	/** Set where the reports are false: the device that the next one comes from. */
	readonly device?: () => string;
}

/**
 * Additional reports of one branch as a Poisson process, from now to the end of a fault: only the next one stands in the calendar, and
 * no more than those of a slice are known at once.
 */
export class MoreReports {
	readonly #world: World;
	readonly #fault: Span;
	readonly #branch: Branch;
	readonly #more: More;
	readonly #stream: Stream;
	#until: Millis;
	#coming: readonly Millis[] = [];
	#next = 0;

	constructor(world: World, fault: Span & { readonly name: string }, branch: Branch, more: More) {
		this.#world = world;
		this.#fault = fault;
		this.#branch = branch;
		this.#more = more;
		this.#stream = world.stream(branch.id, `fault ${fault.name}`);
		this.#until = world.env.now;
		this.#slice();
	}

	#slice(): void {
		const { now } = this.#world.env;
		const { end } = this.#fault;
		if (now >= end) return;
		this.#until = Math.min(end, (Math.floor(now / SLICE) + 1) * SLICE);
		const length = this.#until - now;
		const level = levelOf(this.#fault, now + Math.floor(length / 2));
		const number = poisson(this.#stream, (this.#more.perHour(this.#branch) * level * length) / HOUR);
		const times = Array.from({ length: number }, () => now + Math.floor(this.#stream.next() * length));
		this.#coming = times.sort((a, b) => a - b);
		this.#next = 0;
		this.#goOn();
	}

	#goOn(): void {
		const { env } = this.#world;
		const at = this.#coming[this.#next];
		if (at !== undefined) env.call(at - env.now, () => this.#report());
		else env.call(this.#until - env.now, () => this.#slice());
	}

	#report(): void {
		if (this.#world.env.now >= this.#fault.end) return;
		this.#next++;
		this.#world.report(this.#branch, this.#more.device?.());
		this.#goOn();
	}
}
