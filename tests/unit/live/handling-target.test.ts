import { expect, it } from 'vitest';
import type { ClockRule, EventMatch, Policy } from '#lib/domain/sla/policy.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { durationFigure, handlingTarget } from '#lib/server/live/handling-target.ts';

function clock(id: string, minutes: number, rest: Partial<ClockRule> = {}): ClockRule {
	return {
		id,
		name: { zh: id, en: id },
		stage: null,
		start: [{ type: 'case.reported' }],
		end: [{ type: 'case.authorised' }],
		cancel: [],
		target: minutes * MINUTE,
		objective: 0.9,
		atRisk: 0.8,
		kind: 'wall',
		calendar: null,
		scope: {},
		pause: [],
		...rest
	};
}

const figure = (value: number, unit: 's' | 'min' | 'share') => ({
	from: 'D13',
	name: { zh: '办理', en: 'Handling' },
	value,
	unit,
	bound: 'at_most' as const
});

const policy = (rest: Partial<Policy>): Policy => ({ hash: 'h', clocks: [], closes: [], ...rest });
const visit: { start: EventMatch[]; end: EventMatch[] } = {
	start: [{ type: 'visit.called' }],
	end: [{ type: 'visit.completed' }]
};

it('keeps eight minutes where the policy names no target for handling', () => {
	expect(handlingTarget(policy({ clocks: [clock('approval', 3)] }))).toEqual({
		everywhere: 8 * MINUTE,
		branches: new Map()
	});
});

it('takes the figure before the clock of a case, and the clock of a visit before both', () => {
	const handling = clock('handling', 10);
	const figures = { visit_handling: figure(360, 's') };
	const everywhere = (rest: Partial<Policy>): number => handlingTarget(policy(rest)).everywhere / MINUTE;
	expect(everywhere({ clocks: [handling] })).toBe(10);
	expect(everywhere({ clocks: [handling], figures })).toBe(6);
	expect(everywhere({ clocks: [handling, clock('window', 5, visit)], figures })).toBe(5);
	expect(everywhere({ clocks: [handling], figures: { visit_handling: figure(0.5, 'share') } })).toBe(10);
});

it('counts a clock that names branches for those alone', () => {
	const own = clock('window_city', 12, { ...visit, scope: { branch: ['B1', 'B2'] } });
	const target = handlingTarget(policy({ clocks: [own, clock('window', 5, visit)] }));
	expect(target).toEqual({
		everywhere: 5 * MINUTE,
		branches: new Map([
			['B1', 12 * MINUTE],
			['B2', 12 * MINUTE]
		])
	});
});

it('reads a figure as a duration only where it is one', () => {
	const known = policy({ figures: { wait: figure(8, 'min'), rate: figure(0.15, 'share') } });
	expect(['wait', 'rate', 'other'].map((name) => durationFigure(known, name))).toEqual([8 * MINUTE, null, null]);
});
