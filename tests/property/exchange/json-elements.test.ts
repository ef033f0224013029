import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonElements, NotJson } from '../../../src/lib/server/exchange/read/json-elements.ts';

const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' });
const document = fc.record({
	events: fc.array(value),
	other: value,
	objects: fc.array(value),
	'a "key" of [its] {own}': value
});

function cut(text: string, size: number, wanted: string[]): { list: string; index: number; value: unknown }[] {
	const elements = new JsonElements(wanted);
	const found = [];
	for (let i = 0; i < text.length; i += size) found.push(...elements.push(text.slice(i, i + size)));
	elements.end();
	expect(elements.lists.toSorted()).toEqual(wanted.toSorted());
	return found.map(({ list, index, text: own }) => ({ list, index, value: JSON.parse(own) as unknown }));
}

test('the elements of lists come out whole, wherever the pieces end', () => {
	fc.assert(
		fc.property(document, fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 2), (given, size, space) => {
			const text = JSON.stringify(given, null, space);
			const all = (['events', 'objects'] as const).flatMap((list) =>
				given[list].map((one, index) => ({ list, index, value: JSON.parse(JSON.stringify(one)) as unknown }))
			);
			expect(cut(text, size, ['events', 'objects'])).toEqual(all);
			expect(cut(text, size, ['objects'])).toEqual(all.filter(({ list }) => list === 'objects'));
		})
	);
});

test('a document that ends too early, or is none, is told', () => {
	const text = JSON.stringify({ events: [{ id: 'a' }, 'b'], objects: [] });
	for (let length = 0; length < text.length; length++) {
		expect(() => cut(text.slice(0, length), 7, ['events', 'objects'])).toThrow(NotJson);
	}
	expect(() => cut('nonsense', 3, [])).toThrow(NotJson);
});
