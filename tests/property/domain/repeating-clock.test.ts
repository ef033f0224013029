import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyToCase } from '../../../src/lib/domain/case/apply.ts';
import type { CaseState } from '../../../src/lib/domain/case/state.ts';
import { typeOf, type EventName } from '../../../src/lib/domain/events/catalogue.ts';
import type { RecordedEvent } from '../../../src/lib/domain/events/event.ts';
import type { Policy } from '../../../src/lib/domain/sla/policy.ts';
import { readPolicy } from '../../../src/lib/domain/sla/read-policy.ts';
import { readCalendar } from '../../../src/lib/domain/sla/working-calendar.ts';
import { DAY, HOUR, MINUTE } from '../../../src/lib/domain/time.ts';

const cn = readCalendar(readFileSync('scenarios/calendars/cn.yaml', 'utf8'), 'cn.yaml');
const TARGET = 30;
/** A Monday of a month without holidays, 08:00 in China. */
const START = Date.parse('2026-11-02T08:00:00+08:00');

type Step = { minute: number; name: EventName };
interface Ended {
	status: string;
	spent: number;
}

const NAMES: readonly EventName[] = ['notification.sent', 'case.paused', 'case.resumed', 'case.authorised'];
const steps: fc.Arbitrary<Step[]> = fc
	.array(
		fc.record({
			gap: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 3_000 })),
			name: fc.oneof({ weight: 8, arbitrary: fc.constant<EventName>('notification.sent') }, fc.constantFrom(...NAMES))
		}),
		{ maxLength: 14 }
	)
	.map((list) => {
		let minute = 0;
		return list.map(({ gap, name }) => ({ minute: (minute += gap), name }));
	});

const policyOf = (kind: string) =>
	readPolicy(
		`clocks:\n  - { id: t, name: { zh: 钟, en: t }, start: case.reported, end: notification.sent, repeats: true, target: ${TARGET}m,` +
			` cancel: case.authorised, pause: [{ from: case.paused, until: case.resumed }], ${kind} }\n`,
		'p.yaml',
		{ cn }
	);

function recorded(minute: number, name: EventName): RecordedEvent {
	const at = START + minute * MINUTE;
	const data = { caseId: 'C', customerRef: 'c', card: { token: 't', bin: '622848', last4: '0000' } };
	const event = {
		specversion: '1.0',
		id: `${minute}`,
		source: '/t',
		type: typeOf(name),
		time: new Date(at).toISOString()
	};
	return {
		offset: minute,
		lane: 'live',
		recordedAt: at,
		event: { ...event, data } as unknown as RecordedEvent['event']
	};
}

/** Runs that ended, as the domain tells them. */
function folded(policy: Policy, list: readonly Step[]): Ended[] {
	const ended: Ended[] = [];
	let state: CaseState | undefined;
	for (const { minute, name } of [{ minute: 0, name: 'case.reported' } as Step, ...list]) {
		const applied = applyToCase(state, recorded(minute, name), policy);
		state = applied.state;
		expect(state.clocks).toHaveLength(1);
		for (const run of applied.changed)
			if (run.endedAt !== null) ended.push({ status: run.status, spent: (run.spent ?? NaN) / MINUTE });
	}
	return ended;
}

/**
 * The same, by a count that goes up by one in every minute in which the clock runs. Where the target is spent to the last
 * minute, the run is over once that minute has passed, although the clock of working time stands at night.
 */
function counted(counts: (minute: number) => boolean, list: readonly Step[]): Ended[] {
	const ended: Ended[] = [];
	let spent = 0;
	let due = 0;
	let paused = false;
	let minute = 0;
	for (const step of list) {
		for (; minute < step.minute; minute++) if (!paused && counts(minute) && ++spent === TARGET) due = minute + 1;
		if (step.name === 'case.paused') paused = true;
		else if (step.name === 'case.resumed') {
			if (paused && spent === TARGET) due = minute;
			paused = false;
		} else {
			const over = spent > TARGET || (spent === TARGET && !paused && minute > due);
			const last = step.name === 'case.authorised';
			ended.push({ status: over ? 'breached' : last ? 'cancelled' : 'met', spent });
			if (last) return ended;
			spent = 0;
		}
	}
	return ended;
}

/** 09:00–17:00 on weekdays, told from the minute alone. */
function working(minute: number): boolean {
	const at = 8 * HOUR + minute * MINUTE;
	const hour = (at % DAY) / HOUR;
	return Math.floor(at / DAY) % 7 < 5 && hour >= 9 && hour < 17;
}

test.each([
	['wall time', 'kind: wall', () => true],
	['working time', 'kind: working, calendar: cn', working]
])('a clock that repeats counts every run like a minute by minute count: %s', (_, kind, counts) => {
	const policy = policyOf(kind);
	fc.assert(
		fc.property(steps, (list) => {
			expect(folded(policy, list)).toEqual(counted(counts, list));
		}),
		{ numRuns: 1_000 }
	);
});
