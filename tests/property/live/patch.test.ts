import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff, merge, NULL_TEXT } from '#lib/protocol/patch.ts';

const key = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', ''), fc.string({ maxLength: 3 }));
const leaf = fc.oneof(
	fc.constant(null),
	fc.boolean(),
	fc.integer(),
	fc.string({ maxLength: 4 }),
	fc.constantFrom(NULL_TEXT, `${NULL_TEXT}x`, `${NULL_TEXT}${NULL_TEXT}`)
);
const { value } = fc.letrec((tie) => ({
	value: fc.oneof({ maxDepth: 4 }, leaf, tie('array'), tie('object')),
	array: fc.array(tie('value'), { maxLength: 3 }),
	object: fc.dictionary(key, tie('value'), { maxKeys: 4 })
}));

const overTheWire = (patch: unknown): unknown => (patch === undefined ? undefined : JSON.parse(JSON.stringify(patch)));
const text = (any: unknown): string => JSON.stringify(any);
/** JSON without regard to the order of members. */
function sorted(any: unknown): unknown {
	if (Array.isArray(any)) return any.map(sorted);
	if (typeof any !== 'object' || any === null) return any;
	return Object.entries(any)
		.map(([name, inner]) => [name, sorted(inner)])
		.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

describe('merge patches', () => {
	test('a patch over the wire turns any value into any other', () => {
		fc.assert(
			fc.property(value, value, (before, after) => {
				const patched = merge(before, overTheWire(diff(before, after)));
				expect(sorted(patched)).toEqual(sorted(after));
			}),
			{ numRuns: 2_000 }
		);
	});

	test('a snapshot and all deltas after it are the newest view', () => {
		fc.assert(
			fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), (views) => {
				let held = views[0];
				for (let i = 1; i < views.length; i += 1) held = merge(held, overTheWire(diff(views[i - 1], views[i])));
				expect(sorted(held)).toEqual(sorted(views.at(-1)));
			})
		);
	});

	test('equal values need no patch, and applying a patch changes neither value nor patch', () => {
		fc.assert(
			fc.property(value, value, (before, after) => {
				expect(diff(before, structuredClone(before))).toBeUndefined();
				const patch = diff(before, after);
				const kept = [text(before), text(patch ?? null)];
				merge(before, patch);
				expect([text(before), text(patch ?? null)]).toEqual(kept);
			})
		);
	});
});
