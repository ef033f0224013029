import type { Law, ProcessProfile } from '../process/profile.ts';
import type { WorkingClock } from '../process/working-clock.ts';
import { bestLaw, type Candidate, type Only, secondsOf, type Wait } from './best-law.ts';
import type { Decision } from './decisions.ts';
import { splitByAge, thinned } from './split-by-age.ts';
import type { Parametric } from './families.ts';

type Duration = ProcessProfile['durations'][number];

/** Fewer waits than this are pooled with those of other ways to the same activity. */
export const LEAST_WAITS = 20;
/** A law further than this from the waits, in distribution function, is replaced by the waits themselves; small samples may be off by chance. */
const FAR = 0.05;
const POINTS = 400;

const poolsLast = ({ from, to }: { from: string | null; to: string | null }): number =>
	to === null ? 2 : from === null ? 1 : 0;
/** More waits than this of one group are thinned evenly: the law is the same. */
const ENOUGH = 20_000;

/** BIC must fall by this for the speeds that were learnt elsewhere. */
const WORTH = 10;

const round = (value: number): number => Number(value.toPrecision(6));

/**
 * Waits that decisions saw, by transition and age of the case. Pools hold all waits into an activity, and all there are.
 * `speedOf` knows the people.
 */
export function fitDurations(
	decisions: readonly Decision[],
	clock: WorkingClock,
	speedOf: (name: string | undefined) => number
): Duration[] {
	const groups = new Map<string, { from: string | null; to: string | null; waits: Wait[] }>();
	for (const decision of decisions) {
		const from = decision.past.at(-1);
		const { next: to, at, until, began } = decision;
		if (typeof from !== 'string' || to === undefined) continue;
		const wait: Wait = { at, until, began, speed: speedOf(decision.resource) };
		for (const [a, b] of [
			[from, to],
			[null, to],
			[null, null]
		] as const) {
			const key = JSON.stringify([a, b]);
			let group = groups.get(key);
			if (group === undefined) groups.set(key, (group = { from: a, to: b, waits: [] }));
			group.waits.push(wait);
		}
	}
	const fitted = [...groups.values()]
		.filter(({ from, to, waits }) => to === null || waits.length >= (from === null ? 2 : LEAST_WAITS))
		.sort((a, b) => poolsLast(a) - poolsLast(b) || b.waits.length - a.waits.length)
		.flatMap(({ from, to, waits }) =>
			splitByAge(waits, clock).map(({ age, waits: part }) => ({ from, to, age, ...fitWaits(part, clock) }))
		);
	if (fitted.some(({ to }) => to === null)) return fitted;
	const law = { family: 'empirical' as const, points: [0] };
	return [...fitted, { from: null, to: null, age: [0, null], clock: 'wall', instant: 1, law, n: 0, perPerson: false }];
}

/**
 * The law of one group of waits: those of no time apart, then the best family by BIC on either clock, and that of a person
 * of speed 1 where people differ in it. `only` leaves out what need not be tried.
 */
export function fitWaits(
	all: readonly Wait[],
	clock: WorkingClock,
	only: Only = {}
): Omit<Duration, 'from' | 'to' | 'age'> {
	const waits = thinned(all, ENOUGH);
	const lasting = waits.filter(({ at, until }) => until > at);
	const instant = round(1 - lasting.length / waits.length);
	const n = all.length;
	const wall = secondsOf(lasting);
	if (new Set(wall).size < 2) {
		const points = wall.length > 0 ? [wall[0]!] : [0];
		const law = { family: 'empirical' as const, points };
		return { clock: 'wall', instant, n, law, perPerson: false, goodness: { n: wall.length } };
	}
	const best = withSpeeds(lasting, clock, only);
	const close = best.ks <= Math.max(FAR, 1.36 / Math.sqrt(best.sorted.length));
	const law: Law = close ? rounded(best.law) : { family: 'empirical', points: pointsOf(best.sorted) };
	return {
		clock: best.clock,
		instant,
		n,
		law,
		perPerson: best.perPerson,
		...(close ? { most: round(best.sorted.at(-1)!) } : {}),
		goodness: {
			n: best.sorted.length,
			aic: round(best.aic),
			bic: round(best.bic),
			ks: round(best.ks),
			...(close ? {} : { nearest: best.law.family })
		}
	};
}

/** The best law, by whichever of raw waits and waits at speed 1 tells more: a rule such as "after 15 days" knows no person. */
function withSpeeds(lasting: readonly Wait[], clock: WorkingClock, only: Only): Candidate {
	if (only.perPerson !== undefined) return bestLaw(lasting, clock, only);
	const raw = bestLaw(lasting, clock, only);
	if (lasting.every(({ speed = 1 }) => speed === 1)) return raw;
	const scaled = bestLaw(lasting, clock, { ...only, perPerson: true });
	return scaled.bic < raw.bic - WORTH ? scaled : raw;
}

/** Ascending means of equal shares of the values: they keep the mean, which quantiles of a long tail do not. */
function pointsOf(sorted: Float64Array): number[] {
	const parts = Math.min(POINTS, sorted.length);
	return Array.from({ length: parts }, (_, i) => {
		const part = sorted.subarray(
			Math.floor((i * sorted.length) / parts),
			Math.floor(((i + 1) * sorted.length) / parts)
		);
		return round(part.reduce((sum, value) => sum + value, 0) / part.length);
	});
}

function rounded(law: Parametric): Parametric {
	return JSON.parse(JSON.stringify(law), (_, value: unknown) =>
		typeof value === 'number' ? round(value) : value
	) as Parametric;
}
