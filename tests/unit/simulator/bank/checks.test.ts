import { describe, expect, test } from 'vitest';
import { DOCUMENT_KINDS } from '../../../../simulator/bank/documents.ts';
import { weekdayOf } from '../../../../simulator/bank/bank-time.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';
import { byId, runBank, shareOf } from './run-bank.ts';

const profile = toBe();
const { named } = runBank({ profile, from: '2026-11-02', days: 15, branches: 60 });
const reported = byId(named('case.reported'), 'caseId');

describe('a report', () => {
	test('by phone app takes three steps and at most 15 s, with few exceptions', () => {
		const mobile = named('case.reported').filter(({ data }) => data.channel === 'mobile');
		expect(mobile.every(({ data }) => data.steps === 3)).toBe(true);
		const quick = mobile.filter(({ data }) => (data.reportSeconds ?? 99) <= 15).length;
		expect(shareOf(quick, mobile.length)).toBeGreaterThan(0.97);
	});

	test('at a machine names the machine, and money comes from that one, within the limit and after two factors', () => {
		const drawn = named('case.cash_withdrawn');
		expect(drawn.length).toBeGreaterThan(20);
		for (const { caseId, data, at } of drawn) {
			const report = reported.get(caseId);
			expect(['vtm', 'atm']).toContain(report?.data.channel);
			expect(data.deviceId).toBe(report?.data.deviceId);
			expect(data.deviceId).toMatch(/^VTM-/);
			expect(data.amount).toBeLessThanOrEqual(5_000);
			expect(data.amount % 100).toBe(0);
			expect(new Set(data.methods).size).toBe(2);
			expect(at).toBeGreaterThan(report?.at as number);
		}
		expect(new Set(drawn.map(({ caseId }) => caseId)).size).toBe(drawn.length);
	});
});

describe('identity', () => {
	const started = byId(named('case.verification_started'), 'caseId');

	test('asks for what fits the customer and the channel, and for more where something is unusual', () => {
		for (const { caseId, data } of started.values()) {
			const report = reported.get(caseId)?.data;
			if (report === undefined || data.methods.includes('video') || data.stepUp) continue;
			const remote = !['counter', 'phone', 'atm', 'vtm'].includes(report.channel);
			// A no to a personal factor leads to a code by SMS.
			const main = data.methods[0];
			if (remote && report.tier === 'vip')
				expect([main, data.methods[1]]).toEqual([expect.stringMatching(/face|sms/), 'sms']);
			if (remote && report.tier === 'corporate') expect(main).toBe('token');
			if (report.segment === 'new') expect(data.methods).toContain('sms');
			if (report.channel === 'counter') expect(main).toBe('document');
			if (report.channel === 'phone') expect(['voice', 'sms']).toContain(main);
		}
		const stronger = [...started.values()].filter(({ data }) => data.stepUp);
		expect(stronger.length).toBeGreaterThan(50);
		for (const { data } of stronger) {
			expect(data.reasons?.length).toBeGreaterThan(0);
			expect(data.methods.some((method) => ['voice', 'vein', 'callback', 'sms', 'video'].includes(method))).toBe(true);
		}
	});

	test('takes no personal factor from who has just refused it', () => {
		const refused = named('customer.consent_changed').filter(({ data }) => !data.granted);
		const cases = new Map(named('case.reported').map(({ data }) => [data.customerRef, data.caseId]));
		expect(refused.length).toBeGreaterThan(3);
		for (const { data } of refused) {
			const caseId = cases.get(data.customerRef);
			const asked = started.get(caseId)?.data.methods;
			if (asked) expect(asked).not.toContain(data.method);
		}
		expect(named('customer.consent_changed').some(({ data }) => data.granted)).toBe(true);
	});
});

describe('materials', () => {
	test('need only a confirmation in about nine cases of ten', () => {
		const asked = named('case.materials_requested').length;
		const confirmed = 1 - shareOf(asked, named('case.materials_accepted').length);
		expect(confirmed).toBeGreaterThan(0.88);
		expect(confirmed).toBeLessThan(0.93);
	});

	test('are of more than twenty kinds, read with the accuracy of the profile', () => {
		expect(DOCUMENT_KINDS.length).toBeGreaterThan(20);
		const submitted = named('case.materials_submitted');
		for (const { data } of submitted) for (const kind of data.documents) expect(DOCUMENT_KINDS).toContain(kind);
		const mean = submitted.reduce((sum, { data }) => sum + (data.ocrAccuracy ?? 0), 0) / submitted.length;
		// Uniform on 2 × 0.7 %: the standard error of the mean is known.
		const error = (2 * 0.007) / Math.sqrt(12 * submitted.length);
		expect(Math.abs(mean - 0.993)).toBeLessThan(4 * error + 1e-4);
	});

	test('in original go to the branch manager', () => {
		const originals = named('case.materials_requested').filter(({ data }) => data.originals);
		const levels = byId(named('case.approval_requested'), 'caseId');
		const decided = originals.flatMap(({ caseId }) => levels.get(caseId) ?? []);
		expect(decided.length).toBeGreaterThan(80);
		for (const { data } of decided) expect(['manager', 'head_office']).toContain(data.level);
	});
});

describe('approval', () => {
	const requests = named('case.approval_requested');

	test('is left to the level that the amount and the tier ask for', () => {
		const { upTo, fourEyesFrom } = profile.approval;
		for (const { data, caseId } of requests) {
			const amount = data.amount as number;
			if (amount > upTo.manager) expect(data.level).toBe('head_office');
			else if (amount > upTo.supervisor || reported.get(caseId)?.data.tier === 'corporate')
				expect(data.level).toBe('manager');
			else expect(['teller', 'supervisor', 'manager']).toContain(data.level);
			expect(data.fourEyes).toBe(data.level === 'head_office' || amount >= fourEyesFrom);
		}
		expect(new Set(requests.map(({ data }) => data.level)).size).toBe(4);
	});

	test('of what two must see names two people', () => {
		const asked = byId(requests, 'caseId');
		const pairs = named('case.authorised').filter(({ caseId }) => asked.get(caseId)?.data.fourEyes);
		expect(pairs.length).toBeGreaterThan(10);
		for (const { data } of pairs) expect(new Set(data.by).size).toBe(2);
	});

	test('is not needed for most, and takes less than two hours for nearly all', () => {
		const authorised = named('case.authorised');
		const asked = byId(requests, 'caseId');
		const automatic = shareOf(authorised.filter(({ data }) => data.automatic).length, authorised.length);
		expect(automatic).toBeGreaterThan(0.55);
		expect(automatic).toBeLessThan(0.68);
		const slow = authorised.filter(({ caseId, at }) => at - (asked.get(caseId)?.at ?? at) > 7_200_000);
		expect(shareOf(slow.length, authorised.length)).toBeLessThan(0.05);
	});
});

describe('risk', () => {
	/** Many frauds in a short time, for the shares to be sharp. */
	const risky = { ...profile, risk: { ...profile.risk, fraud: 0.15, sharedFactor: 1 } };
	const wave = runBank({ profile: risky, from: '2026-11-02', days: 15, branches: 30 });
	const assessed = wave.named('case.risk_assessed');

	test('stops at least 98 of 100 frauds, and tells the AML team of each', () => {
		const passed = new Set(wave.named('case.authorised').map(({ caseId }) => caseId));
		const frauds = assessed.filter(({ caseId }) => wave.frauds.has(caseId));
		expect(frauds.length).toBeGreaterThan(150);
		const stopped = 1 - shareOf(frauds.filter(({ caseId }) => passed.has(caseId)).length, frauds.length);
		expect(stopped).toBeGreaterThanOrEqual(0.98);
		const told = new Set(wave.named('case.suspicion_reported').map(({ caseId }) => caseId));
		const rejected = wave.named('case.rejected').filter(({ data }) => data.stage === 'risk');
		const long = rejected.filter(({ at }) => at < wave.start + 14 * DAY);
		expect(long.length).toBeGreaterThan(100);
		for (const { caseId } of long) expect(told.has(caseId)).toBe(true);
	});

	test('lets most honest customers pass, and fewer of them are asked again as the rules learn', () => {
		const honest = assessed.filter(({ caseId }) => !wave.frauds.has(caseId));
		const asked = honest.filter(({ data }) => data.outcome !== 'pass').length;
		expect(shareOf(asked, honest.length)).toBeLessThan(0.08);
	});

	test('reviews with two people, and with three and a video talk where the score is high', () => {
		const scores = new Map(assessed.map(({ caseId, data }) => [caseId, data.score]));
		const reviews = wave.named('case.risk_reviewed');
		expect(reviews.length).toBeGreaterThan(50);
		for (const { caseId, data } of reviews) {
			const high = (scores.get(caseId) as number) >= profile.risk.interviewFrom;
			expect(data.reviewers).toBe(high ? 3 : 2);
			if (!high) expect(data.video).toBeUndefined();
		}
		expect(reviews.some(({ data }) => data.video)).toBe(true);
	});

	test('learns its rules on Mondays, and each version is used from then on', () => {
		const learned = wave.named('risk.rules_learned');
		expect(learned.map(({ at }) => weekdayOf(at))).toEqual([0, 0, 0]);
		const [first, second] = learned;
		expect(first?.data.modelVersion).not.toBe(second?.data.modelVersion);
		for (const { at, data } of assessed) {
			const last = learned.findLast((each) => each.at <= at);
			if (last) expect(data.modelVersion).toBe(last.data.modelVersion);
		}
		expect(second?.data.cases).toBeGreaterThan(20);
	});

	test('blocks the blacklist and names it', () => {
		const listed = assessed.filter(({ data }) => data.reasons.includes('blacklist'));
		expect(listed.length).toBeGreaterThan(20);
		for (const { data } of listed) expect(data.outcome).toBe('block');
	});
});
