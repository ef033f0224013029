import { expect, test } from 'vitest';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { rawEvent } from '../../../src/lib/server/hub/raw-event.ts';

const who = (role: Actor['role']): Actor => ({ id: 'p', name: { zh: '', en: '' }, role, scope: '*' });
const event = {
	specversion: '1.0',
	id: 'e1',
	source: '/mobile',
	type: 'com.hotcard.case.reported.v1',
	time: '2026-11-22T10:00:00+08:00',
	data: {
		caseId: 'C-1',
		kind: 'formal',
		channel: 'mobile',
		deviceId: 'device-4711',
		customerRef: 'customer-0815',
		card: { token: 'tok', bin: '622848', last4: '6789' }
	}
} as unknown as DomainEvent;
const found = { lane: 'demo' as const, recordedAt: 5, event };

test('a teller sees who and which device only masked, a manager sees the event as it is', () => {
	const masked = rawEvent(3, found, who('teller'));
	const text = JSON.stringify(masked);
	expect(masked).toMatchObject({ offset: 3, lane: 'demo', recordedAt: 5, masked: true });
	expect(text).not.toContain('customer-0815');
	expect(text).not.toContain('device-4711');
	expect(masked.event).toMatchObject({ id: 'e1', data: { caseId: 'C-1', channel: 'mobile', card: { last4: '6789' } } });
	expect(rawEvent(3, found, who('manager'))).toEqual({ offset: 3, lane: 'demo', recordedAt: 5, masked: false, event });
	expect(event.data).toMatchObject({ customerRef: 'customer-0815' });
});

test('who told an event, and what nobody knows of its envelope, is hidden from who may not see names', () => {
	const told = {
		...event,
		source: '/hotcard/people/S001',
		operator: 'S001',
		subject: 'case/C-1'
	} as unknown as DomainEvent;
	const masked = rawEvent(3, { ...found, event: told }, who('viewer'));
	expect(JSON.stringify(masked)).not.toContain('S001');
	expect(masked.event).toMatchObject({ id: 'e1', time: event.time, type: event.type, subject: 'case/C-1' });
	expect(rawEvent(3, { ...found, event: told }, who('manager')).event).toBe(told);
});

test('all of an event that the catalogue does not know is masked', () => {
	const strange = { ...found, event: { ...event, type: 'com.hotcard.strange.v9' } as unknown as DomainEvent };
	expect(JSON.stringify(rawEvent(3, strange, who('viewer')))).not.toContain('customer-0815');
});
