/** How often each name occurs, the most frequent first; undefined is left out. */
export function tally(names: Iterable<string | undefined>): Record<string, number> {
	return Object.fromEntries([...tallyMap(names)].sort((a, b) => b[1] - a[1]));
}

export function tallyMap(names: Iterable<string | undefined>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
