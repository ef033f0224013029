/**
 * Earth mover's distance of two samples on a line: ∫|F − G|, in the samples' unit (Vallender 1974). Samples of different
 * lengths weigh the same in all. NaN where one is empty.
 */
export function wasserstein(a: ArrayLike<number>, b: ArrayLike<number>): number {
	return sweep(a, b, (gap, width, sum) => sum + gap * width);
}

/** Largest difference of the two distribution functions (Kolmogorov and Smirnov). NaN where one sample is empty. */
export function kolmogorov(a: ArrayLike<number>, b: ArrayLike<number>): number {
	return sweep(a, b, (gap, _, most) => Math.max(most, gap));
}

function sweep(
	a: ArrayLike<number>,
	b: ArrayLike<number>,
	fold: (gap: number, width: number, so: number) => number
): number {
	if (a.length === 0 || b.length === 0) return Number.NaN;
	const x = Float64Array.from(a).sort();
	const y = Float64Array.from(b).sort();
	let i = 0;
	let j = 0;
	let so = 0;
	while (i < x.length || j < y.length) {
		const at = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
		while (i < x.length && x[i] === at) i++;
		while (j < y.length && y[j] === at) j++;
		const following = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
		so = fold(Math.abs(i / x.length - j / y.length), following === Infinity ? 0 : following - at, so);
	}
	return so;
}

/** Earth mover's distance over names that are all one apart: half the sum of the differences of their shares. */
export function nominalDistance(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
	const total = (counts: ReadonlyMap<string, number>) => counts.values().reduce((sum, count) => sum + count, 0);
	const [n, m] = [total(a), total(b)];
	if (n === 0 || m === 0) return Number.NaN;
	const names = new Set([...a.keys(), ...b.keys()]);
	return names.values().reduce((sum, name) => sum + Math.abs((a.get(name) ?? 0) / n - (b.get(name) ?? 0) / m), 0) / 2;
}
