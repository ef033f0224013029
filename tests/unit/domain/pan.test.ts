import { describe, expect, test } from 'vitest';
import { findPan, maskPans } from '../../../src/lib/domain/events/pan.ts';
import { withCheckDigit } from './support.ts';

const P16 = withCheckDigit('4111'.padEnd(15, '1'));
const P19 = withCheckDigit('622848'.padEnd(18, '3'));
const AMEX = withCheckDigit('3782'.padEnd(14, '8'));
const groups = (digits: string, by: string) => digits.replace(/(\d{4})(?=\d)/g, `$1${by}`);

describe('a full card number is found', () => {
	test.each([
		['bare', P16],
		['of 19 digits', P19],
		['of 15 digits', AMEX],
		['in a sentence', `card ${P19}, lost`],
		['with spaces', groups(P16, ' ')],
		['with dashes', groups(P19, '-')],
		['with other dashes and hard spaces', groups(P16, '\u2013').replace('\u2013', '\u00a0')],
		['with two spaces', groups(P16, '  ')],
		['right behind letters', `PAN${P19}`],
		['right behind Chinese', `卡号${P19}已挂失`],
		['after other digits', `12 345 ${groups(P16, ' ')}`],
		['before an expiry', `${groups(P16, ' ')} 12 27`],
		['after a hash', `${'a'.repeat(40)} ${P16}`],
		['in full-width digits', [...P16].map((d) => String.fromCharCode(0xff10 + Number(d))).join('')],
		['of an old ICBC card', withCheckDigit('955880'.padEnd(18, '2'))],
		['of Mastercard 2', withCheckDigit('2223'.padEnd(15, '0'))],
		['as a number', Number(P16)],
		['as a number too large to be exact', Number(P19)]
	])('%s', (_, value) => {
		expect(findPan({ data: { a: 1, list: ['x', { text: value }] } })).toBe('/data/list/1/text');
	});

	test('as a key, and the pointer does not tell it', () => {
		const pointer = findPan({ data: { [P16]: true } });
		expect(pointer).toBe(`/data/${maskPans(P16)}`);
		expect(pointer).not.toContain(P16);
	});
});

describe('what is no card number passes', () => {
	test.each([
		['an epoch in ms', 1_795_305_600_000],
		['an epoch in ms as text', '1795305600000'],
		['an epoch in µs', '1795305600000000'],
		['a case id', 'C20261122-000123'],
		['a date and time', '20261122100311'],
		['a time', '2026-11-22T10:03:11.204+08:00'],
		['another time', '2026-11-22 10:03:11'],
		['a ULID', '01JDA7Q0ZK6W3T9Y5N1E8B2C4D'],
		['a UUID', '3f2b6c1e-8d4a-4f0b-9c7e-112233445566'],
		['a masked card', '622848******6789'],
		['a wrong check digit', `${P16.slice(0, -1)}${(Number(P16.at(-1)) + 1) % 10}`],
		['a longer run', `${P19}${P16}`],
		['a phone', '+86 138 0013 8000'],
		['a share', 0.123456789012345],
		['an amount', 500_000],
		['a hash', `${'0123456789abcdef'.repeat(2)}`]
	])('%s', (_, value) => {
		expect(findPan({ value })).toBeUndefined();
	});
});

test('masking keeps the first six and last four digits, and all around them', () => {
	const masked = `${P16.slice(0, 6)}******${P16.slice(-4)}`;
	expect(maskPans(`a ${P16}, b ${groups(P16, ' ')}; c`)).toBe(`a ${masked}, b ${masked}; c`);
	expect(maskPans('C20261122-000123')).toBe('C20261122-000123');
	expect(findPan(maskPans(`{"x":${P19},"y":"${P16}"}`))).toBeUndefined();
});
