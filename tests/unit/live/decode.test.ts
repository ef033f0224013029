import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { textOf } from '#lib/server/live/decode.ts';

const lines = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('挂失补办 – 5 €')), {
	maxLength: 5
});

test.prop([lines, fc.nat(7)])(
	'reads the text of lines, wherever in a buffer they lie and whatever letters they have',
	(texts, before) => {
		const text = texts.map((each) => each.toWellFormed().replaceAll('\uFEFF', '')).join('\n');
		const bytes = new TextEncoder().encode(text);
		const buffer = new Uint8Array(before + bytes.length + 3).fill(0xe6);
		buffer.set(bytes, before);
		expect(textOf(buffer.subarray(before, before + bytes.length))).toBe(text);
	}
);
