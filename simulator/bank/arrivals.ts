import { arrivalsOfDay, eachDay } from './load.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

/** Lost cards at each branch's customers, around the clock. `nth` counts a branch's reports of one day. */
export function lossArrivals(world: World, report: (branch: Branch, nth: number, day: number) => void): void {
	const { arrivals } = world.profile;
	for (const branch of world.branches) {
		const stream = world.stream(branch.id, 'arrivals');
		const mean = arrivals.casesPerBranchDay * branch.size;
		eachDay(
			world.env,
			(day) => arrivalsOfDay(stream, day, arrivals.hours, mean * world.days.at(day).factor, arrivals.dailyVariance),
			(nth, day) => report(branch, nth, day)
		);
	}
}
