import { DAY, HOUR, type Millis, SECOND } from '../../../domain/time.ts';
import type { BranchState, LaneState } from '../fold/lane-state.ts';
import { heard } from '../fold/operations.ts';
import { hourOf } from '../slots.ts';
import { Sorted } from './sorted.ts';

/** Beyond this many expected events a silence is no accident: its chance is below one in a thousand. */
const SURE = 7;
/** A branch that was silent for longer is not at work. */
const FORGOTTEN = 2 * DAY;
/** How far ahead a branch is looked at. What it hears meanwhile makes today usual on the days to come, not sooner. */
const AHEAD = 3;

/** Events expected of a branch in one hour of today: the mean of the same hour of the days before. */
function usualIn(branch: BranchState, hour: number, oldest: number): number {
	let sum = 0;
	let days = 0;
	for (let back = 24; back <= 7 * 24; back += 24) {
		if (hour - back <= oldest) break;
		const count = heard(branch, hour - back);
		if (count === null) break;
		sum += count;
		days += 1;
	}
	return days === 0 ? 0 : sum / days;
}

/** Events one would have expected of a branch since its last one; `oldest` is the hour of the lane's first event. */
export function expectedOf(branch: BranchState, now: Millis, oldest: number): number {
	let expected = 0;
	for (let hour = hourOf(branch.last); hour <= hourOf(now); hour += 1) {
		const from = Math.max(branch.last, hour * HOUR);
		const to = Math.min(now, (hour + 1) * HOUR);
		expected += usualIn(branch, hour, oldest) * (Math.max(0, to - from) / HOUR);
	}
	return expected;
}

/** Whether a branch has been silent for longer than its usual traffic allows. */
export const isSilent = (branch: BranchState, now: Millis, oldest: number): boolean =>
	now - branch.last <= FORGOTTEN && expectedOf(branch, now, oldest) >= SURE;

interface Watched {
	readonly id: string;
	readonly branch: BranchState;
	/** When to look again; infinite while it lies in no order. */
	check: Millis;
	silent: boolean;
}

/** The branches that are silent. Each is looked at when it could have become so, not at every question. */
export class Silence {
	readonly #lane: LaneState;
	readonly #watched = new Map<string, Watched>();
	readonly #order = new Sorted<Watched>(
		(one) => one.check,
		(one) => one.id
	);
	/** Branches that must be looked at whatever the time is. */
	readonly #fresh = new Set<Watched>();
	readonly #silent = new Map<string, BranchState>();
	#oldest: number;

	constructor(lane: LaneState) {
		this.#lane = lane;
		this.#oldest = this.#oldestHour();
		for (const [id, branch] of lane.branches) this.#watch(id, branch);
	}

	/** A branch was heard of: something happened there at `at`, where the present is `now`. */
	hear(id: string, at: Millis, now: Millis): void {
		const one = this.#watched.get(id);
		const branch = this.#lane.branches.get(id);
		if (!one) {
			if (branch) this.#watch(id, branch);
			return;
		}
		// A look that is still to come takes what happens now into account; what happened long ago may call for it sooner.
		if (one.silent || one.check === Infinity || at < now - HOUR) this.#fresh.add(one);
	}

	/** The silent branches at `now`, which must not lie before the question before. */
	at(now: Millis): ReadonlyMap<string, BranchState> {
		if (this.#oldestHour() !== this.#oldest) {
			this.#oldest = this.#oldestHour();
			for (const one of this.#watched.values()) this.#fresh.add(one);
		}
		const due = this.#order.takeTo(now);
		for (const one of due) one.check = Infinity;
		for (const one of this.#fresh) if (one.check < Infinity) this.#order.remove(one);
		for (const one of new Set([...due, ...this.#fresh])) this.#look(one, now);
		this.#fresh.clear();
		return this.#silent;
	}

	#watch(id: string, branch: BranchState): void {
		const one: Watched = { id, branch, check: Infinity, silent: false };
		this.#watched.set(id, one);
		this.#fresh.add(one);
	}

	#look(one: Watched, now: Millis): void {
		const { id, branch } = one;
		one.silent = isSilent(branch, now, this.#oldest);
		if (one.silent) this.#silent.set(id, branch);
		else this.#silent.delete(id);
		one.check = this.#next(one, now);
		if (one.check < Infinity) this.#order.add(one);
	}

	/** The next moment at which a branch may become silent, or cease to be worth a word. Never too late. */
	#next({ branch, silent }: Watched, now: Millis): Millis {
		const forgotten = branch.last + FORGOTTEN;
		if (now > forgotten) return Infinity;
		if (silent) return forgotten;
		const present = hourOf(now);
		const since = Math.max(now, branch.last);
		let expected = expectedOf(branch, now, this.#oldest);
		for (let hour = hourOf(since); hour <= present + AHEAD; hour += 1) {
			const usual = usualIn(branch, hour, this.#oldest);
			const from = Math.max(since, hour * HOUR);
			const more = (usual * ((hour + 1) * HOUR - from)) / HOUR;
			// A little early: sums in another order may differ in their last digit.
			if (expected + more >= SURE - 1e-6) {
				const hours = usual === 0 ? 0 : (SURE - expected) / usual;
				return Math.max(now, from + hours * HOUR - SECOND);
			}
			expected += more;
		}
		return (present + AHEAD + 1) * HOUR;
	}

	#oldestHour(): number {
		const { oldest } = this.#lane;
		return oldest === null ? Infinity : hourOf(oldest);
	}
}
