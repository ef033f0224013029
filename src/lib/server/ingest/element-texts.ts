const QUOTE = 34;
const BACKSLASH = 92;

/** The texts of the objects and arrays in a JSON array that is known to be valid, in order; plain values in it are left out. */
export function elementTexts(json: string): string[] {
	const texts: string[] = [];
	let depth = 0;
	let from = 0;
	for (let at = 0; at < json.length; at++) {
		switch (json.charCodeAt(at)) {
			case QUOTE:
				for (at++; json.charCodeAt(at) !== QUOTE; at++) if (json.charCodeAt(at) === BACKSLASH) at++;
				break;
			case 91: // [
			case 123: // {
				if (++depth === 2) from = at;
				break;
			case 93: // ]
			case 125: // }
				if (--depth === 1) texts.push(json.slice(from, at + 1));
		}
	}
	return texts;
}
