/** What a part of a pattern reads: `N` is the name of a month, `a` the half of a day, `z` the offset. */
type Part = 'y' | 'M' | 'N' | 'd' | 'h' | 'm' | 's' | 'f' | 'a' | 'z';

/** A compiled pattern; the groups of `pattern` run parallel to `parts`. */
export interface Pattern {
	pattern: RegExp;
	parts: readonly Part[];
	/** The group of a part in `pattern`; 0 where it has none. */
	group(part: Part): number;
}

const TOKENS = /[yY]+|[dD]+|[mM]+|[hHkK]+|[sS]+|[fF]+|[xXzZ]+|tt|TT|[aA]+|'(?:[^']|'')*'|[^]/g;
const OFFSET = '\\s*(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?';
const SOURCES: Readonly<Record<Part, string>> = {
	y: '(\\d{4})',
	M: '(\\d\\d?)',
	N: '(\\p{L}+\\.?)',
	d: '(\\d\\d?)',
	h: '(\\d\\d?)',
	m: '(\\d\\d?)',
	s: '(\\d\\d?)',
	f: '(\\d+)',
	a: '\\s*([ap]\\.?m\\.?|上午|下午)',
	z: OFFSET
};
/** The codes of `strftime`, which those who come from Python write. */
const PERCENT: Readonly<Record<string, string>> = {
	Y: 'yyyy',
	y: 'yy',
	m: 'MM',
	b: 'MMM',
	B: 'MMM',
	d: 'dd',
	H: 'HH',
	I: 'hh',
	M: 'mm',
	S: 'ss',
	f: 'SSSSSS',
	p: 'a',
	z: 'XXX',
	Z: 'XXX',
	T: 'HH:mm:ss',
	F: 'yyyy-MM-dd'
};

/** The part that a token stands for, given those before it; null where it is literal, undefined where it means nothing. */
function partOf(token: string, before: readonly Part[]): Part | null | undefined {
	const has = (part: Part): boolean => before.includes(part);
	const { length } = token;
	// Java writes the offset zero as a sign in quotes.
	if (token === "'Z'") return 'z';
	switch (token[0]!.toLowerCase()) {
		case 'y':
			return length === 4 || length === 2 ? 'y' : undefined;
		case 'd':
			return length <= 2 ? 'd' : undefined;
		case 'm':
			if (length > 2) return token[0] === 'M' && length <= 4 && !has('M') && !has('N') ? 'N' : undefined;
			// After the hour it is taken for minutes whatever its case, until there are minutes.
			if (has('h') && !has('m')) return 'm';
			return has('M') || has('N') ? undefined : 'M';
		case 'h':
		case 'k':
			return length <= 2 ? 'h' : undefined;
		case 's':
			return length > 2 || has('s') ? 'f' : 's';
		case 'f':
			return 'f';
		case 'x':
		case 'z':
			return 'z';
		case 'a':
			return 'a';
		case 't':
			return length === 2 ? 'a' : token === 'T' ? null : undefined;
		default:
			return /^[a-z]$/i.test(token) ? undefined : null;
	}
}

const literal = (token: string): string =>
	(token.startsWith("'") && token.length > 1 ? token.slice(1, -1).replaceAll("''", "'") || "'" : token).replace(
		/[.*+?^${}()|[\]\\/]/g,
		'\\$&'
	);

/** Compiles a pattern such as `dd.MM.yyyy HH:mm`; null where it is none or names no whole date. */
export function compile(format: string): Pattern | null {
	const plain = format.replace(/%([a-zA-Z])/g, (code, letter: string) => PERCENT[letter] ?? code);
	const tokens = [...plain.matchAll(TOKENS)].map(([token]) => token);
	const parts: Part[] = [];
	const pieces: string[] = [];
	const add = (part: Part, source = SOURCES[part]): void => {
		parts.push(part);
		pieces.push(source);
	};
	const seconds = tokens.some((token) => /^s{1,2}$/i.test(token));
	const fractions = tokens.some((token) => /^f|^s{3}/i.test(token)) || /s[.,]s/i.test(plain);
	for (const token of tokens) {
		const part = partOf(token, parts);
		if (part === undefined) return null;
		if (part === null) {
			// Blanks may be wider than they were written, and of another kind before AM and PM.
			pieces.push(token === ' ' ? '\\s+' : literal(token));
			continue;
		}
		const last = pieces.at(-1);
		if (last === '\\s+' && (part === 'a' || part === 'z')) pieces.pop();
		// Many writers leave out a fraction that is zero.
		if (part === 'f' && (last === '\\.' || last === ',')) {
			pieces.pop();
			add('f', '(?:[.,](\\d+))?');
			continue;
		}
		add(part, part === 'y' && token.length === 2 ? '(\\d\\d)' : undefined);
		if (part === 'm' && !seconds) add('s', '(?::(\\d\\d))?');
		if ((part === 's' || (part === 'm' && !seconds)) && !fractions) add('f', '(?:[.,](\\d+))?');
	}
	if (!parts.includes('y') || !parts.includes('d') || !(parts.includes('M') || parts.includes('N'))) return null;
	if (!parts.includes('z')) add('z');
	if (new Set(parts).size < parts.length) return null;
	const pattern = new RegExp(`^\\s*${pieces.join('')}\\s*$`, 'iu');
	return { pattern, parts, group: (part) => parts.indexOf(part) + 1 };
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
let months: Map<string, number> | undefined;

/** The number of a month by its name, in the languages of European logs, short or in full; NaN where it is none. */
export function monthOf(name: string): number {
	if (months === undefined) {
		months = new Map();
		for (const language of LANGUAGES) {
			for (const style of ['long', 'short'] as const) {
				const { format } = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
				for (let month = 1; month <= 12; month++) {
					const key = keyOf(format(Date.UTC(2021, month - 1, 1)));
					if (!months.has(key)) months.set(key, month);
					// English writers cut after three letters what Intl writes in four: Sept, June.
					if (language === 'en') months.set(key.slice(0, 3), month);
				}
			}
		}
	}
	return months.get(keyOf(name)) ?? NaN;
}

const keyOf = (name: string): string => name.toLowerCase().replace('.', '');
