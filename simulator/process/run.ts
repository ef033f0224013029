import type { Millis } from '../../src/lib/domain/time.ts';
import { Categorical } from '../random/discrete.ts';
import { deriveStream, type Stream } from '../random/stream.ts';
import { arrivalsBetween } from './arrivals.ts';
import { drawWithin } from './draw-law.ts';
import { localDays } from './local-days.ts';
import { staffing } from './people.ts';
import type { ProcessProfile } from './profile.ts';
import { BEGIN, router } from './routing.ts';
import { workingClock } from './working-clock.ts';

export interface SimulatedStep {
	at: Millis;
	activity: string;
	resource: string | undefined;
}

export interface SimulatedCase {
	id: string;
	branch: string | undefined;
	channel: string | undefined;
	tier: string | undefined;
	steps: SimulatedStep[];
}

/** A case that runs in circles ends here: routing by counts leaves any loop sooner or later, a handwritten profile may not. */
const LONGEST = 10_000;

const key = (from: string | null, to: string | null): string => JSON.stringify([from, to]);

function mixer(weights: Readonly<Record<string, number>>): (stream: Stream) => string | undefined {
	const names = Object.keys(weights);
	if (names.length === 0) return () => undefined;
	const choice = new Categorical(names, Object.values(weights));
	return (stream) => choice.draw(stream);
}

/**
 * Cases that begin in [from, to), whole, in order of their beginning. Each case has its own streams for its way, its
 * times and its people, so that a change of one shifts no other.
 */
export function* runProcess(
	profile: ProcessProfile,
	options: { from: Millis; to: Millis; seed: number }
): Generator<SimulatedCase> {
	const days = localDays(profile.zone, profile.days);
	const clock = workingClock(profile.hours, days);
	const route = router(profile.routing);
	const who = staffing(profile.people, days);
	const laws = Map.groupBy(profile.durations, ({ from, to }) => key(from, to));
	const [branch, channel, tier] = [mixer(profile.mix.branch), mixer(profile.mix.channel), mixer(profile.mix.tier)];

	const lawOf = (from: string | null, to: string | null, age: number) =>
		laws.get(key(from, to))?.find(({ age: [least, below] }) => age >= least && (below === null || age < below));
	const later = (at: Millis, age: Millis, [from, to]: [string, string], stream: Stream): Millis => {
		const seconds = age / 1_000;
		const entry = lawOf(from, to, seconds) ?? lawOf(null, to, seconds) ?? lawOf(null, null, seconds);
		if (entry === undefined) return at;
		if (stream.next() < entry.instant) return at;
		const ms = Math.round(drawWithin(entry.law, entry.most ?? Infinity, stream) * 1_000);
		return entry.clock === 'wall' ? at + ms : clock.add(at, ms);
	};

	for (const { day, times } of arrivalsBetween(profile.arrivals, days, options)) {
		for (const [nth, start] of times.entries()) {
			const id = `${profile.name}-${day}-${nth + 1}`;
			const stream = (purpose: string) => deriveStream(options.seed, id, purpose);
			const [ways, waits, people, mix] = [stream('routing'), stream('times'), stream('people'), stream('mix')];
			const steps: SimulatedStep[] = [];
			const past: (string | null)[] = [BEGIN];
			let at = start;
			while (steps.length < LONGEST) {
				const activity = route(past, ways);
				if (activity === undefined) break;
				const last = past.at(-1);
				if (typeof last === 'string') at = later(at, at - start, [last, activity], waits);
				steps.push({ at, activity, resource: who(activity, at, people) });
				past.push(activity);
			}
			if (steps.length > 0) yield { id, branch: branch(mix), channel: channel(mix), tier: tier(mix), steps };
		}
	}
}
