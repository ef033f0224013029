import { describe, expect, test } from 'vitest';
import { createBank } from '../../../../simulator/bank/bank.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { evolve } from '../../../../src/lib/domain/case/evolve.ts';
import type { CaseState } from '../../../../src/lib/domain/case/state.ts';
import { nameOf } from '../../../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../../../src/lib/domain/events/event.ts';
import { DAY, MINUTE } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';

const START = Date.parse('2026-11-02T00:00:00+08:00');
const usual = toBe();

interface Step {
	readonly name: string;
	readonly at: number;
	readonly data: Record<string, unknown>;
}

/** What a bank tells, by case, in the order of time; and what a fold of it objects to. */
function casesOf(profile: Profile, ahead = false) {
	const end = START + 4 * DAY;
	const options = { seed: 8, profile, start: START, branches: 30 };
	const events = createBank(ahead ? { ...options, undisturbedUntil: end } : options).advance(end);
	const cases = new Map<string, Step[]>();
	const states = new Map<string, CaseState>();
	const violations: string[] = [];
	for (const event of events) {
		const data = event.data as Record<string, unknown>;
		const caseId = data['caseId'];
		if (typeof caseId !== 'string') continue;
		const { state, violation } = evolve(states.get(caseId), { offset: 0, lane: 'demo', recordedAt: 0, event });
		states.set(caseId, state);
		if (violation) violations.push(`${caseId}: ${violation.detail}`);
		const steps = cases.get(caseId) ?? [];
		steps.push({ name: nameOf(event.type) as string, at: Date.parse(event.time), data });
		cases.set(caseId, steps);
	}
	return { events, cases, violations };
}

const named = (steps: readonly Step[], name: string): Step[] => steps.filter((step) => step.name === name);
const frozenWith = (steps: readonly Step[], result: string): Step[] =>
	named(steps, 'case.frozen').filter(({ data }) => data['result'] === result);
const channels = (steps: readonly Step[]): unknown[] => steps.map(({ data }) => data['paymentChannel']).sort();

/** Reports that come twice or are taken back in great numbers. */
const often = {
	...usual,
	duplicates: { ...usual.duplicates, share: 0.3 },
	release: { ...usual.release, share: 0.6, foundAfter: { mean: 5 * MINUTE, cv: 1 } }
};
/** Channels that hang for hours. */
const stuck = { ...usual, freeze: { ...usual.freeze, stuck: 0.2, stuckFor: { mean: 2 * 60 * MINUTE, cv: 0.3 } } };

describe('a freeze that is taken back', () => {
	const { cases, violations } = casesOf(often);

	test('is undone in each payment channel between the wish and the release', () => {
		const released = [...cases.values()].filter((steps) => named(steps, 'case.released').length > 0);
		expect(released.length).toBeGreaterThan(40);
		for (const steps of released) {
			const asked = named(steps, 'case.release_requested')[0] as Step;
			const over = named(steps, 'case.released')[0] as Step;
			const undone = frozenWith(steps, 'compensated');
			expect(channels(undone)).toEqual(channels(frozenWith(steps, 'frozen')));
			for (const { at } of undone) expect(at > asked.at && at <= over.at).toBe(true);
			expect(over.at).toBe(Math.max(...undone.map(({ at }) => at)));
		}
	});

	test('of a loss that was reported before is undone alone: the freeze of the first report holds', () => {
		const twice = [...cases].filter(([, steps]) => named(steps, 'case.cancelled').length > 0);
		expect(twice.length).toBeGreaterThan(40);
		for (const [caseId, steps] of twice) {
			expect(channels(frozenWith(steps, 'compensated'))).toEqual(channels(frozenWith(steps, 'frozen')));
			const first = cases.get(caseId.replace(/-2$/, '')) as Step[];
			const back = named(first, 'case.released').length > 0 || named(first, 'case.release_requested').length > 0;
			if (!back) expect(frozenWith(first, 'compensated')).toEqual([]);
		}
	});

	test('leads every case along possible steps', () => {
		expect(violations).toEqual([]);
	});
});

describe('a payment channel that stays stuck', () => {
	const { cases, events, violations } = casesOf(stuck);
	const anew = [...cases.values()].filter((steps) => named(steps, 'case.freeze_requested').length > 1);

	test('has the others undone once they have waited for it too long, and all of them frozen anew', () => {
		expect(anew.length).toBeGreaterThan(40);
		for (const steps of anew) {
			const [, second] = named(steps, 'case.freeze_requested') as [Step, Step];
			const before = steps.filter(({ at }) => at <= second.at);
			const [done, undone] = [frozenWith(before, 'frozen'), frozenWith(before, 'compensated')];
			expect(undone.length).toBeGreaterThan(0);
			expect(channels(undone)).toEqual(channels(done));
			const waited = Math.min(...undone.map(({ at }) => at)) - Math.max(...done.map(({ at }) => at));
			expect(waited).toBeGreaterThan(usual.freeze.giveUp);
			expect(named(steps, 'case.freeze_requested')).toHaveLength(2);
		}
	});

	test('is frozen with all others where a case says that its freeze is complete', () => {
		const done = [...cases.values()].filter((steps) => named(steps, 'case.freeze_completed').length > 0);
		expect(done.filter((steps) => anew.includes(steps)).length).toBeGreaterThan(20);
		for (const steps of done) {
			const { at } = named(steps, 'case.freeze_completed')[0] as Step;
			const last = new Map(
				named(steps, 'case.frozen')
					.filter((step) => step.at <= at)
					.map(({ data }) => [data['paymentChannel'], data['result']])
			);
			const [{ data }] = named(steps, 'case.freeze_requested') as [Step];
			for (const channel of data['paymentChannels'] as unknown[]) expect(last.get(channel)).toBe('frozen');
		}
	});

	test('leads no case along impossible steps, and a case that runs ahead is told alike', () => {
		expect(violations).toEqual([]);
		const told = (all: readonly DomainEvent[]): string[] =>
			all.map(({ id: _, ...event }) => event.time + JSON.stringify(event)).sort();
		expect(told(casesOf(stuck, true).events)).toEqual(told(events));
	});

	test('is waited for where nothing may be begun anew', () => {
		const patient = casesOf({ ...stuck, freeze: { ...stuck.freeze, anew: 0 } }).cases;
		for (const steps of patient.values()) expect(named(steps, 'case.freeze_requested').length).toBeLessThan(2);
	});
});

test('a freeze leaves incoming credits open as often as the profile says', () => {
	const half = casesOf({ ...usual, freeze: { ...usual.freeze, incomingOpen: 0.5 } }).cases;
	const open = [...half.values()].flatMap((steps) =>
		named(steps, 'case.freeze_completed').map(({ data }) => data['incomingOpen'])
	);
	const share = open.filter(Boolean).length / open.length;
	expect(Math.abs(share - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(open.length));
});
