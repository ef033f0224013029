import type { EventName } from '../../../domain/events/catalogue.ts';
import type { TimelineEntry } from '../../../protocol/views.ts';

type SwimLane = TimelineEntry['lane'];

const BY_NAME: Partial<Record<EventName, SwimLane>> = {
	'case.verification_started': 'identity',
	'case.verification_attempted': 'identity',
	'case.verified': 'identity',
	'case.risk_assessed': 'risk',
	'case.risk_reviewed': 'risk',
	'case.paused': 'risk',
	'case.resumed': 'risk',
	'case.approval_requested': 'approval',
	'case.approval_given': 'approval',
	'case.authorised': 'approval',
	'case.rejected': 'approval',
	'case.virtual_card_issued': 'production',
	'case.card_ordered': 'production',
	'case.card_personalised': 'production',
	'case.production_failed': 'production',
	'case.assigned': 'operations',
	'case.annotated': 'operations',
	'case.prioritised': 'operations',
	'case.backfilled': 'operations',
	'case.closed': 'operations',
	'process.step': 'generic'
};

const BY_PREFIX: readonly (readonly [string, SwimLane])[] = [
	['case.materials_', 'identity'],
	['case.', 'customer'],
	['shipment.', 'delivery'],
	['notification.', 'messages'],
	['survey.', 'customer'],
	['complaint.', 'customer'],
	['call.', 'customer'],
	['visit.', 'customer'],
	['appointment.', 'customer']
];

/** The lane of the timeline that an event is drawn in. */
export function swimLaneOf(name: EventName): SwimLane {
	return BY_NAME[name] ?? BY_PREFIX.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'operations';
}
