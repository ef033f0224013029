import type { Request, Resource } from '../kernel/resource.ts';
import type { Sink } from './tally.ts';
import { TimeWeighted } from './time-weighted.ts';

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

/** Watches a resource from now on, beside whoever watches it already. */
export function watch(resource: Resource): ResourceWatch {
	const env = resource.env;
	const inUse = new TimeWeighted(env.now, resource.count);
	const waiting = new TimeWeighted(env.now, resource.waiting);
	const before = resource.observer;
	resource.observer = (changed) => {
		before?.(changed);
		inUse.change(env.now, changed.count);
		waiting.change(env.now, changed.waiting);
	};
	return {
		inUse,
		waiting,
		utilisation: () => inUse.mean(env.now) / resource.capacity,
		reset: () => {
			inUse.reset(env.now);
			waiting.reset(env.now);
		}
	};
}

/** Records how long a request waits, when it is granted. */
export function recordWait(request: Request, sink: Sink): void {
	request.listen(() => sink.record(request.env.now - request.madeAt));
}
