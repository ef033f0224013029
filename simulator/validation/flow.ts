import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { type EventName, nameOf } from '../../src/lib/domain/events/catalogue.ts';
import type { Millis } from '../../src/lib/domain/time.ts';

export interface Follows {
	from: EventName;
	to: EventName;
	count: number;
	/** Median time between the two. */
	took: Millis;
}

export interface Activity {
	name: EventName;
	count: number;
}

/** Freezes run beside the rest of a case: what follows them is another freeze, or nothing. */
const BESIDE = /^case\.(freeze|frozen)/;

export interface Flow {
	/** Cases that were reported in the time looked at. */
	cases: number;
	/** In the order of when they mostly come. */
	activities: Activity[];
	follows: Follows[];
	/** From the report to the card in use, per case that got that far, sorted. */
	cycleTimes: Millis[];
}

/** Which event of a case follows which, counted over all cases, and how long cases take. */
export class FlowCount {
	readonly #last = new Map<string, { name: EventName; at: Millis }>();
	readonly #reported = new Map<string, Millis>();
	/** Times since the report, by event. */
	readonly #activities = new Map<EventName, number[]>();
	readonly #gaps = new Map<string, { from: EventName; to: EventName; gaps: number[] }>();
	readonly #cycleTimes: number[] = [];
	readonly #until: Millis;

	/** Follows the cases that are reported before `until` to their ends. */
	constructor(until: Millis) {
		this.#until = until;
	}

	add(event: DomainEvent): void {
		const { caseId } = event.data as { caseId?: string };
		const name = nameOf(event.type);
		if (caseId === undefined || name === undefined || !/^(case|shipment)\./.test(name)) return;
		const at = Date.parse(event.time);
		if (name === 'case.reported' && at < this.#until) this.#reported.set(caseId, at);
		const reportedAt = this.#reported.get(caseId);
		if (reportedAt === undefined) return;
		const times = this.#activities.get(name);
		if (times) times.push(at - reportedAt);
		else this.#activities.set(name, [at - reportedAt]);
		if (name === 'case.card_activated') this.#cycleTimes.push(at - reportedAt);
		const strand = BESIDE.test(name) ? `freeze of ${caseId}` : caseId;
		const report = { name: 'case.reported', at: reportedAt } as const;
		const before = this.#last.get(strand) ?? (name === 'case.reported' ? undefined : report);
		this.#last.set(strand, { name, at });
		if (before) this.#follow(before, name, at);
	}

	#follow(before: { name: EventName; at: Millis }, name: EventName, at: Millis): void {
		const key = `${before.name} ${name}`;
		const known = this.#gaps.get(key);
		if (known) known.gaps.push(at - before.at);
		else this.#gaps.set(key, { from: before.name, to: name, gaps: [at - before.at] });
	}

	result(): Flow {
		return {
			cases: this.#reported.size,
			activities: [...this.#activities]
				.map(([name, times]) => ({ name, count: times.length, at: median(times) }))
				.sort((a, b) => a.at - b.at)
				.map(({ name, count }) => ({ name, count })),
			follows: [...this.#gaps.values()]
				.map(({ from, to, gaps }) => ({ from, to, count: gaps.length, took: median(gaps) }))
				.sort((a, b) => b.count - a.count),
			cycleTimes: this.#cycleTimes.sort((a, b) => a - b)
		};
	}
}

function median(values: number[]): number {
	values.sort((a, b) => a - b);
	return values[Math.floor(values.length / 2)] ?? Number.NaN;
}
