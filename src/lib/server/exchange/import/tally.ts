import type { Draft } from './drafts.ts';

/** Counts cases, activities and variants of drafts that arrive in time order. */
export class Tally {
	/** Time of the newest event; -Infinity without any. */
	newest = -Infinity;
	readonly activities = new Map<string, number>();
	readonly #codes = new Map<string, number>();
	readonly #traces = new Map<string, number[]>();

	add({ at, caseId, activity }: Draft): void {
		if (at > this.newest) this.newest = at;
		this.activities.set(activity, (this.activities.get(activity) ?? 0) + 1);
		if (caseId === null) return;
		let code = this.#codes.get(activity);
		if (code === undefined) this.#codes.set(activity, (code = this.#codes.size));
		const trace = this.#traces.get(caseId);
		if (trace) trace.push(code);
		else this.#traces.set(caseId, [code]);
	}

	get cases(): number {
		return this.#traces.size;
	}

	/** Distinct sequences of activities. */
	variants(): number {
		return new Set([...this.#traces.values()].map((trace) => trace.join())).size;
	}
}
