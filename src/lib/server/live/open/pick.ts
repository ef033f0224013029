/** Up to which part of all it is quicker to keep the best than to put all in order. */
const FEW = 1 / 8;

/** The first `count` of `items` in the order of `compare`, as a full sort would have them. May change the order of `items`. */
export function pick<T>(items: T[], count: number, compare: (a: T, b: T) => number): T[] {
	if (count <= 0) return [];
	if (count > items.length * FEW) return items.sort(compare).slice(0, count);
	// Twice as many as wanted are kept before they are put in order and cut: what is behind the last of them never comes in.
	let kept = items.slice(0, count).sort(compare);
	let last = kept[count - 1]!;
	for (let at = count; at < items.length; at += 1) {
		const item = items[at]!;
		if (compare(item, last) >= 0) continue;
		kept.push(item);
		if (kept.length < count * 2) continue;
		kept = kept.sort(compare).slice(0, count);
		last = kept[count - 1]!;
	}
	return kept.sort(compare).slice(0, count);
}
