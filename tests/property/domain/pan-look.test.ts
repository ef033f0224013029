import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonMayHoldPan } from '../../../src/lib/domain/events/pan-look.ts';
import { findPan } from '../../../src/lib/domain/events/pan.ts';
import { withCheckDigit } from '../../unit/domain/support.ts';

const SEPARATORS = ['', '', '', ' ', '-', '  ', '\u00a0', '\u2013'] as const;
const digit = fc.integer({ min: 0, max: 9 });
const number = fc
	.tuple(fc.constantFrom('3', '4', '5', '6', '81', '9558', '2221'), fc.array(digit, { minLength: 10, maxLength: 16 }))
	.map(([first, rest]) => withCheckDigit((first + rest.join('')).slice(0, 18)));

/** The number in groups, in full-width digits or plain, among other signs. */
const written = fc
	.tuple(number, fc.array(fc.constantFrom(...SEPARATORS), { minLength: 19, maxLength: 19 }), fc.boolean(), fc.nat(3))
	.map(([digits, by, wide, every]) =>
		[...digits]
			.map((sign, i) => {
				const shown = wide ? String.fromCharCode(0xff10 + Number(sign)) : sign;
				return (i > 0 && (i % 4 === 0 || every === 0) ? by[i] : '') + shown;
			})
			.join('')
	);
const filler = fc.string({ unit: fc.constantFrom('a', ' ', '-', '1', '7', ',', '卡', '"', '\\', '/', '\n', '.') });
const text = fc.oneof(
	fc.tuple(filler, written, filler).map((parts) => parts.join('')),
	filler
);
const value = fc.letrec((tie) => ({
	any: fc.oneof(
		{ maxDepth: 4 },
		text,
		number.map(Number),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		tie('list'),
		tie('record')
	),
	list: fc.array(tie('any'), { maxLength: 3 }),
	record: fc.dictionary(text, tie('any'), { maxKeys: 3 })
})).any;

type Write = (parts: { escape: boolean; exponent: boolean; blank: string }) => (value: unknown) => string;

/** JSON as another program may write it: digits as escapes, numbers with an exponent, blanks between the signs. */
const write: Write = (how) => (part) => {
	const { escape, exponent, blank } = how;
	const again = write(how);
	if (typeof part === 'string') {
		const plain = JSON.stringify(part);
		return escape ? plain.replace(/[0-9](?=[^"]*")/, (sign) => `\\u003${sign}`) : plain;
	}
	if (typeof part === 'number') return exponent ? part.toExponential().replace('e+', 'E') : JSON.stringify(part);
	if (Array.isArray(part)) return `[${blank}${part.map(again).join(`${blank},${blank}`)}${blank}]`;
	const fields = Object.entries(part as object).map(
		([name, inner]) => `${again(name)}${blank}:${blank}${again(inner)}`
	);
	return `{${blank}${fields.join(`,${blank}`)}}`;
};

test('what the quick look at JSON lets through holds no card number, however it is written', () => {
	const how = fc.record({ escape: fc.boolean(), exponent: fc.boolean(), blank: fc.constantFrom('', ' ', '\n\t') });
	let found = 0;
	let passed = 0;
	fc.assert(
		fc.property(value, how, (part, way) => {
			const json = write(way)(part);
			const parsed: unknown = JSON.parse(json);
			const card = findPan(parsed) !== undefined;
			if (card) found++;
			if (!jsonMayHoldPan(json)) {
				passed++;
				expect(findPan(parsed)).toBeUndefined();
			}
		}),
		{ numRuns: 5_000 }
	);
	expect(Math.min(found, passed)).toBeGreaterThan(200);
});

test('a number with fewer written digits than it has is not let through', () => {
	const round = Number(withCheckDigit('41'.padEnd(11, '0')).padEnd(15, '0'));
	for (const json of [
		`${round / 1e9}e9`,
		`[${round / 1e9}E9]`,
		`{"a": ${round / 1e9}e+9}`,
		`{"a":\n-${round / 1e9}e9}`
	])
		expect(jsonMayHoldPan(json)).toBe(true);
});
