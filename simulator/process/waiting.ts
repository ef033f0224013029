import type { Millis } from '../../src/lib/domain/time.ts';
import { Categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import { drawWithin } from './draw-law.ts';
import { dayOf, hourOf, type LocalDays } from './local-days.ts';
import { capacityOf, type Worker } from './people.ts';
import type { ProcessProfile, Team } from './profile.ts';
import type { WorkingClock } from './working-clock.ts';

type Duration = ProcessProfile['durations'][number];
type Doer = Worker | undefined;

/** Who ends an activity and when. */
export interface Done {
	at: Millis;
	by: string | undefined;
}

/** How waits end where a log has ends alone: by the fitted law, the team that is left, and the speed of whoever does it. */
export class Waiting {
	readonly #days: LocalDays;
	readonly #clock: WorkingClock;
	readonly #workers: readonly Worker[];
	readonly #teams: Map<string, Team>;
	readonly #paces: Map<string, number>;
	readonly #choices = new Map<string, Categorical<Doer> | undefined>();

	constructor({ work, people }: ProcessProfile, workers: readonly Worker[], clock: WorkingClock, days: LocalDays) {
		this.#days = days;
		this.#clock = clock;
		this.#workers = workers;
		const teams = work.filter((one) => one.by === 'waiting');
		this.#teams = new Map(teams.map((team) => [team.activity, team]));
		this.#paces = new Map(
			teams.map(({ activity, others, capacity }) => {
				const left = capacity === 0 ? 0 : capacityOf(people, activity) / capacity;
				return [activity, others + (1 - others) * left];
			})
		);
	}

	/** The end of a wait from `at` on for an activity; undefined where nobody is left who does it. */
	end(activity: string, at: Millis, entry: Duration | undefined, streams: { times: Stream; people: Stream }) {
		const pace = this.#paces.get(activity) ?? 1;
		if (pace === 0) return undefined;
		const instant = entry === undefined || streams.times.next() < entry.instant;
		const seconds = instant ? 0 : drawWithin(entry.law, entry.most ?? Infinity, streams.times);
		const after = (factor: number) => {
			const ms = Math.round((seconds * 1_000) / factor);
			return instant ? at : entry.clock === 'wall' ? at + ms : this.#clock.add(at, ms);
		};
		const usual = after(pace);
		if (instant || !this.#teams.has(activity))
			return { at: usual, by: this.#doer(activity, usual, streams.people)?.name };
		const doer = this.#doer(activity, usual, streams.people);
		if (doer === undefined) return { at: usual, by: undefined };
		return { at: after((pace * doer.speed) / (entry.perPerson ? 1 : doer.fittedSpeed)), by: doer.name };
	}

	#doersOf = (activity: string): Worker[] => this.#workers.filter(({ does }) => does[activity] !== undefined);

	/** By how often each did it, among those on shift and those not listed; anybody who does it where nobody is. */
	#doer(activity: string, at: Millis, stream: Stream): Doer {
		const local = this.#days.toLocal(at);
		const key = `${this.#days.kindOf(dayOf(local))}${hourOf(local)} ${activity}`;
		if (!this.#choices.has(key)) this.#choices.set(key, this.#choiceAt(activity, at));
		return this.#choices.get(key)?.draw(stream);
	}

	#choiceAt(activity: string, at: Millis): Categorical<Doer> | undefined {
		const able = this.#doersOf(activity);
		const present = able.filter((worker) => worker.onShift(at));
		const team = this.#teams.get(activity);
		const listed = able.reduce((sum, { does }) => sum + does[activity]!, 0);
		const others = team === undefined || team.others === 0 ? 0 : unlisted(team, listed);
		const chosen: Doer[] = present.length > 0 || others > 0 ? present : able;
		const weights = chosen.map((worker) => worker!.does[activity]!);
		if (others > 0) {
			chosen.push(undefined);
			weights.push(others);
		}
		return chosen.length === 0 ? undefined : new Categorical(chosen, weights);
	}
}

/** How often those not listed did it, on the scale of the listed ones. */
const unlisted = ({ others, n }: Team, listed: number): number => (others < 1 ? others * n : Math.max(1, n, listed));
