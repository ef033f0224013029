import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../../src/lib/domain/time.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { toBe } from './profile-file.ts';
import { byId, runBank, shareOf } from './run-bank.ts';

const profile = toBe();
const bankWith = (after: Profile['production']['virtual']['after']) =>
	runBank({
		profile: { ...profile, production: { ...profile.production, virtual: { share: 0.7, after } } },
		from: '2026-11-02',
		days: 5,
		branches: 60
	});

describe('the virtual card', () => {
	const { named } = bankWith('verified');
	const issued = named('case.virtual_card_issued');
	const reported = byId(named('case.reported'), 'caseId');
	const verified = byId(named('case.verified'), 'caseId');

	test('is there when the customer has proved who they are: within five minutes for nineteen of twenty', () => {
		const took = issued.map(({ caseId, at }) => at - (reported.get(caseId)?.at ?? 0)).sort((a, b) => a - b);
		expect(took.length).toBeGreaterThan(400);
		expect(took[Math.floor(took.length / 2)]).toBeLessThan(MINUTE);
		expect(took[Math.floor(0.95 * took.length)]).toBeLessThan(5 * MINUTE);
		expect(new Set(issued.map(({ caseId }) => caseId)).size).toBe(issued.length);
	});

	test('waits for the risk check where the customer had to prove more than usual', () => {
		const doubted = new Set(
			named('case.verification_started')
				.filter(({ data }) => data.stepUp)
				.map(({ caseId }) => caseId)
		);
		const assessed = byId(named('case.risk_assessed'), 'caseId');
		const late = issued.filter(({ caseId }) => doubted.has(caseId));
		expect(late.length).toBeGreaterThan(10);
		for (const { caseId, at } of late) expect(at).toBeGreaterThanOrEqual(assessed.get(caseId)?.at ?? Infinity);
		for (const { caseId, at } of issued.filter((each) => !doubted.has(each.caseId)))
			expect(at).toBe(verified.get(caseId)?.at);
	});

	test('goes to the share of the verified that the profile says', () => {
		expect(Math.abs(shareOf(issued.length, verified.size) - 0.7)).toBeLessThan(0.07);
	});

	test.each([
		['risk', 'case.risk_assessed'],
		['approval', 'case.authorised']
	] as const)('comes after %s where the profile says so', (after, name) => {
		const bank = bankWith(after);
		const before = byId(bank.named(name), 'caseId');
		const cards = bank.named('case.virtual_card_issued');
		expect(cards.length).toBeGreaterThan(300);
		for (const { caseId, at } of cards) expect(at).toBeGreaterThanOrEqual(before.get(caseId)?.at ?? Infinity);
	});
});
