import { pressureOf } from '../attention.ts';
import type { Card } from './card.ts';
import { Sorted } from './sorted.ts';
import { Tally } from './tally.ts';

export interface Counts {
	open: number;
	atRisk: number;
	breached: number;
}

/** Runs that are going on. */
export interface RunCounts {
	running: number;
	atRisk: number;
	breached: number;
}

/** Cases that broke, or are about to break, the same clock in the same stage. */
export interface PressedGroup {
	kind: 'breached' | 'at_risk';
	clock: string;
	stage: string;
	/** Earliest due first. */
	cases: Sorted<Card>;
	branches: Tally;
	/** How many cases each owner has; null: nobody. */
	owners: Map<string | null, number>;
}

function bump<K>(map: Map<K, number>, key: K, by: 1 | -1): void {
	const count = (map.get(key) ?? 0) + by;
	if (count === 0) map.delete(key);
	else map.set(key, count);
}

function shift(map: Map<string, Counts>, key: string, card: Card, by: 1 | -1): void {
	let found = map.get(key);
	if (!found) map.set(key, (found = { open: 0, atRisk: 0, breached: 0 }));
	found.open += by;
	if (card.pressure === 'at_risk') found.atRisk += by;
	else if (card.pressure === 'breached') found.breached += by;
	if (found.open === 0) map.delete(key);
}

function shiftRuns(map: Map<string, RunCounts>, card: Card, by: 1 | -1): void {
	for (const run of card.state.clocks) {
		if (run.endedAt !== null) continue;
		const pressure = pressureOf(run, card.at);
		if (pressure === 'none') continue;
		let found = map.get(run.clock);
		if (!found) map.set(run.clock, (found = { running: 0, atRisk: 0, breached: 0 }));
		found.running += by;
		if (pressure === 'at_risk') found.atRisk += by;
		if (pressure === 'breached') found.breached += by;
		if (found.running === 0) map.delete(run.clock);
	}
}

/** What a set of open cases adds up to. A case counts as breached (at risk) once, by its most pressing run. */
export class OpenCounts implements Counts {
	open = 0;
	atRisk = 0;
	breached = 0;
	readonly stages = new Map<string, Counts>();
	readonly channels = new Map<string, Counts>();
	readonly clocks = new Map<string, RunCounts>();
	readonly groups = new Map<string, PressedGroup>();

	/** Counts a card in. */
	add(card: Card): void {
		this.#shift(card, 1);
		const group = this.#group(card);
		if (!group) return;
		group.cases.add(card);
		const { branchId, owner } = card.state;
		if (branchId !== null) group.branches.add(branchId);
		bump(group.owners, owner, 1);
	}

	/** Counts a card out that was counted in as it is now. */
	remove(card: Card): void {
		this.#shift(card, -1);
		const group = this.#group(card);
		if (!group) return;
		group.cases.remove(card);
		const { branchId, owner } = card.state;
		if (branchId !== null) group.branches.remove(branchId);
		bump(group.owners, owner, -1);
		if (group.cases.size === 0) this.groups.delete(`${group.kind}|${group.clock}|${group.stage}`);
	}

	#shift(card: Card, by: 1 | -1): void {
		const { stage, channel } = card.state;
		this.open += by;
		if (card.pressure === 'at_risk') this.atRisk += by;
		else if (card.pressure === 'breached') this.breached += by;
		shift(this.stages, stage, card, by);
		if (channel !== null) shift(this.channels, channel, card, by);
		shiftRuns(this.clocks, card, by);
	}

	#group(card: Card): PressedGroup | undefined {
		const { pressure: kind, run, state } = card;
		if (run === null || (kind !== 'breached' && kind !== 'at_risk')) return undefined;
		const { stage } = state;
		const key = `${kind}|${run.clock}|${stage}`;
		let group = this.groups.get(key);
		if (!group) {
			const cases = byDue();
			group = { kind, clock: run.clock, stage, cases, branches: new Tally(), owners: new Map() };
			this.groups.set(key, group);
		}
		return group;
	}
}

/** An empty order of cards by the due of their most pressing run. */
export const byDue = (): Sorted<Card> =>
	new Sorted<Card>(
		(card) => card.due,
		(card) => card.state.caseId
	);
