import * as z from 'zod';
import { c1, open } from '../pfi.ts';
import {
	branchId,
	caseId,
	CAUSES,
	CHANNELS,
	code,
	COMPONENTS,
	count,
	customer,
	deviceId,
	flag,
	id,
	METHODS,
	millis,
	one,
	person,
	product,
	seconds,
	SEGMENTS,
	share,
	site,
	text
} from './vocabulary.ts';

const score = open(z.number().int().min(1).max(5), 'Likert 1 to 5');
const visit = { visitId: id(), branchId };
const device = { deviceId, branchId, kind: code.optional(), reason: code.optional() };

/** Branch visits, the phone bank, customers' voice, stock, devices, sites, drills, alerts and audit. */
export const operationEvents = {
	'branch.opened': z.object({
		branchId,
		name: open(z.string().max(80)),
		province: open(z.string().max(40)),
		city: open(z.string().max(40)),
		latitude: open(z.number()).optional(),
		longitude: open(z.number()).optional(),
		windows: count.optional(),
		kiosks: count.optional(),
		instantDevice: flag.optional()
	}),
	'branch.windows_changed': z.object({ branchId, windows: count, reason: code.optional() }),
	'visit.ticket_taken': z.object({
		...visit,
		caseId: caseId.optional(),
		service: code.optional(),
		segment: one(SEGMENTS).optional(),
		appointment: flag.optional()
	}),
	'visit.called': z.object({ ...visit, window: code.optional(), teller: person.optional() }),
	'visit.material_checked': z.object({ ...visit, teller: person.optional() }),
	'visit.system_processed': z.object({ ...visit, teller: person.optional(), systemMs: millis.optional() }),
	'visit.completed': z.object({ ...visit, teller: person.optional() }),
	'visit.abandoned': z.object({ ...visit, waitedSeconds: seconds.optional() }),
	'appointment.booked': z.object({
		appointmentId: id(),
		branchId,
		slot: open(z.iso.datetime({ offset: true })),
		customerRef: customer.optional()
	}),
	'appointment.missed': z.object({ appointmentId: id(), branchId }),
	'call.queued': z.object({ callId: id(), caseId: caseId.optional(), language: code.optional() }),
	'call.answered': z.object({ callId: id(), agent: person.optional(), waitedSeconds: seconds.optional() }),
	'call.abandoned': z.object({ callId: id(), waitedSeconds: seconds.optional() }),
	'call.ended': z.object({ callId: id(), agent: person.optional(), talkSeconds: seconds.optional() }),
	'video.requested': z.object({ videoId: id(), caseId: caseId.optional(), reason: code.optional() }),
	'video.connected': z.object({ videoId: id(), agent: person.optional(), waitedSeconds: seconds.optional() }),
	'video.ended': z.object({ videoId: id(), agent: person.optional(), talkSeconds: seconds.optional() }),
	'complaint.filed': z.object({
		complaintId: id(),
		caseId: caseId.optional(),
		branchId: branchId.optional(),
		cause: one(CAUSES),
		text: text.optional()
	}),
	'complaint.assigned': z.object({ complaintId: id(), owner: person, by: person.optional() }),
	'complaint.answered': z.object({ complaintId: id(), by: person.optional() }),
	'complaint.called_back': z.object({ complaintId: id(), by: person.optional(), satisfied: flag.optional() }),
	'complaint.closed': z.object({ complaintId: id(), satisfied: flag.optional() }),
	'survey.answered': z.object({
		surveyId: id(),
		caseId: caseId.optional(),
		branchId: branchId.optional(),
		segment: one(SEGMENTS).optional(),
		attitude: score,
		efficiency: score,
		clarity: score,
		perceivedWaitSeconds: seconds.optional(),
		text: text.optional()
	}),
	'customer.consent_changed': z.object({
		customerRef: customer,
		method: one(METHODS),
		channel: one(CHANNELS).optional(),
		granted: flag
	}),
	'risk.rules_learned': z.object({ modelVersion: code, cases: count, threshold: share.optional() }),
	'stock.counted': z.object({ branchId, product, quantity: count }),
	'stock.moved': z.object({
		from: c1(z.string().max(40)),
		to: c1(z.string().max(40)),
		product,
		quantity: open(z.number().int().positive()),
		reason: code,
		transferId: id().optional()
	}),
	'stock.threshold': z.object({ branchId, product, quantity: count, threshold: count }),
	'replenishment.ordered': z.object({ orderId: id(), branchId, product, quantity: count }),
	'transfer.proposed': z.object({
		transferId: id(),
		from: branchId,
		to: branchId,
		product,
		quantity: count,
		by: person
	}),
	'transfer.approved': z.object({ transferId: id(), by: person }),
	'transfer.rejected': z.object({ transferId: id(), by: person, reason: code.optional() }),
	'device.up': z.object(device),
	'device.down': z.object(device),
	'device.degraded': z.object(device),
	'site.health': z.object({
		site,
		component: one(COMPONENTS),
		status: one(['up', 'degraded', 'down']),
		latencyMs: millis.optional(),
		errorRate: share.optional()
	}),
	'site.failover_started': z.object({ from: site, to: site, reason: code.optional() }),
	'site.failover_completed': z.object({ from: site, to: site, tookMs: millis.optional() }),
	'consistency.checked': z.object({ channel: code, compared: count, differences: count, repaired: count }),
	'consistency.repaired': z.object({ channel: code, target: id(), field: code }),
	'exception.reported': z.object({
		exceptionId: id(),
		kind: open(z.string().min(1).max(80), 'code of the manual'),
		branchId,
		deviceId: deviceId.optional(),
		by: person.optional(),
		solved: open(z.boolean(), 'by the remedy of the manual').optional()
	}),
	'drill.started': z.object({
		drillId: id(),
		scenario: code,
		seed: open(z.number().int()).optional(),
		trainer: person.optional()
	}),
	'drill.inject': z.object({ drillId: id(), no: count, inject: code }),
	'drill.response': z.object({ drillId: id(), trainee: person, action: code, tookMs: millis.optional() }),
	'drill.ended': z.object({
		drillId: id(),
		score: share.optional(),
		recovered: flag.optional(),
		consistent: flag.optional()
	}),
	'alert.fired': z.object({
		alertId: id(),
		rule: code,
		severity: one(['info', 'warning', 'critical']),
		caseId: caseId.optional()
	}),
	'alert.owned': z.object({ alertId: id(), owner: person }),
	'alert.resolved': z.object({ alertId: id() }),
	'audit.recorded': z.object({
		actor: person,
		role: code,
		action: code,
		target: code,
		outcome: one(['success', 'refused']),
		reason: text.optional()
	})
} as const;
