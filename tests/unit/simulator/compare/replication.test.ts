import { expect, test } from 'vitest';
import { openProfile } from '../../../../simulator/bank/open-profile.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { CLAIMS } from '../../../../simulator/compare/claims.ts';
import { replicate } from '../../../../simulator/compare/replication.ts';

const start = Date.parse('2026-11-02T00:00:00+08:00');
const run = (profile: Profile, replication = 1) =>
	replicate({ seed: 2, replication, parameters: { profile, start, days: 4, branches: 5 } });
const asIs = run(await openProfile('as-is'));
const toBe = run(await openProfile('to-be'));

test('a replication has a figure for every claim that is modelled, in one profile at least', () => {
	for (const { measure } of CLAIMS)
		if (measure !== null && !measure.startsWith('complaint') && measure !== 'fraudStopped')
			expect([measure, asIs[measure] ?? toBe[measure]]).toEqual([measure, expect.any(Number)]);
});

test('the profiles differ as the plan says, in direction and rough size', () => {
	expect(asIs['parcelDays']).toBeGreaterThan(4.5);
	expect(asIs['parcelDays']).toBeLessThan(8);
	expect(asIs['branchOrderDays']).toBeGreaterThan(7);
	expect(toBe['parcelDays']).toBeLessThan(3);
	expect(asIs['approvalHours']).toBeGreaterThan(30);
	expect(toBe['approvalHours']).toBeLessThan(2);
	expect(asIs['virtualMinutes']).toBeUndefined();
	expect(toBe['virtualMinutes']).toBeLessThan(30);
});

test('the same replication gives the same figures, another one others, and both profiles see the same losses', async () => {
	const profile = await openProfile('to-be');
	expect(run(profile)).toEqual(toBe);
	expect(run(profile, 2)).not.toEqual(toBe);
	const couriers = { ...profile, delivery: { ...profile.delivery, mismatch: 0.5 } };
	const slower = run(couriers);
	expect(slower['cases']).toBe(toBe['cases']);
	expect(slower['parcelDays']).toBeGreaterThan(toBe['parcelDays'] as number);
});

test('how much fraud is stopped is what comes out of calls and reviews, not what a profile says', async () => {
	const plain = await openProfile('to-be');
	const risk = { ...plain.risk, fraud: 0.4 };
	const share = [0.3, 0.3, 0.3, 0.3];
	const careless = {
		...risk,
		callBack: { honest: 0.98, fraudsters: 0.5 },
		reviews: { ...risk.reviews, sensitivity: share }
	};
	const [good, bad] = [risk, careless].map((each) => run({ ...plain, risk: each })['fraudStopped'] as number);
	expect(good).toBeGreaterThan(0.9);
	expect(bad).toBeLessThan(0.75);
	expect(bad).toBeGreaterThan(0.1);
});
