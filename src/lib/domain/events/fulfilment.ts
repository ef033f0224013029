import * as z from 'zod';
import { c1, c2, open } from '../pfi.ts';
import {
	branchId,
	caseId,
	code,
	deviceId,
	flag,
	id,
	MEDIA,
	millis,
	money,
	one,
	person,
	product,
	STEP_LENGTHS,
	WAYS
} from './vocabulary.ts';

/** Production, delivery, activation and messages. */
export const fulfilmentEvents = {
	'case.virtual_card_issued': z.object({ caseId, product: product.optional() }),
	'case.card_ordered': z.object({
		caseId,
		way: one(WAYS).optional(),
		product: product.optional(),
		branchId: branchId.optional(),
		batch: code.optional(),
		fee: money.optional(),
		automatic: flag.optional()
	}),
	'case.card_personalised': z.object({
		caseId,
		way: one(WAYS).optional(),
		deviceId: deviceId.optional(),
		batch: code.optional()
	}),
	'case.production_failed': z.object({ caseId, reason: code, deviceId: deviceId.optional() }),
	'shipment.dispatched': z.object({
		caseId,
		shipmentId: id(),
		mode: one(['counter', 'same_city', 'standard', 'express', 'other_province', 'locker']),
		carrier: code.optional(),
		promisedHours: open(z.number().nonnegative(), 'hours').optional(),
		fee: money.optional(),
		automatic: open(z.boolean(), 'label made without a person').optional()
	}),
	'shipment.delayed': z.object({ caseId, shipmentId: id(), reason: code }),
	'shipment.stored': z.object({ caseId, shipmentId: id(), locker: code }),
	'shipment.returned': z.object({ caseId, shipmentId: id(), reason: code }),
	'shipment.delivered': z.object({
		caseId,
		shipmentId: id().optional(),
		identityMatched: flag.optional(),
		oneTimeCode: flag.optional()
	}),
	'case.card_activated': z.object({ caseId, channel: code.optional() }),
	'case.services_rebound': z.object({ caseId, services: open(z.array(code)), failed: open(z.array(code)).optional() }),
	'notification.sent': z.object({
		caseId,
		medium: one(MEDIA),
		template: code,
		tookMs: millis.optional(),
		reason: open(z.string().min(1).max(80), 'why it is late, where it is').optional(),
		by: person.optional()
	}),
	'notification.failed': z.object({ caseId, medium: one(MEDIA), template: code, reason: code }),
	'process.step': z.object({
		caseId: open(z.string().min(1).max(STEP_LENGTHS.case), 'the case this belongs to'),
		activity: open(z.string().min(1).max(STEP_LENGTHS.activity)),
		stage: code.optional(),
		lifecycle: code.optional(),
		resource: person.optional(),
		branchId: c1(z.string().min(1).max(STEP_LENGTHS.role), 'the branch').optional(),
		channel: code.optional(),
		tier: code.optional(),
		final: flag.optional(),
		attributes: c2(
			z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
			'columns of an imported log, which may name people'
		).optional()
	})
} as const;
