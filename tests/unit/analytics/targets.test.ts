import { expect, it } from 'vitest';
import { Targets } from '#analytics/project/targets.ts';
import type { Calendar } from '#lib/domain/sla/calendar.ts';
import type { ClockRule } from '#lib/domain/sla/policy.ts';
import { HOUR } from '#lib/domain/time.ts';

/** Works every second hour only. */
const halfTime: Calendar = {
	id: 'half',
	between: (from, to) => (to - from) / 2,
	add: (from, worked) => from + worked * 2,
	provisional: () => false
};

function rule(id: string, more: Partial<ClockRule>): ClockRule {
	return {
		id,
		name: { zh: id, en: id },
		stage: 'approve',
		start: [],
		end: [],
		cancel: [],
		target: 2 * HOUR,
		objective: 0.9,
		atRisk: 0.8,
		kind: 'wall',
		calendar: null,
		scope: {},
		pause: [],
		...more
	};
}

const anyone = { tier: null, channel: null, branchId: null, product: null, way: null };
const targetsOf = (...clocks: ClockRule[]) => new Targets({ hash: '', clocks, closes: [] });

it('counts a stage as overtime only beyond its target, and not at it', () => {
	const targets = targetsOf(rule('approve', {}));
	expect(targets.overtime('approve', anyone, 0, 2 * HOUR)).toBe(false);
	expect(targets.overtime('approve', anyone, 0, 2 * HOUR + 1)).toBe(true);
});

it('says unknown, not in time, where no clock watches the stage or its scope leaves the case out', () => {
	const targets = targetsOf(rule('approve', { scope: { tier: ['vip'] } }));
	expect(targets.overtime('risk', anyone, 0, HOUR)).toBeNull();
	expect(targets.overtime('approve', anyone, 0, HOUR)).toBeNull();
	expect(targets.overtime('approve', { ...anyone, tier: 'vip' }, 0, HOUR)).toBe(false);
});

it('takes the rule that names more of the case before the general one, whatever their order', () => {
	const vip = rule('vip', { scope: { tier: ['vip'] }, target: HOUR / 2 });
	for (const targets of [targetsOf(rule('all', {}), vip), targetsOf(vip, rule('all', {}))]) {
		expect(targets.overtime('approve', { ...anyone, tier: 'vip' }, 0, HOUR)).toBe(true);
		expect(targets.overtime('approve', { ...anyone, tier: 'gold' }, 0, HOUR)).toBe(false);
		expect([targets.ofClock('vip'), targets.ofClock('all'), targets.ofClock('gone')]).toEqual([
			HOUR / 2,
			2 * HOUR,
			null
		]);
	}
});

it('counts working time where the clock does', () => {
	const targets = targetsOf(rule('approve', { kind: 'working', calendar: halfTime }));
	expect(targets.overtime('approve', anyone, 0, 3 * HOUR)).toBe(false);
	expect(targets.overtime('approve', anyone, 0, 5 * HOUR)).toBe(true);
});
