import { mayHoldPan } from './pan-look.ts';
import { pointerOf } from './validate.ts';

/*
 * What counts as a full card number:
 * - 12 to 19 digits that pass the Luhn check and begin like an issuer's number (below), full-width digits included;
 * - written in one run, or in groups of three or more digits (the last may be shorter) parted by spaces or dashes;
 * - one run of 16 to 19 digits counts wherever it stands, letters beside it or not, save inside hashes (32, 40 or 64 hex
 *   digits); 12 to 15 digits and grouped ones only where no letter, digit, dash or underscore touches them.
 * Issuers: 3, 4, 5, 6, Mastercard 2221–2720, Mir 2200–2204, and for 16 to 19 digits also 81 (UnionPay) and the old
 * Chinese ranges 9558 and (19 digits) 103. So no epoch in ms, µs or ns (1…), no date such as 20261122 and no case id is taken for one.
 * A JSON number too large to be exact cannot be checked by Luhn: it counts when it has 16 to 19 digits and an issuer's beginning.
 */
const SEPARATOR = '[ \\-\\u00a0\\u2010-\\u2015]';
const CANDIDATE = new RegExp(`\\d{12,19}|\\d{3,}(?:${SEPARATOR}{1,2}\\d{3,})*${SEPARATOR}{1,2}\\d+`, 'g');
const NOT_DIGIT = /[^0-9]/g;
const WORD = /[0-9A-Za-z]/;
const TOUCHING = /[0-9A-Za-z_\-\u2010-\u2015]/;
const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const WIDE = /[\uff10-\uff19]/g;

function luhn(digits: string): boolean {
	let sum = 0;
	let double = false;
	for (let i = digits.length - 1; i >= 0; i--) {
		let digit = digits.charCodeAt(i) - 48;
		if (double) {
			digit *= 2;
			if (digit > 9) digit -= 9;
		}
		sum += digit;
		double = !double;
	}
	return sum % 10 === 0;
}

function issued(digits: string): boolean {
	const length = digits.length;
	const first = digits.charCodeAt(0) - 48;
	if (first >= 3 && first <= 6) return true;
	const four = Number(digits.slice(0, 4));
	if (first === 2) return length >= 16 && ((four >= 2221 && four <= 2720) || (four >= 2200 && four <= 2204));
	if (length < 16) return false;
	return digits.startsWith('81') || four === 9558 || (length === 19 && digits.startsWith('103'));
}

function word(text: string, from: number, to: number): string {
	let start = from;
	let end = to;
	while (start > 0 && WORD.test(text[start - 1]!)) start--;
	while (end < text.length && WORD.test(text[end]!)) end++;
	return text.slice(start, end);
}

function touched(text: string, from: number, to: number): boolean {
	return (from > 0 && TOUCHING.test(text[from - 1]!)) || (to < text.length && TOUCHING.test(text[to]!));
}

/** Position of the first card number in a text without full-width digits, from `start` on. */
function locate(text: string, start: number): { from: number; to: number } | null {
	CANDIDATE.lastIndex = start;
	for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
		const raw = match[0];
		const from = match.index;
		const to = from + raw.length;
		const digits = raw.replace(NOT_DIGIT, '');
		const run = digits.length === raw.length;
		if (digits.length < 12) continue;
		if (run && /\d/.test(text[to] ?? '')) {
			// A run longer than any card number is none: step over the whole of it.
			while (/\d/.test(text[CANDIDATE.lastIndex] ?? '')) CANDIDATE.lastIndex++;
			continue;
		}
		if (digits.length > 19) {
			const inner = inside(raw);
			if (inner) return { from: from + inner.from, to: from + inner.to };
			continue;
		}
		if (!issued(digits) || !luhn(digits)) {
			const inner = run || digits.length < 16 ? null : inside(raw);
			if (inner) return { from: from + inner.from, to: from + inner.to };
			continue;
		}
		if (run && digits.length >= 16 ? HASH.test(word(text, from, to)) : touched(text, from, to)) continue;
		return { from, to };
	}
	return null;
}

/** Card numbers among further groups of digits: `12345 4111 1111 …`. Every row of whole groups is tried; the answer spans all that fit. */
function inside(raw: string): { from: number; to: number } | null {
	const groups = [...raw.matchAll(/\d+/g)];
	const span = { from: -1, to: -1 };
	for (let first = 0; first < groups.length; first++) {
		let digits = '';
		for (let last = first; last < groups.length; last++) {
			const group = groups[last]!;
			digits += group[0];
			if (digits.length > 19) break;
			const long = digits.length >= (last === first ? 16 : 14);
			if (!long || !issued(digits) || !luhn(digits)) continue;
			const to = group.index + group[0].length;
			if (span.from < 0) span.from = groups[first]!.index;
			span.to = Math.max(span.to, to);
		}
	}
	return span.from < 0 ? null : span;
}

function narrow(text: string): string {
	if (text.search(WIDE) < 0) return text;
	return text.replace(WIDE, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 48));
}

/** Whether a text contains a full card number. */
export function hasPan(text: string): boolean {
	return text.length >= 12 && mayHoldPan(text) && locate(narrow(text), 0) !== null;
}

function isPanNumber(value: number): boolean {
	const size = Math.abs(value);
	if (size < 1e11 || size >= 1e19 || !Number.isInteger(value)) return false;
	const digits = BigInt(size).toString();
	if (!issued(digits)) return false;
	return Number.isSafeInteger(value) ? luhn(digits) : digits.length >= 16;
}

function search(value: unknown, path: PropertyKey[]): boolean {
	if (typeof value === 'string') return hasPan(value);
	if (typeof value === 'number') return isPanNumber(value);
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) {
		for (let i = 0; i < value.length; i++) {
			path.push(i);
			if (search(value[i], path)) return true;
			path.pop();
		}
		return false;
	}
	for (const key in value) {
		path.push(key);
		if (hasPan(key) || search((value as Record<string, unknown>)[key], path)) return true;
		path.pop();
	}
	return false;
}

/**
 * JSON pointer of the first string, number or key that holds a full card number, or undefined. Where the number is in a key,
 * the pointer is masked: it can be shown and logged.
 */
export function findPan(value: unknown): string | undefined {
	const path: PropertyKey[] = [];
	return search(value, path) ? maskPans(pointerOf(path)) : undefined;
}

/** The text with every full card number cut to its first six and last four digits. */
export function maskPans(text: string): string {
	if (text.length < 12 || !mayHoldPan(text)) return text;
	const plain = narrow(text);
	let masked = '';
	let done = 0;
	for (let found = locate(plain, 0); found !== null; found = locate(plain, done)) {
		const digits = plain.slice(found.from, found.to).replace(NOT_DIGIT, '');
		masked += text.slice(done, found.from) + digits.slice(0, 6) + '*'.repeat(digits.length - 10) + digits.slice(-4);
		done = found.to;
	}
	return masked + text.slice(done);
}
