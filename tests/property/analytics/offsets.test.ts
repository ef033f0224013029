import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packOffsets, unpackOffsets } from '#analytics/project/offsets.ts';

test('offsets come back from their text as they went in', () => {
	const ascending = fc
		.uniqueArray(fc.maxSafeNat(), { maxLength: 40 })
		.map((offsets) => offsets.sort((one, other) => one - other));
	fc.assert(
		fc.property(ascending, (offsets) => {
			expect(unpackOffsets(packOffsets(offsets))).toEqual(offsets);
		})
	);
});
