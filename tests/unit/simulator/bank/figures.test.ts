import { describe, expect, test } from 'vitest';
import { toBe } from './profile-file.ts';
import { byId, runBank } from './run-bank.ts';

const usual = toBe();
const exactly = (mean: number) => ({ mean, cv: 0 });

/** A bank whose figures are all unlike the shipped ones, and without chance. */
const profile = {
	...usual,
	duplicates: { share: 0.2, after: exactly(600_000), seen: exactly(7_000), cancelled: exactly(900_000) },
	release: { share: 0.4, foundAfter: exactly(5_000), confirm: exactly(33_000) },
	identity: {
		...usual.identity,
		failure: 0.2,
		failures: {},
		scores: { failed: { from: 0.1, to: 0.2 }, passed: { from: 0.5, to: 0.6 } }
	},
	delivery: { ...usual.delivery, atCounter: exactly(77_000), carriers: { zto: 3, yto: 1, nobody: 0 } },
	activation: { ...usual.activation, closing: exactly(9_000) },
	rebinding: { ...usual.rebinding, share: 0 },
	sites: {
		...usual.sites,
		reconciliation: { every: 3_600_000, cardsPerBranch: 7, differences: 0 }
	}
};
const { named, start } = runBank({ profile, from: '2026-11-02', days: 4, branches: 30 });

describe('a figure of the profile', () => {
	test('says how long until the same loss is reported again, seen to be the same, and cancelled', () => {
		const reported = byId(named('case.reported'), 'caseId');
		const paused = named('case.paused').filter(({ data }) => data.reason === 'duplicate_report');
		expect(paused.length).toBeGreaterThan(30);
		for (const { caseId, at } of paused) expect(at - (reported.get(caseId)?.at ?? 0)).toBe(7_000);
		const seen = byId(paused, 'caseId');
		const cancelled = named('case.cancelled').filter(({ caseId }) => seen.has(caseId));
		expect(cancelled.length).toBeGreaterThan(30);
		for (const { caseId, at } of cancelled) expect(at - (seen.get(caseId)?.at ?? 0)).toBeGreaterThanOrEqual(900_000);
	});

	test('says how long the second person takes to agree to a release', () => {
		const asked = byId(named('case.release_requested'), 'caseId');
		const released = named('case.released');
		const undone = named('case.frozen').filter(({ data }) => data.result === 'compensated');
		expect(released.length).toBeGreaterThan(50);
		for (const { caseId, at } of undone)
			if (asked.has(caseId)) expect(at - (asked.get(caseId)?.at ?? 0)).toBeGreaterThan(33_000);
	});

	test('bounds the scores of factors that fail and that hold', () => {
		const tried = named('case.verification_attempted').filter(({ data }) => data.score !== undefined);
		expect(tried.filter(({ data }) => data.result === 'failed').length).toBeGreaterThan(50);
		for (const { data } of tried) {
			const low = data.result === 'failed' ? 0.1 : 0.5;
			expect(data.score).toBeGreaterThanOrEqual(low);
			expect(data.score).toBeLessThanOrEqual(low + 0.1);
		}
	});

	test('names the couriers and their weights, and the time of a hand-over', () => {
		const sent = named('shipment.dispatched').filter(({ data }) => data.carrier !== undefined);
		const zto = sent.filter(({ data }) => data.carrier === 'zto').length / sent.length;
		expect(new Set(sent.map(({ data }) => data.carrier))).toEqual(new Set(['zto', 'yto']));
		expect(Math.abs(zto - 0.75)).toBeLessThan((4 * 0.44) / Math.sqrt(sent.length));
		const made = byId(named('case.card_personalised'), 'caseId');
		const handed = named('shipment.delivered').filter(({ caseId }) => made.get(caseId)?.data.way === 'instant');
		expect(handed.length).toBeGreaterThan(20);
		for (const { caseId, at } of handed) expect(at - (made.get(caseId)?.at ?? 0)).toBe(77_000);
	});

	test('says how long a case stays open after its last step', () => {
		const active = byId(named('case.card_activated'), 'caseId');
		const closed = named('case.closed').filter(({ data }) => data.outcome === 'completed');
		expect(closed.length).toBeGreaterThan(30);
		for (const { caseId, at } of closed) expect(at - (active.get(caseId)?.at ?? 0)).toBe(9_000);
	});

	test('says when the channels are compared, with how many cards and how many differences', () => {
		const checked = named('consistency.checked');
		expect(checked).toHaveLength(4 * (4 * 24 - 1));
		for (const { at, data } of checked) {
			expect((at - start) % 3_600_000).toBe(0);
			expect([data.compared, data.differences]).toEqual([210, 0]);
		}
	});
});
