import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';
import type { Quantiles, Share } from './measures.ts';

export type HeatMeasure = 'wait' | 'handling' | 'overtime' | 'volume';

export interface BranchesParams {
	lane: Lane;
	measure?: HeatMeasure;
	from?: Millis;
	to?: Millis;
	province?: string;
	/** Only this branch. */
	branch?: string;
	/** Which branches come first: by province and city, with the highest value, or by name; default `city`. */
	sort?: HeatSort;
	/** Branches at most, the first in that order; all where it is not named. */
	limit?: number;
}

export type HeatSort = 'city' | 'worst' | 'name';

/** A branch as its lane told it: its id stands for a name that was not told. */
export interface Place {
	id: string;
	name: string;
	city: string;
	province: string;
}

/** Every branch of a lane, by province and city. */
export interface PlacesView {
	branches: Place[];
}

export interface HeatmapView {
	measure: HeatMeasure;
	/** `value` unit: ms for wait and handling (p90), share for overtime, count for volume. */
	range: { from: Millis; to: Millis };
	computedAt: Millis;
	target: number | null;
	branches: Place[];
	/** Branches there are in the lane, or in the province that was asked for; `branches` may be fewer. */
	total?: number;
	/** Every province of the lane, also under a filter. */
	provinces?: string[];
	/** Row-major branch × 168 hours of the week (0 = Monday 00:00, bank's zone); null = no data. */
	values: (number | null)[];
	counts: number[];
}

export interface BranchCellView {
	branchId: string;
	/** Which branch it is; null where the lane knows none of that id. */
	branch: Place | null;
	hourOfWeek: number;
	wait: Quantiles | null;
	handling: Quantiles | null;
	overtime: Share | null;
	volume: number;
	/** Wait p90 per hour of that weekday, the branch's day. */
	day: { hour: number; arrivals: number; waitP90: number | null }[];
	/** Empirical distribution of waits in the cell and of the branch overall: value at each of 21 evenly spaced probabilities, ms. */
	cell: number[] | null;
	usual: number[] | null;
}
