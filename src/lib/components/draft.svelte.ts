/**
 * A text that is edited: it begins as `source` tells, and begins anew only when that tells something else. An object that
 * is made anew with every message of the server may be read in `source`, since only the text counts.
 */
export class Draft {
	text: string;

	constructor(source: () => string) {
		const told = $derived(source());
		this.text = $derived(told);
	}
}
