import type { LocalDays } from '../process/local-days.ts';
import type { ProcessProfile } from '../process/profile.ts';
import type { Decision } from './decisions.ts';
import { fitShifts } from './fit-shifts.ts';
import type { Hands } from './hands.ts';
import { quantileSorted } from './quantile.ts';
import { tally } from './tally.ts';

type People = ProcessProfile['people'];

/** Who was seen less often than this is in no list: the hours of a week could not be told. */
const LEAST_SEEN = 20;
const MOST_PEOPLE = 300;
/** As many times of one's own weigh as much as the belief that all are alike. */
const SHRINK = 10;

/** A speed from so many logarithms of it, shrunk towards 1. */
export const shrunkSpeed = (log: number, n: number): number =>
	Number(Math.exp((log * n) / (n + SHRINK)).toPrecision(4));

/**
 * Each person's hours, hands and speed. The speed here is the median of ln(usual wait / own wait) over transitions of
 * activities whose beginning is not known: such a wait includes its queue, so it is the speed of turning round.
 */
export function fitPeople(decisions: readonly Decision[], hands: Hands, days: LocalDays): People {
	const waits = new Map<string, number[]>();
	const transition = ({ past, next }: Decision) => JSON.stringify([past.at(-1), next]);
	const wait = ({ at, until }: Decision) => until - at;
	const lasts = (one: Decision) => wait(one) > 0 && !hands.served.has(one.next!);
	const seen = new Map<string, Decision[]>();
	for (const decision of decisions) {
		if (decision.next === undefined) continue;
		if (decision.resource !== undefined) {
			const own = seen.get(decision.resource);
			if (own === undefined) seen.set(decision.resource, [decision]);
			else own.push(decision);
		}
		if (lasts(decision)) {
			const list = waits.get(transition(decision));
			if (list === undefined) waits.set(transition(decision), [wait(decision)]);
			else list.push(wait(decision));
		}
	}
	const usual = new Map(
		waits.entries().map(([key, list]) => [key, quantileSorted(Float64Array.from(list).sort(), 0.5)])
	);
	return [...seen]
		.filter(([, own]) => own.length >= LEAST_SEEN)
		.sort((a, b) => b[1].length - a[1].length)
		.slice(0, MOST_PEOPLE)
		.map(([name, own]) => {
			const ratios = own.filter(lasts).map((one) => Math.log(usual.get(transition(one))! / wait(one)));
			const median = ratios.length === 0 ? 0 : quantileSorted(Float64Array.from(ratios).sort(), 0.5);
			const speed = shrunkSpeed(median, ratios.length);
			return {
				name,
				n: own.length,
				speed,
				speedN: ratios.length,
				fittedSpeed: speed,
				atOnce: hands.atOnce(name),
				shifts: fitShifts(own, days),
				does: tally(own.map(({ next }) => next))
			};
		});
}
