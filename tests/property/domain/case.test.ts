import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { applyToCase } from '../../../src/lib/domain/case/apply.ts';
import type { CaseState } from '../../../src/lib/domain/case/state.ts';
import { CATALOGUE, typeOf, type EventName } from '../../../src/lib/domain/events/catalogue.ts';
import type { RecordedEvent } from '../../../src/lib/domain/events/event.ts';
import { readPolicy } from '../../../src/lib/domain/sla/read-policy.ts';
import { readCalendar } from '../../../src/lib/domain/sla/working-calendar.ts';

const cn = readCalendar(readFileSync('scenarios/calendars/cn.yaml', 'utf8'), 'cn.yaml');
const policy = readPolicy(readFileSync('scenarios/policies/default.yaml', 'utf8'), 'default.yaml', { cn });
const names = (Object.keys(CATALOGUE) as EventName[]).filter(
	(name) => name.startsWith('case.') || name.startsWith('shipment.')
);

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Any event of a case, at any time, with fields that may fit or not. */
const anyEvent: fc.Arbitrary<RecordedEvent> = fc
	.record({
		name: fc.constantFrom<EventName>(...names, 'process.step', 'notification.sent'),
		at: fc.integer({ min: Date.UTC(2026, 8, 1), max: Date.UTC(2026, 11, 1) }),
		way: maybe(fc.constantFrom('virtual', 'instant', 'centre')),
		outcome: maybe(fc.constantFrom('completed', 'expired', 'pass', 'manual_review')),
		activity: maybe(fc.constantFrom('A', 'B')),
		stage: maybe(fc.constantFrom('verify', 'closed', 'nonsense')),
		final: maybe(fc.boolean()),
		tier: maybe(fc.constantFrom('vip', 'standard')),
		channel: maybe(fc.constantFrom('counter', 'mobile'))
	})
	.map(({ name, at, ...data }) => ({
		offset: 0,
		lane: 'live',
		recordedAt: at,
		event: {
			specversion: '1.0',
			id: 'x',
			source: '/t',
			type: typeOf(name),
			time: new Date(at).toISOString(),
			data: { caseId: 'C', customerRef: 'c', card: { token: 't', bin: '622848', last4: '0000' }, ...data }
		} as unknown as RecordedEvent['event']
	}));

test('any events in any order: nothing is thrown, counted wrong or set back in time', () => {
	fc.assert(
		fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (events) => {
			let state: CaseState | undefined;
			let violations = 0;
			let count = 0;
			for (const event of events) {
				const before: CaseState | undefined = state;
				const frozen = JSON.stringify(before);
				const applied = applyToCase(before, event, policy);
				expect(JSON.stringify(before)).toBe(frozen);
				state = applied.state;
				count++;
				if (applied.violation !== null) violations++;
				expect(state).toMatchObject({ events: count, violations });
				expect((state.status === 'closed') === (state.stage === 'closed')).toBe(true);
				expect((state.closedAt !== null) === (state.status === 'closed')).toBe(true);
				for (const run of state.clocks) {
					expect(run.endedAt === null || run.endedAt >= run.startedAt).toBe(true);
					expect(run.spent === null || run.spent >= 0).toBe(true);
					expect((run.dueAt === null) === (run.pausedLeft !== null)).toBe(true);
					if (state.status === 'closed') expect(run.endedAt).not.toBeNull();
				}
				expect(new Set(state.clocks.map(({ clock }) => clock)).size).toBe(state.clocks.length);
				if (before === undefined) continue;
				expect(state.lastAt).toBeGreaterThanOrEqual(before.lastAt);
				expect(state.stageSince).toBeGreaterThanOrEqual(before.stageSince);
				expect(state.openedAt).toBe(before.openedAt);
				if (before.status === 'closed') expect(state).toMatchObject({ stage: 'closed', closedAt: before.closedAt });
				const moved = before.stage !== state.stage;
				expect(applied.dwell).toBe(moved ? state.stageSince - before.stageSince : null);
			}
		}),
		{ numRuns: 400 }
	);
});
