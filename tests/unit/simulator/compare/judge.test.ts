import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../../simulator/compare/claim.ts';
import { CLAIMS } from '../../../../simulator/compare/claims.ts';
import { judge } from '../../../../simulator/compare/judge.ts';
import { workingDays } from '../../../../simulator/compare/measure.ts';

const claim: Claim = {
	id: 'x',
	from: 'D1',
	en: 'x',
	zh: 'x',
	measure: 'x',
	unit: 'h',
	before: { from: 5, to: 7 },
	after: { to: 3 },
	change: 'falls'
};
const runs = (...values: number[]): Record<string, number>[] => values.map((x) => ({ x }));

describe('a claim', () => {
	test('is supported where both figures lie in their bounds and the change is beyond the noise', () => {
		const { verdict, before, after, difference } = judge(claim, runs(5.8, 6, 6.2), runs(1.9, 2, 2.1));
		expect(verdict).toBe('supported');
		expect([before?.mean, after?.mean, difference?.mean].map((mean) => mean?.toFixed(6))).toEqual([
			'6.000000',
			'2.000000',
			'-4.000000'
		]);
		// Student with two degrees of freedom: 4.303 × 0.2 / √3.
		expect((before?.high ?? 0) - 6).toBeCloseTo((4.30265 * 0.2) / Math.sqrt(3), 4);
		expect((difference?.high ?? 0) + 4).toBeCloseTo((4.30265 * 0.1) / Math.sqrt(3), 4);
	});

	test.each<[string, number[], number[], RegExp]>([
		['before is beyond its bound', [3, 3.1, 3.2], [1, 1.1, 1.2], /before it is below 5/],
		['after is beyond its bound', [6, 6.1, 6.2], [4, 4.1, 4.2], /after it is above 3/],
		['the change goes the other way', [5.1, 5.2, 5.3], [9, 9.1, 9.2], /does not change as it should/]
	])('is not supported where %s, and says so', (_, before, after, why) => {
		const judged = judge(claim, runs(...before), runs(...after));
		expect(judged.verdict).toBe('not supported');
		expect(judged.why).toMatch(why);
	});

	test('is not decided where an interval reaches over its bound', () => {
		const judged = judge(claim, runs(6, 6.5, 7.2), runs(1.9, 2, 2.1));
		expect([judged.verdict, judged.why]).toEqual(['not decided', 'before it may be above 7: replicate more']);
	});

	test('is not decided where the change drowns in the noise', () => {
		const { before: _, after: __, ...onlyChange } = claim;
		expect(judge(onlyChange, runs(5, 6, 7), runs(7, 4, 6)).verdict).toBe('not decided');
	});

	test('about what is rare pools the runs, so that all of a few is not taken for all', () => {
		const rare: Claim = { ...claim, before: {}, after: { from: 0.98 }, of: 'n' };
		const { change: _, ...about } = rare;
		const some = (...runs: [x: number, n: number][]): Record<string, number>[] => runs.map(([x, n]) => ({ x, n }));
		const few = judge(about, some([1, 3], [1, 5]), some([1, 2], [1, 8]));
		expect(few.verdict).toBe('not decided');
		// Wilson at 10 of 10.
		expect(few.after?.low).toBeCloseTo(0.7225, 3);
		expect(judge(about, some([1, 3], [1, 5]), some([0.9, 300], [0.95, 500])).verdict).toBe('not supported');
		expect(judge(about, some([1, 3], [1, 5]), some([0.999, 2_000], [1, 500], [NaN, 0])).verdict).toBe('supported');
		expect(judge(about, some([1, 3]), some([NaN, 0])).verdict).toBe('not modelled');
	});

	test('is not modelled where there is no measure, or no case of it', () => {
		expect(judge({ ...claim, measure: null, note: 'no prices' }, runs(1, 2), runs(1, 2))).toMatchObject({
			verdict: 'not modelled',
			why: 'no prices'
		});
		expect(judge(claim, [{}, {}], runs(1, 2)).verdict).toBe('not modelled');
	});

	test('of the plan has an id of its own and says something in both languages', () => {
		expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
		for (const { en, zh, measure, note } of CLAIMS) {
			expect(en).not.toBe('');
			expect(zh).toMatch(/[\u4e00-\u9fff]/);
			if (measure === null) expect(note).toMatch(/\w/);
		}
	});
});

test.each([
	['within a Monday', '2026-11-02T06:00', '2026-11-02T18:00', 0.5],
	['over a weekend', '2026-11-06T12:00', '2026-11-09T12:00', 1],
	['from Monday to Monday', '2026-11-02T00:00', '2026-11-09T00:00', 5],
	['on a Sunday', '2026-11-08T01:00', '2026-11-08T23:00', 0]
])('%s the working days are counted from Monday to Friday', (_, from, to, days) => {
	expect(workingDays(Date.parse(`${from}:00+08:00`), Date.parse(`${to}:00+08:00`))).toBeCloseTo(days, 9);
});
