import { describe, expect, test } from 'vitest';
import { DAY } from '../../../../src/lib/domain/time.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { toBe } from './profile-file.ts';
import { byId, runBank, shareOf } from './run-bank.ts';

const plain = toBe();
/** Many frauds and shared devices, for the shares to be sharp. */
const risky = (risk: Partial<Profile['risk']>, more: Partial<Profile> = {}): Profile => ({
	...plain,
	customers: { ...plain.customers, sharedDevice: 0.4 },
	...more,
	risk: { ...plain.risk, fraud: 0.3, sharedFactor: 1, ...risk }
});
const run = (profile: Profile) => runBank({ profile, from: '2026-11-02', days: 12, branches: 40 });

/** Of the cases that were decided: how many of the frauds and of the others were stopped. */
function stopped({ named, frauds }: ReturnType<typeof run>) {
	const rejected = named('case.rejected').filter(({ data }) => data.stage === 'risk');
	const through = new Set(named('case.authorised').map(({ caseId }) => caseId));
	const share = (fraud: boolean) => {
		const of = rejected.filter(({ caseId }) => frauds.has(caseId) === fraud).length;
		const others = [...through].filter((caseId) => frauds.has(caseId) === fraud).length;
		return { share: shareOf(of, of + others), n: of + others };
	};
	return { frauds: share(true), honest: share(false) };
}

describe('fraud', () => {
	test('is stopped no more often than honest reports where nothing that the bank sees tells them apart', () => {
		const even = [0.6, 0.6, 0.6, 0.6];
		const blind = risky(
			{
				fraudShift: 0,
				score: { mean: 0.6, cv: 0.3 },
				callBack: { honest: 0.5, fraudsters: 0.5 },
				reviews: { sensitivity: even, specificity: even.map((share) => 1 - share) },
				blacklist: { honest: 0.01, fraudsters: 0.01 },
				learning: { ...plain.risk.learning, monthly: 0 }
			},
			{ materials: { ...plain.materials, forgedSeen: 0, problems: { ...plain.materials.problems, forged: 0 } } }
		);
		const { frauds, honest } = stopped(run(blind));
		expect(frauds.n).toBeGreaterThan(300);
		expect(frauds.share).toBeGreaterThan(0.05);
		const pooled = (frauds.share * frauds.n + honest.share * honest.n) / (frauds.n + honest.n);
		const error = Math.sqrt(pooled * (1 - pooled) * (1 / frauds.n + 1 / honest.n));
		expect(Math.abs(frauds.share - honest.share)).toBeLessThan(4 * error);
	});

	test('gets through where reviewers and calls miss it, and honest customers are stopped where they err', () => {
		const sharp = stopped(run(risky({})));
		const misses = [0.3, 0.3, 0.3, 0.3];
		const poor = stopped(
			run(
				risky({
					callBack: { honest: 0.6, fraudsters: 0.6 },
					reviews: { sensitivity: misses, specificity: [0.5, 0.5, 0.5, 0.5] }
				})
			)
		);
		expect(sharp.frauds.share).toBeGreaterThan(0.95);
		expect(sharp.honest.share).toBeLessThan(0.02);
		expect(poor.frauds.share).toBeLessThan(0.7);
		expect(poor.honest.share).toBeGreaterThan(2 * sharp.honest.share);
	});
});

describe('several reports from one device', () => {
	const bank = run(risky({}));
	const assessed = bank.named('case.risk_assessed');
	const reported = byId(bank.named('case.reported'), 'caseId');

	test('are seen where other customers reported from it within the window before, and only there', () => {
		const byDevice = new Map<string, { at: number; customer: string }[]>();
		const repeated = new Set<unknown>();
		for (const { at, data, caseId } of bank.named('case.reported')) {
			const { deviceId = '', customerRef = '' } = data;
			if (!deviceId.startsWith('dev-')) continue;
			const before = byDevice.get(deviceId) ?? [];
			const recent = before.filter(
				(one) => at - one.at < plain.risk.sharedDeviceWindow && one.customer !== customerRef
			);
			if (recent.length > 0) repeated.add(caseId);
			byDevice.set(deviceId, [...before, { at, customer: customerRef }]);
		}
		expect(repeated.size).toBeGreaterThan(20);
		const named = assessed.filter(({ data }) => data.reasons.includes('repeated_device'));
		expect(named.map(({ caseId }) => caseId).filter((caseId) => !repeated.has(caseId))).toEqual([]);
		const seen = new Set(named.map(({ caseId }) => caseId));
		const missed = assessed.filter(({ caseId }) => repeated.has(caseId) && !seen.has(caseId));
		expect(missed).toEqual([]);
		for (const { data } of named) expect(data.reasons).toContain('velocity');
	});

	test('pause the case until the customer has been called back; who fails is left to the reviewers', () => {
		const paused = bank.named('case.paused').filter(({ data }) => data.reason === 'repeated_device');
		const calls = bank.named('case.verification_attempted').filter(({ data }) => data.method === 'callback');
		const resumed = new Set(bank.named('case.resumed').map(({ caseId }) => caseId));
		const reviewed = byId(bank.named('case.risk_reviewed'), 'caseId');
		const seen = { passed: 0, failed: 0 };
		for (const { caseId, at } of paused) {
			const call = calls.find((one) => one.caseId === caseId && one.at > at);
			if (call === undefined) continue;
			const result = call.data.result as keyof typeof seen;
			seen[result]++;
			if (result === 'passed') expect(resumed.has(caseId)).toBe(true);
			else if (call.at < bank.start + 11 * DAY)
				expect([reviewed.get(caseId)?.data.outcome === 'cleared', caseId]).toEqual([resumed.has(caseId), caseId]);
		}
		expect(seen.passed).toBeGreaterThan(8);
		expect(seen.failed).toBeGreaterThan(3);
	});

	test('are a matter of devices: what was reported at a window or a machine of the bank is none', () => {
		const named = assessed.filter(({ data }) => data.reasons.includes('repeated_device'));
		for (const { caseId } of named)
			expect(['mobile', 'online', 'wechat', 'alipay']).toContain(reported.get(caseId)?.data.channel);
	});
});

test('a second report of the same account speaks against the first one, once it has come', () => {
	const late = { mean: 6 * 3_600_000, cv: 0.2 };
	const profile = {
		...plain,
		materials: { ...plain.materials, prefilled: 0, upload: late },
		duplicates: { ...plain.duplicates, share: 0.5 },
		customers: {
			...plain.customers,
			accounts: { ...plain.customers.accounts, earlierLoss: 0 }
		}
	};
	const { named } = runBank({ profile, from: '2026-11-02', days: 4, branches: 20 });
	const second = new Map(
		named('case.paused').flatMap(({ data }) =>
			data.duplicateOf === undefined ? [] : [[data.duplicateOf, data.caseId]]
		)
	);
	const reports = byId(named('case.reported'), 'caseId');
	const assessed = named('case.risk_assessed');
	let repeated = 0;
	for (const { caseId, at, data } of assessed) {
		const other = reports.get(second.get(caseId));
		const before = other !== undefined && other.at < at - (data.decisionMs ?? 0);
		if (before) repeated++;
		expect([caseId, data.reasons.includes('repeated_account')]).toEqual([caseId, before]);
	}
	expect(repeated).toBeGreaterThan(50);
	expect(repeated).toBeLessThan(assessed.length - 50);
});
