import { capacityOf, type Worker } from '../process/people.ts';
import type { ProcessProfile, Service, Team, Work } from '../process/profile.ts';
import type { WorkingClock } from '../process/working-clock.ts';
import { bestLaw, type Wait, workedSeconds } from './best-law.ts';
import type { Decision } from './decisions.ts';
import { fitWaits } from './fit-durations.ts';
import { shrunkSpeed } from './fit-people.ts';
import type { Hands } from './hands.ts';

/** Idle time up to this is the second in which one thing follows the other. */
const AT_ONCE = 1;
const ROUNDS = 20;

interface Served {
	activity: string;
	/** From when it could be begun; undefined where it begins its case, since that is when it was seen. */
	ready: number | undefined;
	wait: Wait;
	worker: Worker | undefined;
}
type Clocks = ReadonlyMap<string, 'wall' | 'working'>;

/** Services with the laws of their work, and speeds by name of those who do them. */
export interface Services {
	work: Service[];
	speeds: Map<string, { speed: number; n: number }>;
}

/**
 * Work and queue apart, for activities whose beginnings are known: the time from beginning to end by person, on whichever
 * clock tells more, as effects of activity and of person on its logarithm; and the idle time of whoever took it while it
 * lay ready, which no queue explains.
 */
export function fitServices(
	decisions: readonly Decision[],
	hands: Hands,
	workers: readonly Worker[],
	hours: WorkingClock
): Services {
	const known = new Map(workers.map((worker) => [worker.name, worker]));
	const all = decisions.flatMap((one) => servedBy(one, hands, known));
	const groups = Map.groupBy(all, ({ activity }) => activity);
	const clocks: Clocks = new Map(groups.entries().map(([activity, list]) => [activity, clockOf(list, hours)]));
	const speeds = speedsOf(all, clocks, hours);
	const work = [...groups].map(([activity, list]): Service => {
		const waits = list.map(({ wait, worker }) => ({ ...wait, speed: speeds.get(worker?.name ?? '')?.speed ?? 1 }));
		const { perPerson: _, ...law } = fitWaits(waits, hours, { clock: clocks.get(activity)!, perPerson: true });
		const listed = list.filter(({ worker }) => worker !== undefined);
		const others = share(list.length - listed.length, list.length);
		return { activity, by: 'service', others, ...law, delay: delayOf(listed, hands, hours) };
	});
	return { work, speeds };
}

function servedBy(
	{ past, next, at, began, until, started, resource }: Decision,
	hands: Hands,
	known: ReadonlyMap<string, Worker>
): Served[] {
	if (next === undefined || started === undefined || !hands.served.has(next)) return [];
	const worker = known.get(resource ?? '');
	const wait = { began, at: started, until, ...(worker === undefined ? {} : { clock: worker.clock }) };
	return [{ activity: next, ready: past.at(-1) === null ? undefined : at, wait, worker }];
}

function clockOf(list: readonly Served[], hours: WorkingClock): 'wall' | 'working' {
	const lasting = list.map(({ wait }) => wait).filter(({ at, until }) => until > at);
	return new Set(lasting.map(({ at, until }) => until - at)).size < 2 ? 'wall' : bestLaw(lasting, hours).clock;
}

/** ln(time) = activity − ln(speed) + chance, by turns; the mean of ln(speed) over all work is 0. */
function speedsOf(all: readonly Served[], clocks: Clocks, hours: WorkingClock): Services['speeds'] {
	const rows = all.flatMap(({ activity, wait, worker }) => {
		const working = clocks.get(activity) === 'working';
		const seconds = working ? workedSeconds(wait, hours) : (wait.until - wait.at) / 1_000;
		return worker === undefined || seconds <= 0 ? [] : [{ activity, name: worker.name, y: Math.log(seconds) }];
	});
	const means = (key: (row: (typeof rows)[number]) => string, rest: (row: (typeof rows)[number]) => number) =>
		new Map(
			Map.groupBy(rows, key)
				.entries()
				.map(([name, list]) => [name, list.reduce((sum, row) => sum + rest(row), 0) / list.length])
		);
	let people = new Map<string, number>();
	for (let round = 0; round < ROUNDS; round++) {
		const activities = means(
			({ activity }) => activity,
			({ name, y }) => y - (people.get(name) ?? 0)
		);
		people = means(
			({ name }) => name,
			({ activity, y }) => y - activities.get(activity)!
		);
	}
	const mean = rows.reduce((sum, { name }) => sum + people.get(name)!, 0) / Math.max(1, rows.length);
	const counts = Map.groupBy(rows, ({ name }) => name);
	return new Map(
		people.entries().map(([name, effect]) => {
			const n = counts.get(name)!.length;
			return [name, { speed: shrunkSpeed(mean - effect, n), n }];
		})
	);
}

function delayOf(listed: readonly Served[], hands: Hands, hours: WorkingClock): Service['delay'] {
	const idle = listed.flatMap(({ ready, wait, worker }) => {
		if (ready === undefined) return [];
		const from = Math.max(ready, hands.freeSince(worker!.name, wait.at));
		const seconds = from >= wait.at ? 0 : worker!.shift.between(from, wait.at) / 1_000;
		return [{ began: 0, at: 0, until: seconds <= AT_ONCE ? 0 : Math.round(seconds * 1_000) }];
	});
	if (idle.length === 0) return { instant: 1, law: { family: 'empirical', points: [0] }, n: 0 };
	const { instant, law, most, n } = fitWaits(idle, hours, { clock: 'wall', perPerson: false });
	return { instant, law, ...(most === undefined ? {} : { most }), n };
}

/** The teams of activities of which the log has ends alone. */
export function fitTeams(decisions: readonly Decision[], hands: Hands, people: ProcessProfile['people']): Work[] {
	const names = new Set(people.map(({ name }) => name));
	const counts = new Map<string, { n: number; listed: number }>();
	for (const { next, resource } of decisions) {
		if (next === undefined || hands.served.has(next)) continue;
		const count = counts.get(next) ?? { n: 0, listed: 0 };
		count.n++;
		if (resource !== undefined && names.has(resource)) count.listed++;
		counts.set(next, count);
	}
	return [...counts]
		.filter(([, { listed }]) => listed > 0)
		.sort((a, b) => b[1].n - a[1].n)
		.map(([activity, { n, listed }]): Team => {
			return { activity, by: 'waiting', others: share(n - listed, n), capacity: capacityOf(people, activity), n };
		});
}

const share = (part: number, whole: number): number => Number((part / whole).toPrecision(5));
