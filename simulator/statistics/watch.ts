import type { Request, Resource } from '../kernel/resource.ts';
import type { Sink } from './tally.ts';
import { TimeWeighted } from './time-weighted.ts';

/** A resource, or what stands in for one. */
export type Watched = Pick<Resource, 'count' | 'waiting' | 'capacity'>;

export interface ResourceWatch {
	/** Units in use. */
	readonly inUse: TimeWeighted;
	/** Requests that wait. */
	readonly waiting: TimeWeighted;
	/** Share of the capacity in use so far. */
	utilisation(): number;
	/** Forgets what was before now. */
	reset(): void;
}

/**
 * Watches a resource from now on, beside whoever watches it already. With a roster, whose capacity changes and whose
 * units off duty are held, `seen` is the roster.
 */
export function watch(resource: Resource, seen: Watched = resource): ResourceWatch {
	const env = resource.env;
	const inUse = new TimeWeighted(env.now, seen.count);
	const waiting = new TimeWeighted(env.now, seen.waiting);
	const capacity = new TimeWeighted(env.now, seen.capacity);
	const before = resource.observer;
	resource.observer = (changed) => {
		before?.(changed);
		inUse.change(env.now, seen.count);
		waiting.change(env.now, seen.waiting);
		capacity.change(env.now, seen.capacity);
	};
	return {
		inUse,
		waiting,
		utilisation: () => inUse.integral(env.now) / capacity.integral(env.now),
		reset: () => {
			for (const monitor of [inUse, waiting, capacity]) monitor.reset(env.now);
		}
	};
}

/** Records how long a request waits, when it is granted. */
export function recordWait(request: Request, sink: Sink): void {
	request.listen(() => sink.record(request.env.now - request.madeAt));
}
