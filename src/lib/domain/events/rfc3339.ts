import type { Millis } from '../time.ts';

const DIGITS = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

function two(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 48;
	const ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Days from 1970-01-01 to a civil date, by shifting the year to start in March. */
function days(year: number, month: number, day: number): number {
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const ofEra = y - era * 400;
	const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function lastDay(year: number, month: number): number {
	const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return leap ? 29 : (LENGTHS[month - 1] ?? 0);
}

function assemble(
	y: number,
	mo: number,
	d: number,
	h: number,
	mi: number,
	s: number,
	ms: number,
	offset: number
): Millis {
	if (mo < 1 || mo > 12 || d < 1 || d > lastDay(y, mo) || h > 23 || mi > 59 || s > 60) return NaN;
	return days(y, mo, d) * 86_400_000 + (h * 60 + mi - offset) * 60_000 + s * 1_000 + ms;
}

function slow(text: string): Millis {
	const m = DIGITS.exec(text);
	if (!m) return NaN;
	const hours = Number(m[9] ?? 0);
	const minutes = Number(m[10] ?? 0);
	if (hours > 23 || minutes > 59) return NaN;
	const offset = (m[8] === '-' ? -1 : 1) * (hours * 60 + minutes);
	const ms = m[7] ? Math.floor(Number(`0.${m[7]}`) * 1_000) : 0;
	return assemble(+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +m[6]!, ms, offset);
}

/** The moment (ms) of an RFC 3339 time with offset; NaN where the text is not one. Finer than a ms is cut off. */
export function parseTime(text: string): Millis {
	// Nearly every time is `2026-11-22T10:03:11.204` and then `Z` or `+08:00`: those take the path without a regular expression.
	const length = text.length;
	if ((length !== 24 && length !== 29) || text.charCodeAt(19) !== 46 || text.charCodeAt(10) !== 84) return slow(text);
	let offset = 0;
	const sign = text.charCodeAt(23);
	if (length === 24) {
		if (sign !== 90) return slow(text);
	} else {
		if ((sign !== 43 && sign !== 45) || text.charCodeAt(26) !== 58) return slow(text);
		const hours = two(text, 24);
		const minutes = two(text, 27);
		if (!(hours <= 23 && minutes <= 59)) return NaN;
		offset = (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
	}
	if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
	if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN;
	const hundredths = text.charCodeAt(22) - 48;
	if (!(hundredths >= 0 && hundredths <= 9)) return NaN;
	const ms = two(text, 20) * 10 + hundredths;
	return assemble(
		two(text, 0) * 100 + two(text, 2),
		two(text, 5),
		two(text, 8),
		two(text, 11),
		two(text, 14),
		two(text, 17),
		ms,
		offset
	);
}
