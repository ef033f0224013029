import type { ProcessProfile } from '../process/profile.ts';
import { contextKey } from '../process/routing.ts';
import { type Decision, MEMORY } from './decisions.ts';

type Routing = ProcessProfile['routing'];

/** What followed a context; undefined is the case's end. */
interface Seen {
	after: readonly (string | null)[];
	n: number;
	next: Map<string | undefined, number>;
}
type Contexts = Map<string, Seen>;

/** A longer context seen less often than this says nothing that the shorter one does not. */
const LEAST_SEEN = 5;
const FOLDS = 5;
/** Choosing the memory on a part of a large log is as good. */
const ENOUGH = 60_000;

function count(decisions: readonly Decision[], order: number): Contexts {
	const contexts: Contexts = new Map();
	for (const { past, next } of decisions) {
		for (let length = 1; length <= Math.min(order, past.length); length++) {
			const after = past.slice(-length);
			const key = contextKey(after);
			let seen = contexts.get(key);
			if (seen === undefined) contexts.set(key, (seen = { after, n: 0, next: new Map() }));
			seen.n++;
			seen.next.set(next, (seen.next.get(next) ?? 0) + 1);
		}
	}
	for (const [key, { after, n }] of contexts) if (after.length > 1 && n < LEAST_SEEN) contexts.delete(key);
	return contexts;
}

/** Probability of what followed, escaping from longer to shorter contexts as the simulator does, at last to one of all names. */
function probability(contexts: Contexts, order: number, names: number, past: Decision['past'], next: Decision['next']) {
	let p = 1 / names;
	for (let length = 1; length <= Math.min(order, past.length); length++) {
		const seen = contexts.get(contextKey(past.slice(-length)));
		if (seen === undefined) continue;
		const distinct = seen.next.size;
		p = ((seen.next.get(next) ?? 0) + distinct * p) / (seen.n + distinct);
	}
	return p;
}

/** Mean log-likelihood of decisions of cases left out, for each length of memory from 1. */
function heldOut(decisions: readonly Decision[], names: number): number[] {
	return Array.from({ length: MEMORY }, (_, i) => {
		const order = i + 1;
		let sum = 0;
		for (let fold = 0; fold < FOLDS; fold++) {
			const contexts = count(
				decisions.filter(({ caseNo }) => caseNo % FOLDS !== fold),
				order
			);
			for (const { caseNo, past, next } of decisions)
				if (caseNo % FOLDS === fold) sum += Math.log(probability(contexts, order, names, past, next));
		}
		return sum / decisions.length;
	});
}

/**
 * Which activity follows which: a Markov chain of the order that predicts cases left out best (five folds by case), with
 * Witten and Bell's escape to shorter contexts. A longer context is kept only where it tells more, in nats, than the
 * number of things that follow it.
 */
export function fitRouting(decisions: readonly Decision[]): Routing {
	const names = new Set(decisions.map(({ next }) => next)).size;
	const scores = heldOut(decisions.length > ENOUGH ? decisions.slice(-ENOUGH) : decisions, names);
	const order = scores.indexOf(Math.max(...scores)) + 1;
	const contexts = count(decisions, order);
	const kept = [...contexts.values()].filter((seen) => tells(contexts, order, names, seen));
	kept.sort((a, b) => a.after.length - b.after.length || b.n - a.n);
	return {
		order,
		contexts: kept.map(({ after, next }) => ({
			after: [...after],
			next: Object.fromEntries(
				[...next].filter((entry): entry is [string, number] => entry[0] !== undefined).sort((a, b) => b[1] - a[1])
			),
			end: next.get(undefined) ?? 0
		})),
		goodness: {
			decisions: decisions.length,
			contexts: kept.length,
			heldOutLogLikelihood: Object.fromEntries(scores.map((score, i) => [i + 1, Number(score.toPrecision(5))]))
		}
	};
}

function tells(contexts: Contexts, order: number, names: number, { after, n, next }: Seen): boolean {
	if (after.length === 1) return true;
	const shorter = after.slice(1);
	const gain = next
		.entries()
		.reduce((sum, [name, k]) => sum + k * Math.log(k / n / probability(contexts, order, names, shorter, name)), 0);
	return gain > next.size;
}
