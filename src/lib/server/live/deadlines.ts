import type { ClockRun } from '../../domain/sla/clock-run.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';

export type DeadlineKind = 'at_risk' | 'breach';

export interface Deadline {
	/** The first moment at which it has passed: at risk from then on, breached one ms after the due. */
	at: Millis;
	caseId: string;
	clock: string;
	kind: DeadlineKind;
}

/** A deadline that passed while its run was still going. The same id on every node and after every restart. */
export interface Firing extends Deadline {
	id: string;
	lane: Lane;
	firedAt: Millis;
}

/** Names a run within its case: its clock, and which run of it where the clock repeats. */
export const roundOf = (run: ClockRun): string => (run.round === undefined ? run.clock : `${run.clock}#${run.round}`);

export const firingId = (lane: Lane, caseId: string, round: string, kind: DeadlineKind): string =>
	`${lane}/${caseId}/${round}/${kind}`;

/** A run is still in time at its due moment itself. */
const passed = (dueAt: Millis | null): Millis | null => (dueAt === null ? null : dueAt + 1);

/** Whether this deadline of this run is still the one that counts. */
export function stands(deadline: Deadline, run: ClockRun): boolean {
	if (run.status !== 'running') return false;
	return deadline.at === (deadline.kind === 'breach' ? passed(run.dueAt) : run.atRiskAt);
}

/** Both deadlines of a run that is running; none of any other. */
export function deadlinesOf(caseId: string, run: ClockRun): Deadline[] {
	if (run.status !== 'running') return [];
	const { clock, atRiskAt, dueAt } = run;
	const found: Deadline[] = [];
	if (atRiskAt !== null) found.push({ at: atRiskAt, caseId, clock, kind: 'at_risk' });
	if (dueAt !== null) found.push({ at: dueAt + 1, caseId, clock, kind: 'breach' });
	return found;
}

/** How a case remembers that a deadline of a run has fired. */
export const markOf = (run: ClockRun, kind: DeadlineKind): string => `${roundOf(run)}/${kind}`;

/** Deadlines by time in a binary heap. Nothing is taken out when a run ends: what no longer stands is skipped when its time comes. */
export class Deadlines {
	#heap: Deadline[] = [];

	get size(): number {
		return this.#heap.length;
	}

	/** Time of the earliest entry, standing or not; null when empty. */
	next(): Millis | null {
		return this.#heap[0]?.at ?? null;
	}

	/** Both deadlines of a run that is running; nothing for any other. */
	watch(caseId: string, run: ClockRun): void {
		for (const deadline of deadlinesOf(caseId, run)) this.push(deadline);
	}

	push(deadline: Deadline): void {
		const heap = this.#heap;
		let at = heap.length;
		heap.push(deadline);
		while (at > 0) {
			const parent = (at - 1) >> 1;
			const above = heap[parent] as Deadline;
			if (above.at <= deadline.at) break;
			heap[at] = above;
			at = parent;
		}
		heap[at] = deadline;
	}

	/** Takes the earliest entry whose time is at or before `now`. */
	pop(now: Millis): Deadline | undefined {
		const first = this.#heap[0];
		if (!first || first.at > now) return undefined;
		const last = this.#heap.pop() as Deadline;
		if (this.#heap.length > 0) this.#sink(last);
		return first;
	}

	clear(): void {
		this.#heap = [];
	}

	/** Replaces everything by these, in no order: many times faster than one after the other. */
	fill(deadlines: Deadline[]): void {
		this.#heap = deadlines;
		for (let at = (deadlines.length >> 1) - 1; at >= 0; at -= 1) this.#sink(deadlines[at]!, at);
	}

	#sink(item: Deadline, from = 0): void {
		const heap = this.#heap;
		let at = from;
		for (;;) {
			let child = at * 2 + 1;
			if (child >= heap.length) break;
			const right = heap[child + 1];
			if (right && right.at < (heap[child] as Deadline).at) child += 1;
			const below = heap[child] as Deadline;
			if (below.at >= item.at) break;
			heap[at] = below;
			at = child;
		}
		heap[at] = item;
	}
}
