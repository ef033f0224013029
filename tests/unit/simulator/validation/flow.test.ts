import { expect, it } from 'vitest';
import { type EventName, typeOf } from '#lib/domain/events/catalogue.ts';
import type { DomainEvent } from '#lib/domain/events/event.ts';
import { DAY, HOUR } from '#lib/domain/time.ts';
import { FlowCount } from '../../../../simulator/validation/flow.ts';

const START = Date.UTC(2026, 2, 2);

const event = (name: EventName, caseId: string, at: number): DomainEvent =>
	({
		specversion: '1.0',
		id: `${caseId}${at}`,
		source: '/t',
		type: typeOf(name),
		time: new Date(START + at).toISOString(),
		data: { caseId }
	}) as DomainEvent;

it('counts which event of a case follows which, with the median time between, and leaves out cases reported too late', () => {
	const count = new FlowCount(START + DAY);
	for (const [no, gap] of [1, 2, 30].entries()) {
		count.add(event('case.reported', `C${no}`, 0));
		count.add(event('notification.sent', `C${no}`, 1));
		count.add(event('case.frozen', `C${no}`, gap * HOUR));
		count.add(event('case.card_activated', `C${no}`, 40 * HOUR));
	}
	count.add(event('case.reported', 'late', DAY));
	count.add(event('case.frozen', 'late', DAY + 1));
	const flow = count.result();
	expect(flow.cases).toBe(3);
	expect(flow.follows[0]).toEqual({ from: 'case.reported', to: 'case.frozen', count: 3, took: 2 * HOUR });
	expect(flow.activities.map(({ name, count: n }) => [name, n])).toEqual([
		['case.reported', 3],
		['case.frozen', 3],
		['case.card_activated', 3]
	]);
	// The freeze runs beside the rest: the card follows the report.
	expect(flow.follows[1]).toMatchObject({ from: 'case.reported', to: 'case.card_activated', took: 40 * HOUR });
	expect(flow.cycleTimes).toEqual([40 * HOUR, 40 * HOUR, 40 * HOUR]);
});
