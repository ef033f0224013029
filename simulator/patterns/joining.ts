import type { SimEvent } from '../kernel/event.ts';
import type { Request, Resource } from '../kernel/resource.ts';
import { bernoulli } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';

/** Probability not to join, given what one sees. */
export type Reluctance = (resource: Resource) => number;

/** Never joins behind so many. */
export function atMost(waiting: number): Reluctance {
	return (resource) => (resource.waiting >= waiting ? 1 : 0);
}

/** Balking: whether one turns away. One draw each time, whatever the queue, so that common chance stays common. */
export function balks(resource: Resource, reluctance: Reluctance, stream: Stream): boolean {
	return bernoulli(stream, reluctance(resource));
}

/**
 * Reneging: waits for a unit at most `patience` ticks and answers whether it came: `if (yield* patiently(request, 90))`.
 * The request of one who gives up is withdrawn; a unit that comes at the last tick counts.
 */
export function* patiently(request: Request, patience: number): Generator<SimEvent, boolean, unknown> {
	const { env, resource } = request;
	if (patience === Infinity) yield request as SimEvent;
	else yield env.anyOf([request as SimEvent, env.timeout(patience)]);
	if (request.state === 'held') return true;
	resource.release(request);
	return false;
}
