/** Area between the distribution functions of two samples: the earth mover's distance (Vallender 1974). */
export function wasserstein(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let area = 0;
	walk(a, b, (gap, width) => {
		area += gap * width;
	});
	return area;
}

/** Largest distance between the distribution functions of two samples (Kolmogorov and Smirnov). */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let largest = 0;
	walk(a, b, (gap) => {
		largest = Math.max(largest, gap);
	});
	return largest;
}

/** Visits each stretch between neighbouring values, with the distance of the two functions on it. */
function walk(a: ArrayLike<number>, b: ArrayLike<number>, visit: (gap: number, width: number) => void): void {
	if (a.length === 0 || b.length === 0) throw new RangeError('the distance of an empty sample is not defined');
	const x = Float64Array.from(a).sort();
	const y = Float64Array.from(b).sort();
	let [i, j] = [0, 0];
	while (i < x.length || j < y.length) {
		const at = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
		while (x[i] === at) i++;
		while (y[j] === at) j++;
		const next = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
		visit(Math.abs(i / x.length - j / y.length), next === Infinity ? 0 : next - at);
	}
}
