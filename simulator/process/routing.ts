import { Categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import type { ProcessProfile } from './profile.ts';

/** The case's beginning among past activities. */
export const BEGIN = null;
type Past = readonly (string | null)[];

/** Answers the next activity, or undefined where the case ends. */
export type Router = (past: Past, stream: Stream) => string | undefined;

export const contextKey = (after: Past): string => JSON.stringify(after);

/**
 * Draws what follows from the longest known context, escaping to a shorter one with Witten and Bell's probability
 * d / (n + d), where n is how often the context was seen and d how many things followed it (Witten and Bell 1991).
 */
export function router({ order, contexts }: ProcessProfile['routing']): Router {
	const known = new Map(
		contexts.map(({ after, next, end }) => {
			const names: (string | undefined)[] = Object.keys(next);
			const counts = Object.values(next);
			if (end > 0) {
				names.push(undefined);
				counts.push(end);
			}
			const n = counts.reduce((sum, count) => sum + count, 0);
			return [contextKey(after), { choice: new Categorical(names, counts), stay: n / (n + names.length) }] as const;
		})
	);
	return (past, stream) => {
		for (let length = Math.min(order, past.length); length >= 1; length--) {
			const context = known.get(contextKey(past.slice(-length)));
			if (context !== undefined && (length === 1 || stream.next() < context.stay)) return context.choice.draw(stream);
		}
		// An activity that was never followed by anything ends its case.
		return undefined;
	};
}
