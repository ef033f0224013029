import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elementTexts } from '../../../src/lib/server/ingest/element-texts.ts';

test('the elements of an array are cut out whole, whatever texts and nests they hold', () => {
	const text = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', 'a', '卡') });
	const element = fc.oneof(
		fc.dictionary(text, fc.oneof(text, fc.array(text), fc.dictionary(text, text))),
		fc.array(fc.oneof(text, fc.integer()))
	);
	fc.assert(
		fc.property(fc.array(element), fc.constantFrom('', ' '), (elements, blank) => {
			const json = `[${blank}${elements.map((one) => JSON.stringify(one)).join(`${blank},${blank}`)}${blank}]`;
			expect(elementTexts(json)).toEqual(elements.map((one) => JSON.stringify(one)));
		})
	);
});

test('plain values are left out', () => {
	expect(elementTexts('[1, "{}", {"a":1}, null]')).toEqual(['{"a":1}']);
});
