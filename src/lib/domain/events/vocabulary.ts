import * as z from 'zod';
import { c1, c2, open } from '../pfi.ts';

export const CHANNELS = ['mobile', 'online', 'counter', 'branch', 'phone', 'atm', 'vtm', 'wechat', 'alipay'] as const;
export const TIERS = ['standard', 'gold', 'vip', 'corporate'] as const;
export const SEGMENTS = ['standard', 'elderly', 'new', 'vip', 'corporate'] as const;
export const PAYMENT_CHANNELS = ['unionpay', 'mobile_pay', 'third_party', 'online_bank'] as const;
export const METHODS = [
	'sms',
	'face',
	'fingerprint',
	'voice',
	'vein',
	'behaviour',
	'token',
	'video',
	'document',
	'callback'
] as const;
export const WAYS = ['virtual', 'instant', 'centre'] as const;
export const LEVELS = ['auto', 'teller', 'supervisor', 'manager', 'head_office'] as const;
export const OUTCOMES = ['pass', 'second_check', 'manual_review', 'block'] as const;
export const MEDIA = ['sms', 'email', 'app', 'wechat', 'phone', 'print'] as const;
export const CAUSES = ['timeliness', 'fees', 'complexity', 'stale_information', 'other'] as const;
export const COMPONENTS = ['core', 'database', 'network', 'queue', 'gateway', 'balancer', 'registry'] as const;

/** Longest texts of a `process.step`: other people's logs name things at greater length than a bank does. */
export const STEP_LENGTHS = { case: 200, activity: 400, role: 80 } as const;

export const id = (description?: string) => open(z.string().min(1).max(80), description);
export const caseId = id('the case this belongs to');
export const branchId = c1(z.string().min(1).max(40), 'the branch');
export const deviceId = c2(z.string().min(1).max(80), 'device fingerprint or asset number');
export const person = c2(z.string().min(1).max(80), 'staff number');
export const customer = c2(z.string().min(1).max(80), 'customer token, never a name');
export const product = open(z.string().min(1).max(40), 'card product');
export const site = open(z.string().min(1).max(20), 'data centre');
export const count = open(z.number().int().nonnegative());
export const millis = open(z.number().nonnegative(), 'milliseconds');
export const seconds = open(z.number().nonnegative(), 'seconds');
export const text = c2(z.string().max(2_000), 'free text, may name people');
export const money = c2(z.number().nonnegative(), 'CNY');
export const flag = open(z.boolean());
export const code = open(z.string().min(1).max(80));
export const share = open(z.number().min(0).max(1));
export const one = <T extends readonly [string, ...string[]]>(values: T, description?: string) =>
	open(z.enum(values), description);

export const card = c1(
	z.object({
		token: c1(z.string().min(1).max(80), 'payment token'),
		bin: c1(z.string().regex(/^\d{6,8}$/), 'issuer identification, 6 or 8 digits'),
		last4: c1(z.string().regex(/^\d{4}$/)),
		product: product.optional()
	}),
	'never a full card number'
);
