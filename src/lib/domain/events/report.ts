import * as z from 'zod';
import { c1, c2, open } from '../pfi.ts';
import {
	branchId,
	card,
	caseId,
	CHANNELS,
	code,
	customer,
	deviceId,
	flag,
	id,
	METHODS,
	one,
	PAYMENT_CHANNELS,
	person,
	seconds,
	SEGMENTS,
	site,
	text,
	TIERS
} from './vocabulary.ts';

/** Loss reports, freezes, releases and what operators do to a case. */
export const reportEvents = {
	'case.reported': z.object({
		caseId,
		kind: one(['formal', 'verbal']),
		channel: one(CHANNELS),
		branchId: branchId.optional(),
		deviceId: deviceId.optional(),
		customerRef: customer,
		card,
		slaClass: code.optional(),
		tier: one(TIERS).optional(),
		segment: one(SEGMENTS).optional(),
		region: c1(z.string().max(40), 'where the report came from').optional(),
		awayFromHome: flag.optional(),
		site: site.optional(),
		reportSeconds: seconds.optional(),
		steps: open(z.number().int().positive(), 'screens until the report was sent').optional()
	}),
	'case.freeze_requested': z.object({ caseId, paymentChannels: open(z.array(one(PAYMENT_CHANNELS)).min(1)) }),
	'case.frozen': z.object({
		caseId,
		paymentChannel: one(PAYMENT_CHANNELS).optional(),
		result: one(['frozen', 'failed', 'compensated']).optional()
	}),
	'case.freeze_completed': z.object({
		caseId,
		incomingOpen: open(z.boolean(), 'salary and other credits still come in').optional()
	}),
	'case.release_requested': z.object({ caseId, by: person, reason: text }),
	'case.released': z.object({ caseId, by: person.optional(), approvedBy: person.optional(), reason: text.optional() }),
	'case.paused': z.object({ caseId, reason: code, duplicateOf: id().optional() }),
	'case.resumed': z.object({ caseId, reason: code.optional() }),
	'case.cash_withdrawn': z.object({
		caseId,
		amount: c2(z.number().positive(), 'CNY'),
		deviceId: deviceId.optional(),
		methods: open(z.array(one(METHODS))).optional()
	}),
	'case.paper_captured': z.object({ caseId, branchId, ticket: code, channel: one(CHANNELS).optional() }),
	'case.backfilled': z.object({
		caseId,
		ticket: code,
		by: person.optional(),
		differences: open(z.array(code)).optional()
	}),
	'case.assigned': z.object({ caseId, owner: person, by: person, previous: person.optional() }),
	'case.annotated': z.object({ caseId, by: person, text }),
	'case.prioritised': z.object({ caseId, by: person.optional(), reason: code }),
	'case.cancelled': z.object({ caseId, reason: code, by: person.optional() }),
	'case.closed': z.object({
		caseId,
		outcome: one(['completed', 'released', 'rejected', 'expired', 'cancelled']).optional()
	})
} as const;
