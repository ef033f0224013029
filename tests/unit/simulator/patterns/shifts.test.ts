import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { PriorityResource } from '../../../../simulator/kernel/resource.ts';
import { Roster } from '../../../../simulator/patterns/roster.ts';
import { ShiftPlan } from '../../../../simulator/patterns/shift-plan.ts';
import { watch } from '../../../../simulator/statistics/watch.ts';

const morning = { from: 8, to: 13, staff: 2 };
const late = { from: 12, to: 18, staff: 1 };
const night = { from: 22, to: 26, staff: 1 };
const plan = new ShiftPlan({
	dayLength: 24,
	weekdays: [[morning, late], [morning], [morning], [morning], [night], [], []],
	exceptions: new Map([
		[7, []],
		[8, [{ from: 0, to: 24, staff: 4 }]]
	])
});

describe('a shift plan', () => {
	test('adds shifts that overlap, runs over midnight and follows exceptions', () => {
		const staff = (day: number, hour: number): number => plan.staffAt(day * 24 + hour);
		expect([7, 8, 12, 13, 18].map((hour) => staff(0, hour))).toEqual([0, 2, 3, 1, 0]);
		expect([staff(4, 23), staff(5, 1), staff(5, 2)]).toEqual([1, 1, 0]);
		expect([staff(7, 9), staff(8, 9), staff(14, 12)]).toEqual([0, 4, 3]);
		expect(plan.most).toBe(4);
	});

	test('finds each change, also after days without any', () => {
		const changes: number[] = [];
		for (let time = plan.nextChange(-1); changes.length < 12; time = plan.nextChange(time)) changes.push(time);
		expect(changes).toEqual([8, 12, 13, 18, 32, 37, 56, 61, 80, 85, 118, 122]);
		expect(plan.nextChange(122)).toBe(192);
		expect(plan.nextChange(192)).toBe(216);
		expect(new ShiftPlan({ dayLength: 24, weekdays: [[{ from: 0, to: 24, staff: 1 }]] }).nextChange(5)).toBe(Infinity);
	});

	test('refuses shifts that cannot be', () => {
		const of = (shift: typeof morning): ShiftPlan => new ShiftPlan({ dayLength: 24, weekdays: [[shift]] });
		expect(() => of({ from: 9, to: 9, staff: 1 })).toThrow('a shift from 9 to 9');
		expect(() => of({ from: 24, to: 25, staff: 1 })).toThrow('a shift from 24 to 25');
		expect(() => of({ from: 1, to: 2, staff: 0.5 })).toThrow('a shift of 0.5');
		expect(() => new ShiftPlan({ dayLength: 24, weekdays: [] })).toThrow('at least one weekday');
	});
});

describe('a roster', () => {
	const day = (shifts: (typeof morning)[]): ShiftPlan => new ShiftPlan({ dayLength: 100, weekdays: [shifts] });

	/** Customers who come at given ticks and take ten ticks each; answers when each began. */
	function serve(
		shifts: (typeof morning)[],
		arrivals: number[]
	): { began: number[]; roster: Roster; env: Environment } {
		const env = new Environment();
		const desk = new PriorityResource(env, 2, 'desk');
		const roster = new Roster(desk, day(shifts));
		const began: number[] = [];
		for (const at of arrivals)
			env.call(at, () =>
				desk.seize(() => {
					began.push(env.now);
					env.call(10, () => desk.free());
				})
			);
		return { began, roster, env };
	}

	test('lets nobody be served before the shift and everybody wait', () => {
		const { began, roster, env } = serve([{ from: 20, to: 90, staff: 1 }], [0, 5]);
		env.run(15);
		expect(roster).toMatchObject({ capacity: 0, count: 0, waiting: 2 });
		env.run(99);
		expect(began).toEqual([20, 30]);
	});

	test('finishes who is being served at the end of a shift and takes nobody after', () => {
		const { began, roster, env } = serve([{ from: 0, to: 25, staff: 1 }], [0, 1, 2, 3]);
		env.run(27);
		// The third began at 20 and is finished after the end at 25; the fourth waits for the next day.
		expect(roster).toMatchObject({ capacity: 0, count: 1, waiting: 1 });
		env.run(31);
		expect(roster).toMatchObject({ capacity: 0, count: 0, waiting: 1 });
		env.run(150);
		expect(began).toEqual([0, 10, 20, 100]);
	});

	test('keeps who has not left yet when the next shift needs people', () => {
		const { began, env } = serve(
			[
				{ from: 0, to: 25, staff: 1 },
				{ from: 28, to: 60, staff: 1 }
			],
			[0, 10, 20, 21]
		);
		env.run(99);
		expect(began).toEqual([0, 10, 20, 30]);
	});

	test('can be watched: people at work and on duty, not those away', () => {
		const env = new Environment();
		const desk = new PriorityResource(env, 2, 'desk');
		const roster = new Roster(
			desk,
			day([
				{ from: 0, to: 50, staff: 2 },
				{ from: 50, to: 100, staff: 1 }
			])
		);
		const watched = watch(desk, roster);
		for (const at of [45, 45, 45])
			env.call(at, () =>
				desk.seize(() => {
					env.call(10, () => desk.free());
				})
			);
		env.run(100);
		// Two from 45 to 55, of whom one was to leave at 50; the third from 55 to 65.
		expect(watched.inUse.integral(100)).toBe(30);
		expect(watched.waiting.integral(100)).toBe(10);
		expect([watched.inUse.high, watched.waiting.high]).toEqual([2, 1]);
		expect(watched.utilisation()).toBeCloseTo(30 / 150, 12);
	});

	test('refuses a plan with more people than desks', () => {
		const env = new Environment();
		expect(() => new Roster(new PriorityResource(env, 1, 'desk'), day([{ from: 0, to: 9, staff: 2 }]))).toThrow(
			'desk has 1 units, the shift plan up to 2'
		);
	});
});
