import type { EventData, EventName } from '../../../src/lib/domain/events/catalogue.ts';
import { typeOf } from '../../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent, RecordedEvent } from '../../../src/lib/domain/events/event.ts';
import type { Millis } from '../../../src/lib/domain/time.ts';

export const START = Date.parse('2026-11-23T10:00:00+08:00');

type Loose = Partial<EventData> & Record<string, unknown>;

/** A recorded event of case C1 at `at` ms after START. */
export function recorded(name: EventName, at: Millis = 0, data: Loose = {}): RecordedEvent {
	const event = {
		specversion: '1.0',
		id: `${name}@${at}`,
		source: '/test',
		type: typeOf(name),
		time: new Date(START + at).toISOString(),
		data: { caseId: 'C1', ...data }
	} as unknown as DomainEvent;
	return { offset: 0, lane: 'live', recordedAt: START + at, event };
}

export const REPORT = {
	kind: 'formal',
	channel: 'mobile',
	customerRef: 'cst_1',
	card: { token: 'tok_1', bin: '622848', last4: '6789', product: 'debit-std' }
} as const;

export function report(at: Millis = 0, data: Loose = {}): RecordedEvent {
	return recorded('case.reported', at, { ...REPORT, ...data });
}

/** The digits with the check digit that makes them a card number; no number is written down whole. */
export function withCheckDigit(digits: string): string {
	let sum = 0;
	[...digits].reverse().forEach((digit, i) => {
		const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
		sum += value > 9 ? value - 9 : value;
	});
	return `${digits}${(10 - (sum % 10)) % 10}`;
}
