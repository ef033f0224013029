/** Edit distance of two texts, case ignored. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + cost));
		}
		row = next;
	}
	return row[b.length]!;
}

/** The candidate that a misspelt word most likely means, or undefined where none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	const wanted = word.toLowerCase();
	let best: string | undefined;
	let least = Math.max(2, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const text = candidate.toLowerCase();
		const part = wanted.length >= 3 && (text.endsWith(`:${wanted}`) || text.startsWith(`${wanted}_`));
		const far = part ? 1 : distance(wanted, text);
		if (far < least) [best, least] = [candidate, far];
	}
	return best;
}
