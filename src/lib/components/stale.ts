/** Age in ms from which what is shown counts as stale: it greys and says since when. */
export const STALE = 15_000;

/** The age from which a followed view counts as stale: none while its reader holds it still, since its age is then a wish. */
export const limitOf = (view: { readonly paused: boolean }): number => (view.paused ? Infinity : STALE);

export function isStale(age: number | null, limit = STALE): boolean {
	return age !== null && age > limit;
}
