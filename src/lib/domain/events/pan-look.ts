/** Digits of the shortest card number. */
const SHORTEST = 12;
/** Signs that may part two digits of a card number without ending it. */
const WIDEST_GAP = 2;
const EXPONENT = /\d[eE][+\-\d]/g;
const NUMBER = '0123456789.-';
/** What may stand before a number in JSON. */
const BEFORE = ':,[ \t\r\n';

function isDigit(unit: number): boolean {
	return (unit >= 48 && unit <= 57) || (unit >= 0xff10 && unit <= 0xff19);
}

/** Whether a sign can stand in a written card number: a digit, a space or a dash. */
function belongs(unit: number): boolean {
	if (unit < 0xa0) return (unit >= 48 && unit <= 57) || unit === 32 || unit === 45;
	return unit === 0xa0 || (unit >= 0x2010 && unit <= 0x2015) || (unit >= 0xff10 && unit <= 0xff19);
}

function manyDigits(text: string, from: number, to: number): boolean {
	let digits = 0;
	let gap = 0;
	for (let i = from; i < to; i++) {
		if (isDigit(text.charCodeAt(i))) {
			if (++digits >= SHORTEST) return true;
			gap = 0;
		} else if (digits > 0 && ++gap > WIDEST_GAP) digits = gap = 0;
	}
	return false;
}

/** Whether 12 digits follow each other with at most two other signs of no weight between them: a quick look that never misses. */
export function mayHoldPan(text: string): boolean {
	// A row of twelve signs that belong has one of them at every twelfth place, so that most of a text need not be looked at.
	for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
		if (!belongs(text.charCodeAt(at))) continue;
		let from = at;
		while (from > 0 && belongs(text.charCodeAt(from - 1))) from--;
		while (at < text.length && belongs(text.charCodeAt(at))) at++;
		if (manyDigits(text, from, at)) return true;
	}
	return false;
}

/** Whether a number with an exponent stands in the JSON, outside or inside a text: it may have more digits than it shows. */
function holdsExponent(json: string): boolean {
	EXPONENT.lastIndex = 0;
	for (let match = EXPONENT.exec(json); match !== null; match = EXPONENT.exec(json)) {
		let from = match.index;
		while (from > 0 && NUMBER.includes(json[from - 1]!)) from--;
		if (from === 0 || BEFORE.includes(json[from - 1]!)) return true;
	}
	return false;
}

/**
 * The same quick look at JSON text, for the value that it stands for: where this says no, `findPan` of the parsed value finds nothing.
 * Written escapes and exponents can hide digits, so that they count as a yes.
 */
export function jsonMayHoldPan(json: string): boolean {
	return mayHoldPan(json) || json.includes('\\u') || holdsExponent(json);
}
