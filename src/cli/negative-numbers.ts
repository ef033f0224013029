const OPTION = /^--[a-z][a-z0-9-]*$/;
const NEGATIVE = /^-(\d|\.\d|Infinity$)/;

/**
 * Joins `--name -1` to `--name=-1`, which the parser of Node would call ambiguous: whoever reads the option says what it takes.
 */
export function joinNegatives(args: readonly string[]): string[] {
	const joined: string[] = [];
	for (let at = 0; at < args.length; at++) {
		const [word = '', next = ''] = [args[at], args[at + 1]];
		if (word === '--') return [...joined, ...args.slice(at)];
		if (OPTION.test(word) && NEGATIVE.test(next)) {
			joined.push(`${word}=${next}`);
			at++;
		} else joined.push(word);
	}
	return joined;
}
