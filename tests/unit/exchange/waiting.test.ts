import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoWriter } from '../../../src/lib/server/exchange/import/iso-writer.ts';
import { Waiting } from '../../../src/lib/server/exchange/import/waiting.ts';

test('drafts come back whole, oldest first, those of equal time in the order they came', () => {
	const draft = fc.record({
		at: fc.integer({ min: 0, max: 5 }),
		source: fc.constantFrom('/a', '/b'),
		id: fc.string({ unit: 'grapheme', minLength: 1 }),
		fileLine: fc.nat(),
		line: fc.string({ unit: 'grapheme', maxLength: 20 }),
		caseId: fc.option(fc.string({ unit: 'grapheme' })),
		activity: fc.string({ unit: 'grapheme' })
	});
	fc.assert(
		fc.property(fc.array(draft), fc.integer({ min: 1, max: 700 }), (drafts, times) => {
			const given = Array.from({ length: drafts.length === 0 ? 0 : times }, (_, i) => {
				const one = drafts[i % drafts.length]!;
				return { ...one, id: `${i}${one.id}`, key: one.caseId ?? one.source };
			});
			const waiting = new Waiting();
			for (const one of given) waiting.add(one);
			expect([...waiting.sorted()]).toEqual(given.toSorted((a, b) => a.at - b.at));
		}),
		{ numRuns: 50 }
	);
});

test('moments are written as the platform writes them', () => {
	const iso = isoWriter();
	fc.assert(
		fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), fc.nat(86_400_000), (at, later) => {
			for (const moment of [at, at + later, at]) expect(iso(moment)).toBe(new Date(moment).toISOString());
		})
	);
});
