import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pick } from '#lib/server/live/open/pick.ts';
import { Sorted } from '#lib/server/live/open/sorted.ts';
import { Tally } from '#lib/server/live/open/tally.ts';

interface Item {
	key: number;
	id: string;
}

const compare = (a: Item, b: Item): number => (a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key ? -1 : 1);
const key = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(Infinity));
const items = (most: number): fc.Arbitrary<Item[]> =>
	fc
		.array(key, { minLength: most / 2, maxLength: most, size: 'max' })
		.map((keys) => keys.map((one, at) => ({ key: one, id: `i${at}` })));

test('an order of thousands of items is what a sort of them is, whatever was added, removed and taken', () => {
	fc.assert(
		fc.property(items(2_000), items(1_500), fc.nat(300), fc.nat(3_000), (first, later, to, from) => {
			const sorted = new Sorted<Item>(
				(item) => item.key,
				(item) => item.id
			);
			sorted.fill(first);
			const added = later.map((item) => ({ ...item, id: `j${item.id}` }));
			for (const item of added) sorted.add(item);
			const gone = new Set([...first, ...added].filter((_, at) => at % 3 === 0));
			for (const item of gone) expect(sorted.remove(item)).toBe(true);
			const left = [...first, ...added].filter((item) => !gone.has(item)).sort(compare);
			expect(sorted.page(0, Infinity)).toEqual(left);
			expect(sorted.page(from, 70)).toEqual(left.slice(from, from + 70));
			expect(sorted.rank(to)).toBe(left.filter((item) => item.key < to).length);
			expect(sorted.takeTo(to)).toEqual(left.filter((item) => item.key <= to));
			expect(sorted.size).toBe(left.filter((item) => item.key > to).length);
			expect(sorted.first()).toEqual(left.find((item) => item.key > to));
		}),
		{ numRuns: 15 }
	);
});

test('the first of many are those that a full sort begins with', () => {
	fc.assert(
		fc.property(items(1_000), fc.nat(400), (all, count) => {
			expect(pick([...all], count, compare)).toEqual([...all].sort(compare).slice(0, count));
		}),
		{ numRuns: 60 }
	);
});

test('a tally always knows its largest count and the first name that has it', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()), { maxLength: 60 }), (steps) => {
			const tally = new Tally();
			const counts: Record<string, number> = {};
			for (const [name, more] of steps) {
				const count = counts[name] ?? 0;
				if (more) tally.add(name);
				else tally.remove(name);
				counts[name] = more ? count + 1 : Math.max(0, count - 1);
				const most = Math.max(...Object.values(counts));
				expect(tally.most).toBe(most);
				if (most > 0) expect(counts[tally.top() ?? '']).toBe(most);
			}
		})
	);
});
