import { createBank } from '../../../../simulator/bank/bank.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { type EventData, type EventName, typeOf } from '../../../../src/lib/domain/events/catalogue.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';

export interface Told<N extends EventName = EventName> {
	readonly at: number;
	readonly caseId: string;
	readonly data: EventData<N>;
}

export interface RunOf {
	readonly profile: Profile;
	readonly from: string;
	readonly days: number;
	readonly branches: number;
	readonly seed?: number;
}

/** Runs a bank and answers its events by name, and the cases that were truly fraud. */
export function runBank({ profile, from, days, branches, seed = 6 }: RunOf) {
	const start = Date.parse(`${from}T00:00:00+08:00`);
	const frauds = new Set<string>();
	const bank = createBank({ seed, profile, start, branches }, (_, name, data) => {
		if (name === 'report.false') frauds.add((data as { caseId: string }).caseId);
	});
	const byType = new Map<string, Told[]>();
	for (const { type, time, data } of bank.advance(start + days * DAY)) {
		const told = { at: Date.parse(time), caseId: (data as { caseId?: string }).caseId ?? '', data: data as EventData };
		const all = byType.get(type);
		if (all) all.push(told);
		else byType.set(type, [told]);
	}
	const named = <N extends EventName>(name: N): Told<N>[] => (byType.get(typeOf(name)) ?? []) as Told<N>[];
	return { named, frauds, branches: bank.branches, start };
}

/** The events of one name by an id of theirs; the last one where several share it. */
export function byId<N extends EventName>(all: readonly Told<N>[], id: string): Map<unknown, Told<N>> {
	return new Map(all.map((told) => [(told.data as Record<string, unknown>)[id], told]));
}

/** Share of `hits` in `all`. */
export function shareOf(hits: number, all: number): number {
	return all === 0 ? NaN : hits / all;
}
