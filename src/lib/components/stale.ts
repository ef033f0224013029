/** Age in ms from which what is shown counts as stale: it greys and says since when. */
export const STALE = 15_000;

export function isStale(age: number | null, limit = STALE): boolean {
	return age !== null && age > limit;
}
