/** Letters of a list of case ids in a link at most. */
export const LONGEST_LIST = 2_000;

/** As many case ids as a link can name, the last ones of the list. */
export function listed(ids: readonly string[]): string {
	let named = ids;
	while (named.length > 1 && named.join(',').length > LONGEST_LIST) named = named.slice(1);
	return named.join(',');
}
