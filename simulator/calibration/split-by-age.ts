import type { WorkingClock } from '../process/working-clock.ts';
import { bestLaw, secondsOf, type Wait } from './best-law.ts';
import { quantileSorted } from './quantile.ts';

export interface AgePart {
	/** Seconds since the case began, from and below. */
	age: [number, number | null];
	waits: readonly Wait[];
}

/** Leaves of the tree hold at least so many waits; a split is tried on at most so many. */
const LEAST_PART = 40;
const TRIED_ON = 1_500;
const DEPTH = 3;
const AT = [0.25, 0.5, 0.75] as const;
/** BIC must fall by this for the freedom to choose among thresholds. */
const WORTH = 10;

const ageOf = ({ began, at }: Wait): number => (at - began) / 1_000;

/**
 * Waits apart by the age of their case where that predicts them better: a tree of at most three levels, each split at the
 * quartile of age that lowers BIC most. A rule such as "closed after a month in all" shows itself so.
 */
export function splitByAge(waits: readonly Wait[], clock: WorkingClock): AgePart[] {
	return split({ age: [0, null], waits }, clock, DEPTH);
}

function split(part: AgePart, clock: WorkingClock, depth: number): AgePart[] {
	if (depth === 0 || part.waits.length < 2 * LEAST_PART) return [part];
	const tried = thinned(part.waits, TRIED_ON);
	const ages = Float64Array.from(tried, ageOf).sort();
	const whole = chargeOf(tried, clock);
	let best = { bic: whole - WORTH, at: Number.NaN };
	for (const at of new Set(AT.map((p) => Number(quantileSorted(ages, p).toPrecision(6))))) {
		const young = tried.filter((wait) => ageOf(wait) < at);
		const old = tried.filter((wait) => ageOf(wait) >= at);
		if (Math.min(young.length, old.length) < (LEAST_PART * tried.length) / part.waits.length) continue;
		const bic = chargeOf(young, clock) + chargeOf(old, clock);
		if (bic < best.bic) best = { bic, at };
	}
	if (Number.isNaN(best.at)) return [part];
	const [from, below] = part.age;
	const young = part.waits.filter((wait) => ageOf(wait) < best.at);
	const old = part.waits.filter((wait) => ageOf(wait) >= best.at);
	return [
		...split({ age: [from, best.at], waits: young }, clock, depth - 1),
		...split({ age: [best.at, below], waits: old }, clock, depth - 1)
	];
}

/** Of waits that take time, by their best law, and of whether they take any. */
function chargeOf(waits: readonly Wait[], clock: WorkingClock): number {
	const lasting = waits.filter(({ at, until }) => until > at);
	const instant = waits.length - lasting.length;
	const part = (n: number) => (n === 0 ? 0 : -2 * n * Math.log(n / waits.length));
	const chance = part(instant) + part(lasting.length) + Math.log(waits.length);
	const wall = secondsOf(lasting);
	return new Set(wall).size < 2 ? chance : chance + bestLaw(lasting, clock).bic;
}

/** At most so many of them, evenly spread over their order. */
export function thinned<T>(all: readonly T[], most: number): readonly T[] {
	if (all.length <= most) return all;
	return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}
