import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { kolmogorovSmirnov, wasserstein } from '../../../simulator/statistics/distance.ts';
import { Flow } from '../../../simulator/statistics/flow.ts';
import { tallyOf } from '../../../simulator/statistics/tally.ts';
import { TimeWeighted } from '../../../simulator/statistics/time-weighted.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const sample = fc.array(value, { minLength: 1, maxLength: 40 });

describe('statistics', () => {
	test.prop([fc.array(value, { maxLength: 40 }), fc.array(value, { maxLength: 40 })])(
		'merged tallies are the tally of everything',
		(a, b) => {
			const merged = tallyOf(a);
			merged.merge(tallyOf(b));
			const whole = tallyOf([...a, ...b]);
			expect([merged.count, merged.low, merged.high]).toEqual([whole.count, whole.low, whole.high]);
			if (whole.count > 0) expect(Math.abs(merged.mean - whole.mean)).toBeLessThan(1e-6);
			if (whole.count > 1)
				expect(Math.abs(merged.variance - whole.variance)).toBeLessThanOrEqual(1e-9 * whole.variance + 1e-9);
		}
	);

	test.prop([fc.array(fc.record({ after: fc.nat(50), stay: fc.nat(200) }), { minLength: 1 }), fc.nat(3_000)])(
		"Little's law holds at any moment, whoever is still inside",
		(visits, extra) => {
			let time = 0;
			const steps = visits.flatMap(({ after, stay }) => {
				time += after;
				return [
					{ time, entered: null as number | null },
					{ time: time + stay, entered: time as number | null }
				];
			});
			const flow = new Flow();
			const number = new TimeWeighted();
			const end = 1 + extra;
			const inside: number[] = [];
			for (const step of steps.sort((a, b) => a.time - b.time || (a.entered ?? -1) - (b.entered ?? -1))) {
				if (step.time > end) break;
				if (step.entered === null) {
					flow.enter(step.time);
					inside.push(step.time);
				} else {
					flow.leave(step.time, step.time - step.entered);
					inside.splice(inside.indexOf(step.entered), 1);
				}
				number.change(step.time, flow.inside);
			}
			const found = flow.little(end, inside);
			expect(found.gap).toBeLessThan(1e-12 * Math.max(1, found.number));
			expect(found.number).toBeCloseTo(number.mean(end), 9);
		}
	);

	test.prop([sample, sample, fc.double({ min: -1e3, max: 1e3, noNaN: true })])(
		'distances are symmetric, and shifting both samples changes nothing',
		(a, b, shift) => {
			expect(wasserstein(a, b)).toBe(wasserstein(b, a));
			expect(kolmogorovSmirnov(a, b)).toBe(kolmogorovSmirnov(b, a));
			const moved = wasserstein(
				a.map((x) => x + shift),
				b.map((x) => x + shift)
			);
			expect(Math.abs(moved - wasserstein(a, b))).toBeLessThan(1e-6);
			expect(
				Math.abs(
					wasserstein(
						a,
						a.map((x) => x + shift)
					) - Math.abs(shift)
				)
			).toBeLessThan(1e-6);
		}
	);
});
