import type { Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays } from '../process/local-days.ts';
import { DAY_KINDS, type DayKind, type ProcessProfile } from '../process/profile.ts';
import { quantileSorted } from './quantile.ts';

/** An hour is open where at least this share of a busy hour's events happen. */
const OPEN = 0.1;
/** Of a kind of day seen less often than this nothing is said: it goes as all days together. */
const LEAST_DAYS = 2;

/**
 * The hours at which things happen, as a working calendar: from the times of events in a span of local days. Around-the-clock
 * processes come out open at all hours.
 */
export function fitHours(
	times: readonly Millis[],
	days: LocalDays,
	{ firstDay, lastDay }: { firstDay: number; lastDay: number }
): ProcessProfile['hours'] {
	const seen = new Map<DayKind, number>(DAY_KINDS.map((kind) => [kind, 0]));
	for (let day = firstDay; day <= lastDay; day++) seen.set(days.kindOf(day), seen.get(days.kindOf(day))! + 1);
	const counts = new Map(DAY_KINDS.map((kind) => [kind, new Float64Array(24)]));
	const all = new Float64Array(24);
	for (const at of times) {
		const local = days.toLocal(at);
		counts.get(days.kindOf(dayOf(local)))![hourOf(local)]! += 1;
		all[hourOf(local)]! += 1;
	}
	const total = lastDay - firstDay + 1;
	const rates = new Map(
		DAY_KINDS.map((kind) => {
			const n = seen.get(kind)!;
			return [kind, n < LEAST_DAYS ? all.map((count) => count / total) : counts.get(kind)!.map((count) => count / n)];
		})
	);
	const usual = DAY_KINDS.filter((kind) => kind !== 'holiday').flatMap((kind) => [...rates.get(kind)!]);
	const busy = quantileSorted(Float64Array.from(usual).sort(), 0.95);
	const open = Object.fromEntries(
		DAY_KINDS.map((kind) => [
			kind,
			[...rates.get(kind)!.keys()].filter((hour) => rates.get(kind)![hour]! >= OPEN * busy && busy > 0)
		])
	) as ProcessProfile['hours']['open'];
	return { open, closedPace: closedPace(open, counts, seen) };
}

/** Events per closed hour relative to those per open hour. */
function closedPace(
	open: ProcessProfile['hours']['open'],
	counts: ReadonlyMap<DayKind, Float64Array>,
	seen: ReadonlyMap<DayKind, number>
): number {
	const sums = { open: { n: 0, hours: 0 }, closed: { n: 0, hours: 0 } };
	for (const kind of DAY_KINDS) {
		for (let hour = 0; hour < 24; hour++) {
			const sum = open[kind].includes(hour) ? sums.open : sums.closed;
			sum.n += counts.get(kind)![hour]!;
			sum.hours += seen.get(kind)!;
		}
	}
	if (sums.closed.hours === 0 || sums.open.hours === 0) return 1;
	// Half an event keeps an hour in which nothing was seen yet from being impossible.
	const pace = (sums.closed.n + 0.5) / sums.closed.hours / ((sums.open.n + 0.5) / sums.open.hours);
	return Math.min(1, Number(pace.toPrecision(4)));
}
