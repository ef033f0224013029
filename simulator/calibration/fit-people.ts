import { WEEKDAYS, type Weekday } from '../../src/lib/domain/sla/calendar-schema.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays } from '../process/local-days.ts';
import type { ProcessProfile } from '../process/profile.ts';
import type { Decision } from './decisions.ts';
import { quantileSorted } from './quantile.ts';
import { tally } from './tally.ts';

type People = ProcessProfile['people'];

/** Who was seen less often than this is in no list: the hours of a week could not be told. */
const LEAST_SEEN = 20;
const MOST_PEOPLE = 300;
/** An hour belongs to a shift where at least this share of a person's events of that weekday fall. */
const IN_SHIFT = 0.02;
/** As many waits of one's own weigh as much as the belief that all are alike. */
const SHRINK = 10;

/**
 * Each person's hours and speed. Speed is the median of ln(usual wait / own wait) over transitions, shrunk for few waits;
 * where a log records only ends, the wait before an activity includes its queue, so it is the speed of turning round.
 */
export function fitPeople(decisions: readonly Decision[], days: LocalDays): People {
	const waits = new Map<string, number[]>();
	const transition = ({ past, next }: Decision) => JSON.stringify([past.at(-1), next]);
	const wait = ({ at, until }: Decision) => until - at;
	const seen = new Map<string, Decision[]>();
	for (const decision of decisions) {
		if (decision.next === undefined) continue;
		if (decision.resource !== undefined) {
			const own = seen.get(decision.resource);
			if (own === undefined) seen.set(decision.resource, [decision]);
			else own.push(decision);
		}
		if (wait(decision) > 0) {
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
			const lasting = own.filter((decision) => wait(decision) > 0);
			const ratios = lasting.map((decision) => Math.log(usual.get(transition(decision))! / wait(decision)));
			const median = ratios.length === 0 ? 0 : quantileSorted(Float64Array.from(ratios).sort(), 0.5);
			return {
				name,
				n: own.length,
				speed: Number(Math.exp((median * ratios.length) / (ratios.length + SHRINK)).toPrecision(4)),
				speedN: ratios.length,
				shifts: shiftsOf(
					own.map(({ until }) => until),
					days
				),
				does: tally(own.map(({ next }) => next))
			};
		});
}

function shiftsOf(times: readonly Millis[], days: LocalDays): People[number]['shifts'] {
	const counts = new Map<Weekday, Float64Array>();
	for (const at of times) {
		const local = days.toLocal(at);
		const weekday = days.weekdayOf(dayOf(local));
		const hours = counts.get(weekday) ?? new Float64Array(24);
		hours[hourOf(local)]! += 1;
		counts.set(weekday, hours);
	}
	return Object.fromEntries(
		WEEKDAYS.flatMap((weekday) => {
			const hours = counts.get(weekday);
			if (hours === undefined) return [];
			const total = hours.reduce((sum, n) => sum + n, 0);
			return [[weekday, [...hours.keys()].filter((hour) => hours[hour]! > 0 && hours[hour]! >= IN_SHIFT * total)]];
		})
	);
}
