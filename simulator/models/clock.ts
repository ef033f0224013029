import type { QueueSpec } from './queue.ts';

/** Ticks in the shortest mean time of a model: rounding shows in no figure. */
const FINE = 1_000_000;
/** With fewer of them rounding would show. */
const COARSE = 100;
/** The clock stays well below 2^53, where whole numbers end. */
const LONGEST = 2 ** 50;
/** No draw of these laws is as many times its mean, not in 10^20 draws; of a gamma law as many times (1 + cv²). */
const RARE = 50;

export interface Clock {
	/** Ticks per unit of time. */
	ticks: number;
	/** No wait at a station is as long, in units of time: who has more patience never leaves. */
	longestWait: number;
	/** Why whole ticks cannot tell the times of this model, where they cannot. */
	misfit?: string;
}

/** The clock for a run of so many customers, those of the warm-up included. */
export function clockFor(spec: QueueSpec, customers: number): Clock {
	const { model, lambda, mu, servers = 1, cv2 = 1 } = spec;
	const theta = model === 'mmca' ? (spec.theta ?? 0) : 0;
	const stages = model === 'tandem' ? (spec.stages ?? 2) : 1;
	const wild = model === 'mg1' ? 1 + cv2 : 1;
	// Who waits waits for the services of those ahead, which all servers share; twice their mean is beyond chance.
	const longestWait = ((2 * customers) / servers + RARE * wild) / mu;
	const patience = model === 'mmca' ? longestWait : 0;
	const longest = (2 * customers + RARE) / lambda + stages * longestWait + patience;
	const shortest = 1 / Math.max(lambda, mu, theta);
	const ticks = Math.min(FINE / shortest, LONGEST / longest);
	if (Number.isFinite(ticks) && ticks * shortest >= COARSE) return { ticks, longestWait };
	const times = `the mean times are as short as ${brief(shortest)}, and a run of ${customers} customers may take ${brief(longest)}`;
	return { ticks, longestWait, misfit: `${times}: no clock of whole ticks tells both` };
}

const brief = (value: number): string => String(Number(value.toPrecision(2)));
