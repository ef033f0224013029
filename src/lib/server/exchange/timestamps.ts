import { parseTime } from '../../domain/events/rfc3339.ts';
import { zoneReader } from '../../domain/sla/zone.ts';
import type { Millis } from '../../domain/time.ts';
import { compile, monthOf, type Pattern } from './time-pattern.ts';

/** Reads a cell as a moment; NaN where it is none. Numbers count as text unless the format is an epoch. */
export type TimeReader = (cell: string | number) => Millis;

export interface TimeReading {
	read: TimeReader;
	/** How many times carried no offset and were read in the zone. */
	naive(): number;
	/** Does as if the last time had not been read. */
	forget(): void;
}

const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/;
const ISO =
	/^\s*(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?\s*$/i;
/** How many of an epoch's units make a millisecond. */
const EPOCHS: Readonly<Record<string, number>> = {
	'epoch-seconds': 1e-3,
	'epoch-ms': 1,
	'epoch-us': 1e3,
	'epoch-ns': 1e6
};

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

/** Whether a `time.format` is one that `timeReading` understands. */
export function isTimeFormat(format: string): boolean {
	return format === 'iso' || Object.hasOwn(EPOCHS, format) || compile(format) !== null;
}

const fraction = (text: string | undefined): Millis => (text ? Math.floor(Number(`0.${text}`) * 1_000 + 1e-6) : 0);

function patternReader(
	{ pattern, group }: Pattern,
	place: (at: Millis, offset: string | undefined) => Millis
): TimeReader {
	const [y, mo, name, d, h, mi, s, f, half, z] = (['y', 'M', 'N', 'd', 'h', 'm', 's', 'f', 'a', 'z'] as const).map(
		group
	) as [number, number, number, number, number, number, number, number, number, number];
	return (cell) => {
		const match = pattern.exec(String(cell));
		if (!match) return NaN;
		const of = (index: number): number => (index === 0 ? 0 : Number(match[index] ?? 0));
		const year = of(y);
		const month = name === 0 ? of(mo) : monthOf(match[name]!);
		const hour = half === 0 ? of(h) : hourOf(of(h), match[half]!);
		// As POSIX has it: 69 to 99 are of the last century.
		const full = match[y]!.length > 2 ? year : year + (year < 69 ? 2_000 : 1_900);
		const ms = fraction(f === 0 ? undefined : match[f]);
		return place(civil(full, month, of(d), hour, of(mi), of(s), ms), match[z]);
	};
}

function hourOf(hour: number, half: string): number {
	if (hour > 12) return NaN;
	return (hour % 12) + (/^[p下]/i.test(half) ? 12 : 0);
}

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
			const value = typeof cell === 'number' ? cell : NUMBER.test(cell) ? Number(cell) : NaN;
			// Rounded to the microsecond first: a second and its fraction is not exact as a number.
			return Math.floor(Math.round((value / scale) * 1e3) / 1e3);
		};
		return { read, ...count };
	}
	const compiled = format === undefined || format === 'iso' ? null : compile(format);
	if (compiled) return { read: patternReader(compiled, place), ...count };
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
