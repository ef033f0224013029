/** Letters to insert, delete or replace to make one word of the other. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + same));
		}
		row = next;
	}
	return row[b.length]!;
}

/** The known word that a mistyped one most likely means, or undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	let best: string | undefined;
	let least = Math.max(2, Math.floor(word.length / 3)) + 1;
	for (const candidate of known) {
		// Their lengths alone are further apart: nothing to count, however long the word is.
		if (Math.abs(candidate.length - word.length) >= least) continue;
		const far = distance(word.toLowerCase(), candidate.toLowerCase());
		if (far < least) {
			least = far;
			best = candidate;
		}
	}
	return best;
}
