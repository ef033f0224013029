import { wasserstein } from '../statistics/distance.ts';

/** Earth mover's distance of two samples on a line; NaN where one is empty. */
export function earthMovers(a: ArrayLike<number>, b: ArrayLike<number>): number {
	return a.length === 0 || b.length === 0 ? Number.NaN : wasserstein(a, b);
}

/** Earth mover's distance over names that are all one apart: half the sum of the differences of their shares. */
export function nominalDistance(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
	const total = (counts: ReadonlyMap<string, number>) => counts.values().reduce((sum, count) => sum + count, 0);
	const [n, m] = [total(a), total(b)];
	if (n === 0 || m === 0) return Number.NaN;
	const names = new Set([...a.keys(), ...b.keys()]);
	return names.values().reduce((sum, name) => sum + Math.abs((a.get(name) ?? 0) / n - (b.get(name) ?? 0) / m), 0) / 2;
}
