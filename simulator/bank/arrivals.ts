import type { Stream } from '../random/stream.ts';
import { hourOf, midnight } from './bank-time.ts';
import { arrivalsOfDay, dailyFactor, eachDay } from './load.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

/** Lost cards at each branch's customers, around the clock. `nth` counts a branch's reports of one day. */
export function lossArrivals(world: World, report: (branch: Branch, nth: number, day: number) => void): void {
	const { arrivals } = world.profile;
	const { hours } = arrivals;
	const total = hours.reduce((sum, weight) => sum + weight, 0);
	const loads = new Map<Branch, DailyLoad>();
	for (const branch of world.branches) {
		const stream = world.stream(branch.id, 'arrivals');
		const load = new DailyLoad(world, branch, stream);
		loads.set(branch, load);
		eachDay(
			world.env,
			(day) => arrivalsOfDay(stream, day, hours, load.of(day), 0),
			(nth, day) => report(branch, nth, day)
		);
	}
	world.usualReports = (branch) => {
		const { now } = world.env;
		const weight = hours[hourOf(now)] ?? 0;
		return weight === 0 ? 0 : ((loads.get(branch)?.of(midnight(now)) ?? 0) * weight) / total;
	};
}

/** The mean number of a branch's reports on a day. Its luck is drawn by whoever asks first, before the day's arrivals are. */
class DailyLoad {
	readonly #world: World;
	readonly #stream: Stream;
	readonly #plain: number;
	#day = NaN;
	#mean = 0;

	constructor(world: World, branch: Branch, stream: Stream) {
		this.#world = world;
		this.#stream = stream;
		this.#plain = world.profile.arrivals.casesPerBranchDay * branch.size;
	}

	of(day: number): number {
		if (day !== this.#day) {
			this.#day = day;
			const { days, profile } = this.#world;
			this.#mean = this.#plain * days.at(day).factor * dailyFactor(this.#stream, profile.arrivals.dailyVariance);
		}
		return this.#mean;
	}
}
