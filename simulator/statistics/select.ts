import { Tally, tallyOf } from './tally.ts';

export interface Guarantee {
	/** A difference smaller than this does not matter. */
	readonly delta: number;
	/** Greatest probability of a wrong choice. */
	readonly alpha: number;
	/** Replications of each before the first is ruled out. */
	readonly initial?: number;
	/** What is better; larger unless said. */
	readonly better?: 'larger' | 'smaller';
}

export interface Selection extends Required<Guarantee> {
	/** Index of the chosen system. */
	readonly best: number;
	/** Replications spent on each system: what was ruled out early has fewer. */
	readonly replications: readonly number[];
	readonly means: readonly number[];
}

/** Gives replication 1, 2, … of a system; with common random numbers the same replication goes with the same chance. */
export type Observe = (system: number, replication: number) => number | Promise<number>;

/**
 * Chooses the best of several systems, ruling out the worse ones as soon as the figures allow it: the fully sequential
 * procedure of Kim and Nelson (2001, with c = 1). With normal figures the choice is the best with probability at least
 * 1 - alpha when the best is better than the rest by delta or more; when it is not, the choice is within delta of the
 * best. Systems may share common random numbers; replications must not depend on each other.
 * @throws {RangeError} for no systems, delta not above 0, alpha outside (0, 1 - 1/k) or fewer than two initial runs.
 */
export async function selectBest(systems: number, observe: Observe, guarantee: Guarantee): Promise<Selection> {
	const { delta, alpha, initial = 10, better = 'larger' } = guarantee;
	check(systems, delta, alpha, initial);
	const sign = better === 'larger' ? 1 : -1;
	const seen: number[][] = Array.from({ length: systems }, () => []);
	const tallies = seen.map(() => new Tally());
	let alive = seen.map((_, system) => system);
	const take = async (replication: number): Promise<void> => {
		const values = await Promise.all(alive.map((system) => observe(system, replication)));
		alive.forEach((system, i) => {
			(tallies[system] as Tally).record(sign * (values[i] as number));
			if (replication <= initial) (seen[system] as number[]).push(values[i] as number);
		});
	};
	let r = 0;
	while (r < initial) await take(++r);
	const eta = (((2 * alpha) / (systems - 1)) ** (-2 / (initial - 1)) - 1) / 2;
	const hSquared = 2 * eta * (initial - 1);
	const spread = seen.map((a) =>
		seen.map((b) => (hSquared * tallyOf(a.map((x, i) => x - (b[i] as number))).variance) / delta)
	);
	for (;;) {
		const sum = (system: number): number => (tallies[system] as Tally).sum;
		const beats = (j: number, i: number): boolean =>
			sum(i) < sum(j) - Math.max(0, ((spread[i] as number[])[j] as number) / 2 - (delta * r) / 2);
		alive = alive.filter((i) => !alive.some((j) => j !== i && beats(j, i)));
		if (alive.length === 1) break;
		// Where all allowances are used up, equal sums would go on for ever: the first of them is as good as any.
		if (alive.every((i) => alive.every((j) => i === j || ((spread[i] as number[])[j] as number) <= delta * r))) break;
		await take(++r);
	}
	return {
		best: alive[0] as number,
		replications: tallies.map((tally) => tally.count),
		means: tallies.map((tally) => sign * tally.mean),
		delta,
		alpha,
		initial,
		better
	};
}

function check(systems: number, delta: number, alpha: number, initial: number): void {
	if (!Number.isInteger(systems) || systems < 1)
		throw new RangeError(`${systems} systems, expected a whole number above 0`);
	if (!(delta > 0)) throw new RangeError(`the indifference zone ${delta} is not above 0`);
	if (!(alpha > 0 && (systems === 1 || alpha < 1 - 1 / systems)))
		throw new RangeError(`alpha ${alpha} is not above 0 and below what guessing would err`);
	if (!Number.isInteger(initial) || initial < 2)
		throw new RangeError(`${initial} initial replications, expected a whole number of at least 2`);
}
