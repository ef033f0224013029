import type { Millis } from '../../src/lib/domain/time.ts';
import type { CaseLog } from './case-log.ts';
import type { Decision } from './decisions.ts';
import { lowerBound } from './quantile.ts';

/** What people had in hand, from a log that tells when they began. */
export interface Hands {
	/** Activities whose beginnings are known well enough to tell queue from work. */
	readonly served: ReadonlySet<string>;
	/** How many things a person has in hand at once at most; 1 of whom nothing is known. */
	atOnce(name: string): number;
	/** The last moment up to `at` at which the person got a hand free; -Infinity where all were free all along. */
	freeSince(name: string, at: Millis): Millis;
}

/** An activity is served where it was seen so often, and this share of it was begun by somebody after it could be. */
const SERVED = { n: 20, share: 0.8 };
/** At most so many at once for this share of the time with anything in hand: the rest is forgetting to say that it is done. */
const USUAL = 0.95;

interface Change {
	at: Millis;
	by: 1 | -1;
}

export function handsOf(log: CaseLog, decisions: readonly Decision[], since: Millis): Hands {
	const served = servedIn(decisions);
	const changes = new Map<string, Change[]>();
	for (const { steps } of log.cases) {
		for (const { at, started, resource, activity } of steps) {
			if (started === undefined || resource === undefined || at < since || !served.has(activity)) continue;
			const own = changes.get(resource) ?? [];
			if (own.length === 0) changes.set(resource, own);
			own.push({ at: started, by: 1 }, { at, by: -1 });
		}
	}
	const people = new Map(
		changes.entries().map(([name, own]) => {
			// What ends at a moment makes room for what begins at it, but nothing ends before it began.
			own.sort((a, b) => a.at - b.at || a.by - b.by);
			const atOnce = usualAtOnce(own);
			return [name, { atOnce, freed: freedAt(own, atOnce) }];
		})
	);
	return {
		served,
		atOnce: (name) => people.get(name)?.atOnce ?? 1,
		freeSince(name, at) {
			const freed = people.get(name)?.freed ?? [];
			return freed[lowerBound(freed, at + 1) - 1] ?? -Infinity;
		}
	};
}

function servedIn(decisions: readonly Decision[]): Set<string> {
	const counts = new Map<string, { n: number; known: number }>();
	for (const { next, at, started, resource } of decisions) {
		if (next === undefined) continue;
		const count = counts.get(next) ?? { n: 0, known: 0 };
		count.n++;
		if (started !== undefined && started >= at && resource !== undefined) count.known++;
		counts.set(next, count);
	}
	const enough = counts.entries().filter(([, { n, known }]) => n >= SERVED.n && known >= SERVED.share * n);
	return new Set(enough.map(([activity]) => activity));
}

function usualAtOnce(changes: readonly Change[]): number {
	const spent: number[] = [];
	let held = 0;
	changes.forEach(({ at, by }, i) => {
		held += by;
		const next = changes[i + 1];
		if (held > 0 && next !== undefined) spent[held] = (spent[held] ?? 0) + next.at - at;
	});
	const total = spent.reduce((sum, ms) => sum + ms, 0);
	let sum = 0;
	for (let k = 1; k < spent.length; k++) {
		sum += spent[k] ?? 0;
		if (sum >= USUAL * total) return k;
	}
	return 1;
}

/** Moments at which a full pair of hands got one free. */
function freedAt(changes: readonly Change[], atOnce: number): Millis[] {
	let held = 0;
	return changes.flatMap(({ at, by }) => {
		held += by;
		return by === -1 && held === atOnce - 1 ? [at] : [];
	});
}
