import type { COMPONENTS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Branch } from '../bank/network.ts';

/** What of a site is looked at. */
export interface Part {
	readonly site: string;
	readonly component: (typeof COMPONENTS)[number];
}

/** Groups of people of whom some may stay away: the tellers of branches, and those who serve more than one branch. */
export const GROUPS = ['tellers', 'phone', 'approvers', 'video'] as const;

/** People who work off one line for many branches: those of a province, or of the whole bank where none is named. */
export interface Desk {
	readonly group: Exclude<(typeof GROUPS)[number], 'tellers'>;
	readonly province?: string;
}

/** What may be impaired, and where: the type of place at which each is asked for. */
export interface Places {
	/** Factor on the time of everything the core system does for a branch. */
	core: Branch;
	/** Share of a branch's line that is cut; any at all leaves it without the core. */
	line: Branch;
	/** Share of the messages between the two sites that are lost. */
	link: undefined;
	/** Milliseconds that messages to a payment channel lie in the queue. */
	queue: string;
	/** Share of the messages of a medium that do not leave. */
	gateway: string;
	/** Share of the couriers that stand still. */
	courier: Branch;
	/** Share of the supply of blank cards that is held back. */
	supply: Branch;
	/** Share of a branch's tellers who are absent. */
	staff: Branch;
	/** Share of the people of a desk who are absent. */
	people: Desk;
	/** Share of the questions to the population registry that stay without answer. */
	registry: undefined;
	/** Share of a site's component that does not answer. */
	part: Part;
	/** Factor on the latency of a site's component. */
	latency: Part;
}

export type What = keyof Places;

/** When a fault acts: from `start` on, at full strength `ramp` ms later, over at `end` (ms since the epoch). */
export interface Span {
	readonly start: number;
	readonly end: number;
	readonly ramp: number;
}

/** One thing that a fault takes away at one kind of place. */
export interface Impairment<W extends What = What> {
	readonly what: W;
	/** At full strength: a share, a factor from 1 or milliseconds, as `what` has it. */
	readonly strength: number;
	covers(place: Places[W]): boolean;
}

/** Part of its strength that a fault has at a time, 0 to 1. */
export function levelOf({ start, end, ramp }: Span, at: number): number {
	if (at < start || at >= end) return 0;
	return ramp === 0 ? 1 : Math.min(1, (at - start) / ramp);
}
