import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outbox } from '../../../../simulator/bank/outbox.ts';

test('hands out everything once, in the order of time, never before it is asked for: property', () => {
	const told = fc.array(fc.record({ at: fc.integer({ min: 0, max: 20_000_000 }), no: fc.nat() }));
	const cuts = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { maxLength: 6 });
	fc.assert(
		fc.property(told, cuts, (all, moments) => {
			const outbox = new Outbox<{ at: number; no: number }>();
			for (const one of all) outbox.add(one);
			const taken = [...moments.toSorted((a, b) => a - b), 30_000_000].flatMap((until) => {
				const part = outbox.take(until);
				expect(part.every(({ at }) => at < until)).toBe(true);
				return part;
			});
			// Sorting is stable: those of one moment stay in the order in which they were told.
			expect(taken).toEqual(all.toSorted((a, b) => a.at - b.at));
		})
	);
});

test('takes what is told between two takings', () => {
	const outbox = new Outbox<{ at: number }>();
	outbox.add({ at: 5 });
	outbox.add({ at: 7_200_000 });
	expect(outbox.take(6)).toEqual([{ at: 5 }]);
	outbox.add({ at: 6 });
	expect(outbox.take(7_200_001)).toEqual([{ at: 6 }, { at: 7_200_000 }]);
	expect(outbox.take(Infinity)).toEqual([]);
});
