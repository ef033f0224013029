/** Quantile of ascending values by linear interpolation (Hyndman and Fan 1996, type 7); NaN of none. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
	const position = p * (sorted.length - 1);
	const low = sorted[Math.floor(position)] ?? Number.NaN;
	const high = sorted[Math.ceil(position)] ?? Number.NaN;
	return low + (position - Math.floor(position)) * (high - low);
}

/** How many ascending values are less. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sorted[middle]! < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
