import { parseTime } from '../../domain/events/rfc3339.ts';
import { zoneReader } from '../../domain/sla/zone.ts';
import type { Millis } from '../../domain/time.ts';

/** Reads a cell as a moment; NaN where it is none. Numbers count as text unless the format is an epoch. */
export type TimeReader = (cell: string | number) => Millis;

export interface TimeReading {
	read: TimeReader;
	/** How many times carried no offset and were read in the zone. */
	naive(): number;
	/** Does as if the last time had not been read. */
	forget(): void;
}

const ISO =
	/^\s*(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?\s*$/i;
const EPOCHS: Record<string, number> = { 'epoch-seconds': 1_000, 'epoch-ms': 1, 'epoch-us': 1e-3 };
const TAIL = '\\s*(Z|UTC|[+-]\\d\\d(?::?\\d\\d)?)?';

/** Minutes east of UTC; null where the text names no offset. */
function offsetOf(text: string | undefined): number | null {
	if (text === undefined) return null;
	if (!/^[+-]/.test(text)) return 0;
	const digits = text.slice(1).replace(':', '');
	const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
	return text[0] === '-' ? -minutes : minutes;
}

function civil(y: number, mo: number, d: number, h: number, mi: number, s: number, ms: number): Millis {
	const at = Date.UTC(y, mo - 1, d, h, mi, s, ms);
	const valid =
		mo >= 1 && mo <= 12 && h <= 24 && mi <= 59 && s <= 60 && d >= 1 && d <= new Date(Date.UTC(y, mo, 0)).getUTCDate();
	return valid && (h < 24 || mi + s + ms === 0) ? at : NaN;
}

type Part = 'y' | 'M' | 'd' | 'h' | 'm' | 's' | 'f';

/** Pieces of a format such as `dd.MM.yyyy HH:mm`; `MM` after the hour is taken for minutes whatever its case. */
function compile(format: string): { pattern: RegExp; parts: Part[] } | null {
	const parts: Part[] = [];
	let source = '';
	for (const [token] of format.matchAll(/y{4}|[dD]{1,2}|[mM]{1,2}|[hH]{1,2}|[sS]{3,}|[fF]+|[sS]{1,2}|'[^']*'|[^]/g)) {
		const letter = token[0]!.toLowerCase();
		const part: Part | null =
			letter === 'y' && token.length === 4
				? 'y'
				: letter === 'd' || letter === 'h'
					? letter
					: letter === 'm'
						? parts.includes('h')
							? 'm'
							: 'M'
						: letter === 'f' || (letter === 's' && token.length > 2)
							? 'f'
							: letter === 's'
								? 's'
								: null;
		if (part === null) {
			if (/[a-z]/i.test(token) && !token.startsWith("'") && token !== 'T' && token !== 'Z') return null;
			source += token === 'Z' ? '' : token.replaceAll("'", '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
			continue;
		}
		parts.push(part);
		source += part === 'y' ? '(\\d{4})' : part === 'f' ? '(\\d+)' : '(\\d\\d?)';
	}
	if (!parts.includes('y') || !parts.includes('M') || !parts.includes('d')) return null;
	if (parts.includes('m') && !parts.includes('s')) {
		source += '(?::(\\d\\d))?';
		parts.push('s');
	}
	if (parts.includes('s') && !parts.includes('f')) {
		source += '(?:[.,](\\d+))?';
		parts.push('f');
	}
	return { pattern: new RegExp(`^\\s*${source}${TAIL}\\s*$`, 'i'), parts };
}

/** Whether a `time.format` is one that `timeReading` understands. */
export function isTimeFormat(format: string): boolean {
	return format === 'iso' || Object.hasOwn(EPOCHS, format) || compile(format) !== null;
}

const fraction = (text: string | undefined): Millis => (text ? Math.floor(Number(`0.${text}`) * 1_000 + 1e-6) : 0);

/** A reader for one column. Without a format: ISO 8601 with `T` or a blank, dashes or slashes. `zone` is for times that name no offset. */
export function timeReading(format: string | undefined, zone: string): TimeReading {
	const toInstant = zoneReader(zone);
	let naive = 0;
	let counted = 0;
	const place = (at: Millis, offset: string | undefined): Millis => {
		const minutes = offsetOf(offset);
		counted = 0;
		if (at !== at) return at;
		if (minutes !== null) return at - minutes * 60_000;
		naive++;
		counted = 1;
		return toInstant(at);
	};
	const count = {
		naive: () => naive,
		forget() {
			naive -= counted;
			counted = 0;
		}
	};
	const scale = format === undefined ? undefined : EPOCHS[format];
	if (scale !== undefined) {
		const read = (cell: string | number): Millis => {
			const value = typeof cell === 'number' ? cell : /^\s*-?\d+(\.\d+)?\s*$/.test(cell) ? Number(cell) : NaN;
			return Math.floor(value * scale);
		};
		return { read, ...count };
	}
	const compiled = format === undefined || format === 'iso' ? null : compile(format);
	if (compiled) {
		const { pattern, parts } = compiled;
		const read = (cell: string | number): Millis => {
			const match = pattern.exec(String(cell));
			if (!match) return NaN;
			const value = (part: Part): number => Number(match[parts.indexOf(part) + 1] ?? 0);
			const of = (part: Part): number => (parts.includes(part) ? value(part) : 0);
			const ms = parts.includes('f') ? fraction(match[parts.indexOf('f') + 1]) : 0;
			return place(civil(of('y'), of('M'), of('d'), of('h'), of('m'), of('s'), ms), match[parts.length + 1]);
		};
		return { read, ...count };
	}
	const read = (cell: string | number): Millis => {
		const text = String(cell);
		if (text.charCodeAt(10) === 84) {
			const strict = parseTime(text);
			if (strict === strict) {
				counted = 0;
				return strict;
			}
		}
		const m = ISO.exec(text);
		if (!m) return NaN;
		const at = civil(+m[1]!, +m[2]!, +m[3]!, +(m[4] ?? 0), +(m[5] ?? 0), +(m[6] ?? 0), fraction(m[7]));
		return place(at, m[8]);
	};
	return { read, ...count };
}
