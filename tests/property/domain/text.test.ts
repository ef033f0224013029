import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPan, maskPans } from '../../../src/lib/domain/events/pan.ts';
import { parseTime } from '../../../src/lib/domain/events/rfc3339.ts';
import { validateEvent } from '../../../src/lib/domain/events/validate.ts';
import { withCheckDigit } from '../../unit/domain/support.ts';

const digits = (length: number) =>
	fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

test('every card number of 16 to 19 digits is found in any text around it, and masked away', () => {
	const card = fc
		.tuple(fc.constantFrom('3', '4', '5', '6'), fc.integer({ min: 14, max: 17 }).chain(digits))
		.map(([first, rest]) => withCheckDigit(first + rest));
	const around = fc.string({ unit: fc.constantFrom('x', ' ', ',', '挂', '"', ':', 'Q', '/') });
	fc.assert(
		fc.property(card, around, around, fc.constantFrom('', ' ', '-'), (number, before, after, by) => {
			const written = by === '' ? number : number.replace(/(\d{4})(?=\d)/g, `$1${by}`);
			// Grouped digits with a letter right beside them are an id, not a card.
			const text = by === '' ? `${before}${written}${after}` : `${before} ${written} ${after}`;
			expect(findPan({ a: [text] })).toBe('/a/0');
			expect(findPan(maskPans(text))).toBeUndefined();
		}),
		{ numRuns: 3_000 }
	);
});

test('a text without twelve digits is never touched', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			if ((text.match(/\d/g)?.length ?? 0) < 12) expect([findPan(text), maskPans(text)]).toEqual([undefined, text]);
		})
	);
});

test('times are read as the platform reads them', () => {
	const moment = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2200, 0, 1) });
	const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
	const two = (value: number) => String(value).padStart(2, '0');
	fc.assert(
		fc.property(moment, offset, fc.boolean(), (at, minutes, short) => {
			const whole = short ? Math.floor(at / 1_000) * 1_000 : at;
			const local = new Date(whole + minutes * 60_000).toISOString().slice(0, short ? 19 : 23);
			const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
			expect(parseTime(local + zone)).toBe(whole);
			expect(parseTime(new Date(at).toISOString())).toBe(at);
		}),
		{ numRuns: 5_000 }
	);
});

test('anything at all at the door is answered, never thrown', () => {
	fc.assert(
		fc.property(fc.anything(), (value) => {
			expect(validateEvent(value).ok).toBe(false);
		})
	);
	const part = fc.option(fc.anything(), { nil: undefined });
	fc.assert(
		fc.property(part, part, part, fc.jsonValue(), (id, time, type, data) => {
			expect(validateEvent({ specversion: '1.0', source: '/t', id, time, type, data }).ok).toBe(false);
		})
	);
});
