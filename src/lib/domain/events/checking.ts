import * as z from 'zod';
import { c2, open } from '../pfi.ts';
import {
	caseId,
	code,
	count,
	flag,
	LEVELS,
	METHODS,
	millis,
	money,
	one,
	OUTCOMES,
	person,
	share
} from './vocabulary.ts';

/** Identity, materials, risk and approval. */
export const checkingEvents = {
	'case.verification_started': z.object({
		caseId,
		methods: open(z.array(one(METHODS)).min(1)),
		stepUp: flag.optional(),
		reasons: open(z.array(code)).optional()
	}),
	'case.verification_attempted': z.object({
		caseId,
		method: one(METHODS),
		result: one(['passed', 'failed', 'error']),
		score: share.optional(),
		tookMs: millis.optional(),
		registryMatched: open(z.boolean(), 'the document against the population registry').optional()
	}),
	'case.verified': z.object({ caseId, methods: open(z.array(one(METHODS))).optional(), by: person.optional() }),
	'case.materials_requested': z.object({
		caseId,
		documents: open(z.array(code)),
		prefilled: flag.optional(),
		originals: flag.optional()
	}),
	'case.materials_submitted': z.object({ caseId, documents: open(z.array(code)), ocrAccuracy: share.optional() }),
	'case.materials_flagged': z.object({
		caseId,
		document: code,
		problem: one(['forged', 'blurred', 'mismatch', 'expired', 'missing'])
	}),
	'case.materials_accepted': z.object({
		caseId,
		by: person.optional(),
		prefilled: flag.optional(),
		signed: flag.optional()
	}),
	'case.risk_assessed': z.object({
		caseId,
		score: share,
		outcome: one(OUTCOMES),
		decisionMs: millis,
		reasons: open(z.array(code)),
		threshold: share.optional(),
		modelVersion: code.optional()
	}),
	'case.risk_reviewed': z.object({
		caseId,
		outcome: one(['cleared', 'confirmed_fraud']),
		by: person.optional(),
		reviewers: count.optional(),
		video: open(z.boolean(), 'by a video interview').optional()
	}),
	'case.suspicion_reported': z.object({ caseId, reason: code, by: person.optional(), team: code.optional() }),
	'case.approval_requested': z.object({
		caseId,
		level: one(LEVELS),
		fourEyes: flag.optional(),
		amount: money.optional()
	}),
	'case.approval_given': z.object({ caseId, level: one(LEVELS), by: person }),
	'case.authorised': z.object({
		caseId,
		level: one(LEVELS).optional(),
		by: c2(z.array(person), 'staff numbers').optional(),
		automatic: flag.optional()
	}),
	'case.rejected': z.object({ caseId, stage: code.optional(), reason: code, by: person.optional() })
} as const;
