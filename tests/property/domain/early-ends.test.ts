import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyToCase } from '../../../src/lib/domain/case/apply.ts';
import type { CaseState } from '../../../src/lib/domain/case/state.ts';
import type { EventName } from '../../../src/lib/domain/events/catalogue.ts';
import type { RecordedEvent } from '../../../src/lib/domain/events/event.ts';
import type { ClockRun } from '../../../src/lib/domain/sla/clock-run.ts';
import { readPolicy } from '../../../src/lib/domain/sla/read-policy.ts';
import { recorded, report } from '../../unit/domain/support.ts';

const CLOCK =
	'clocks:\n  - { id: c, name: { zh: 钟, en: c }, start: case.reported, end: case.frozen, cancel: case.annotated, target: 10s }\n';
const policy = readPolicy(CLOCK, 'p.yaml', {});

function runOf(events: readonly RecordedEvent[]): ClockRun | undefined {
	let state: CaseState | undefined;
	for (const event of events) state = applyToCase(state, event, policy).state;
	return state?.clocks[0];
}

const names: fc.Arbitrary<EventName[]> = fc.shuffledSubarray(['case.frozen', 'case.frozen', 'case.annotated']);

test('a clock that hears of its start last knows what it would have known in the order of time', () => {
	fc.assert(
		fc.property(
			names,
			fc.uniqueArray(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 4, maxLength: 4 }),
			(wanted, moments) => {
				const others = wanted.map((name, at) => recorded(name, moments[at + 1]!));
				const start = report(moments[0]!);
				const inOrder = [...others, start].sort((a, b) => a.recordedAt - b.recordedAt);
				expect(runOf([...others, start])).toEqual(runOf(inOrder));
			}
		),
		{ numRuns: 2_000 }
	);
});
