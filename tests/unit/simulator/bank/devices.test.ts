import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';
import { runBank } from './run-bank.ts';

const plain = toBe();
const WEEK = 7 * 24 * HOUR;
/** Machines that fail often, and ribbons for a few cards, so that a month shows all of it. */
const profile = {
	...plain,
	devices: {
		...plain.devices,
		instantShare: 1,
		betweenFailures: WEEK,
		ribbon: { ...plain.devices.ribbon, cards: 12, low: 3 }
	}
};
const { named } = runBank({ profile, from: '2026-11-02', days: 20, branches: 25 });
const down = named('device.down');

describe('a machine', () => {
	test('fails of what its kind can fail of, as often as the profile says', () => {
		for (const kind of ['instant', 'vtm'] as const) {
			const reasons = down.filter(({ data }) => data.kind === kind && data.reason !== 'ribbon_empty');
			const weights: Record<string, number> = profile.devices.causes[kind];
			const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
			expect(reasons.length).toBeGreaterThan(50);
			expect(new Set(reasons.map(({ data }) => data.reason))).toEqual(new Set(Object.keys(weights)));
			for (const [reason, weight] of Object.entries(weights)) {
				const p = weight / total;
				const n = reasons.filter(({ data }) => data.reason === reason).length;
				expect(Math.abs(n - p * reasons.length)).toBeLessThan(4 * Math.sqrt(reasons.length * p * (1 - p)) + 1);
			}
		}
	});

	test('that makes no cards has no ribbon, and none loses a network that nothing cut', () => {
		expect(down.filter(({ data }) => data.kind === 'vtm' && data.reason?.startsWith('ribbon'))).toEqual([]);
		expect(down.filter(({ data }) => data.reason === 'network_lost')).toEqual([]);
	});
});

describe('the ribbon of a card printer', () => {
	test('lasts for as many cards as the profile says, warns before it ends, and stops the printer until it is changed', () => {
		const steps = [
			...named('case.card_ordered').filter(({ data }) => data.way === 'instant'),
			...named('device.degraded'),
			...down.filter(({ data }) => data.reason === 'ribbon_empty')
		].sort((a, b) => a.at - b.at);
		const cards = new Map<string, number>();
		const since = new Map<string, number>();
		let ends = 0;
		for (const { data } of steps) {
			const { branchId, reason } = data as { branchId: string; reason?: string };
			// The card that uses a ribbon up is told of after its end.
			if (reason === undefined) cards.set(branchId, (cards.get(branchId) ?? 0) + 1);
			else if (reason === 'ribbon_low') since.set(branchId, cards.get(branchId) ?? 0);
			else {
				const warned = since.get(branchId);
				since.delete(branchId);
				if (warned === undefined) continue;
				expect((cards.get(branchId) ?? 0) - warned).toBe(profile.devices.ribbon.low);
				ends++;
			}
		}
		expect(ends).toBeGreaterThan(10);
	});

	test('is changed in the time that the profile says', () => {
		const up = named('device.up');
		const took = down
			.filter(({ data }) => data.reason === 'ribbon_empty')
			.flatMap(({ at, data }) => {
				const back = up.find((one) => one.data.deviceId === data.deviceId && one.at > at);
				return back === undefined ? [] : [back.at - at];
			});
		const { mean } = profile.devices.ribbon.refill;
		const found = took.reduce((sum, ms) => sum + ms, 0) / took.length;
		expect(took.length).toBeGreaterThan(20);
		expect(found).toBeGreaterThan(mean / 2);
		expect(found).toBeLessThan(mean * 2);
	});
});

describe('instant issuance', () => {
	test.each([
		[{ present: 0, remote: 0 }, 0, 0],
		[{ present: 0, remote: 1 }, 0, 1],
		[{ present: 1, remote: 0 }, 1, 0]
	])('is for those who want it: %j', (instantWanted, present, remote) => {
		const wanting = { ...profile, production: { ...plain.production, instantWanted } };
		const bank = runBank({ profile: wanting, from: '2026-11-02', days: 3, branches: 15 });
		const channels = new Map(bank.named('case.reported').map(({ caseId, data }) => [caseId, data.channel]));
		const made = bank.named('case.card_ordered').filter(({ data }) => data.way === 'instant');
		const there = made.filter(({ caseId }) => ['counter', 'vtm'].includes(channels.get(caseId) ?? '')).length;
		expect([Math.min(1, there), Math.min(1, made.length - there)]).toEqual([present, remote]);
	});
});
