import type { Actor } from '../../domain/actor.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Millis } from '../../domain/time.ts';
import type { QuarantineRow } from '../../protocol/views.ts';

/** The record of who settled a quarantined event. Its id makes sure that it is written once. */
export function auditOf(
	row: QuarantineRow,
	status: 'resubmitted' | 'dismissed',
	actor: Actor,
	at: Millis
): DomainEvent<'audit.recorded'> {
	return {
		specversion: '1.0',
		id: `quarantine-${row.id}-${status}`,
		source: '/hotcard/quarantine',
		type: 'com.hotcard.audit.recorded.v1',
		time: new Date(at).toISOString(),
		subject: `quarantine/${row.id}`,
		data: {
			actor: actor.id,
			role: actor.role,
			action: status === 'resubmitted' ? 'quarantine.resubmit' : 'quarantine.dismiss',
			target: `quarantine/${row.id}`,
			outcome: 'success'
		}
	};
}
