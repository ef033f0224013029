import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../../src/lib/domain/time.ts';
import { midnight } from '../../../../simulator/bank/bank-time.ts';
import { toBe } from './profile-file.ts';
import { byId, runBank, shareOf } from './run-bank.ts';

const profile = toBe();
/** Monday, month end and pension day are among them. */
const { named, branches } = runBank({ profile, from: '2026-11-12', days: 8, branches: 40 });
const tickets = byId(named('visit.ticket_taken'), 'visitId');
const atKiosk = (window: string | undefined): boolean => window?.startsWith('K') ?? false;

describe('the windows', () => {
	test('have tellers who serve one customer at a time', () => {
		const busy = new Map<string, string>();
		const steps = [...named('visit.completed'), ...named('visit.called')].sort((a, b) => a.at - b.at);
		for (const { data } of steps) {
			const { teller, visitId } = data as { teller?: string; visitId: string };
			if (teller === undefined) continue;
			if ('window' in data) {
				expect(busy.has(teller), `${teller} at ${visitId}`).toBe(false);
				busy.set(teller, visitId);
			} else {
				expect(busy.get(teller)).toBe(visitId);
				busy.delete(teller);
			}
		}
		expect(new Set(named('visit.called').map(({ data }) => data.teller)).size).toBeGreaterThan(80);
	});

	test('are fewer at lunch and more at peaks, and never none', () => {
		const changes = named('branch.windows_changed');
		expect(Math.min(...changes.map(({ data }) => data.windows))).toBeGreaterThan(0);
		const reasons = new Set(changes.map(({ data }) => data.reason));
		expect(reasons).toEqual(new Set(['lunch', 'peak', 'back_to_normal']));
		const usual = new Map(branches.map((branch) => [branch.id, branch.windows]));
		for (const { data, at } of changes) {
			const own = usual.get(data.branchId) as number;
			if (data.reason === 'back_to_normal') expect(data.windows).toBe(own);
			if (data.reason === 'peak') expect(profile.staffing.peakHours).toContain((at - midnight(at)) / HOUR);
			expect(data.windows).toBeLessThanOrEqual(own + profile.staffing.extra);
		}
	});

	test('lose 30 to 40 of 100 card customers to the kiosks', () => {
		const card = named('visit.called').filter(({ data }) => tickets.get(data.visitId)?.caseId === '');
		const share = shareOf(card.filter(({ data }) => atKiosk(data.window)).length, card.length);
		expect(card.length).toBeGreaterThan(700);
		expect(share).toBeGreaterThan(0.3);
		expect(share).toBeLessThan(0.4);
	});
});

describe('appointments', () => {
	const booked = named('appointment.booked');

	test('are for a later day, on the half hour, and never above the quota of a slot', () => {
		const windows = new Map(branches.map((branch) => [branch.id, branch.windows]));
		const perSlot = new Map<string, number>();
		for (const { data, at } of booked) {
			const slot = Date.parse(data.slot);
			expect(midnight(slot)).toBeGreaterThan(midnight(at));
			expect(slot % (30 * MINUTE)).toBe(0);
			const key = `${data.branchId} ${data.slot}`;
			perSlot.set(key, (perSlot.get(key) ?? 0) + 1);
			const quota = Math.max(1, Math.floor(profile.appointments.quota * (windows.get(data.branchId) as number)));
			expect(perSlot.get(key)).toBeLessThanOrEqual(quota);
		}
		expect(booked.length).toBeGreaterThan(200);
	});

	test('are kept or missed, and who keeps one waits less', () => {
		const known = byId(booked, 'appointmentId');
		const missed = named('appointment.missed');
		for (const { data } of missed) expect(known.has(data.appointmentId)).toBe(true);
		expect(shareOf(missed.length, booked.length)).toBeLessThan(0.14);
		expect(missed.length).toBeGreaterThan(0);
		const waits = (withOne: boolean): number => {
			const all = named('visit.called').flatMap(({ data, at }) => {
				const ticket = tickets.get(data.visitId);
				if (!ticket || atKiosk(data.window) || (ticket.data.appointment === true) !== withOne) return [];
				return [at - ticket.at];
			});
			return all.reduce((sum, wait) => sum + wait, 0) / all.length;
		};
		expect(waits(true)).toBeLessThan(0.7 * waits(false));
	});
});

describe('the phone bank', () => {
	test('hears every language of the profile, each from an agent who is not on another call', () => {
		const languages = new Set(named('call.queued').map(({ data }) => data.language));
		expect(languages).toEqual(new Set(Object.keys(profile.phone.languages)));
		const talking = new Map<string, string>();
		const steps = [...named('call.ended'), ...named('call.answered')].sort((a, b) => a.at - b.at);
		for (const { data } of steps) {
			const agent = data.agent as string;
			if ('waitedSeconds' in data) {
				expect(talking.has(agent)).toBe(false);
				talking.set(agent, data.callId);
			} else talking.delete(agent);
		}
	});

	test('answers most calls within 30 s', () => {
		const fast = named('call.answered').filter(({ data }) => (data.waitedSeconds ?? 99) < 30).length;
		expect(shareOf(fast, named('call.queued').length)).toBeGreaterThan(0.9);
	});
});

describe('video agents', () => {
	test('talk for at most ten minutes, and to people who cannot come', () => {
		const requests = byId(named('video.requested'), 'videoId');
		const ended = named('video.ended');
		expect(ended.length).toBeGreaterThan(10);
		expect(new Set(ended.map(({ data }) => data.videoId)).size).toBe(ended.length);
		expect(requests.size).toBe(named('video.requested').length);
		for (const { data } of ended) {
			expect(requests.has(data.videoId)).toBe(true);
			expect(data.talkSeconds).toBeLessThanOrEqual(600);
		}
		const reasons = new Set([...requests.values()].map(({ data }) => data.reason));
		expect(reasons).toContain('immobile');
		expect(reasons).toContain('elderly');
	});
});

describe('what the profile says of hours and slots', () => {
	const other = {
		...profile,
		appointments: { ...profile.appointments, slot: 20 * MINUTE },
		compliance: { reportHour: 4, restoreEvery: 30 * HOUR, restoreFails: 0.5 },
		complaints: {
			...profile.complaints,
			share: 0.5,
			assign: { mean: HOUR, cv: 0.5 },
			hours: { from: 10, to: 12 },
			callBackHours: { from: 14, to: 15 }
		}
	};
	const bank = runBank({ profile: other, from: '2026-11-12', days: 12, branches: 15 });
	const hourOf = (at: number): number => (at - midnight(at)) / HOUR;

	test('holds for complaints and the calls that answer them', () => {
		const [filed, called] = [bank.named('complaint.filed'), bank.named('complaint.called_back')];
		expect([filed.length > 50, called.length > 20]).toEqual([true, true]);
		for (const { at } of filed) expect([hourOf(at) >= 10, hourOf(at) < 12]).toEqual([true, true]);
		for (const { at } of called) expect([hourOf(at) >= 14, hourOf(at) < 15]).toEqual([true, true]);
	});

	test('holds for appointments', () => {
		const slots = bank.named('appointment.booked').map(({ data }) => Date.parse(data.slot) / MINUTE);
		expect(new Set(slots.map((slot) => slot % 20))).toEqual(new Set([0]));
		expect(new Set(slots.map((slot) => slot % 60))).toEqual(new Set([0, 20, 40]));
	});

	test('holds for the report to the regulator, and copies are restored to try them', () => {
		const audits = bank.named('audit.recorded');
		const reports = audits.filter(({ data }) => data.action === 'regulator_report');
		expect(reports.map(({ at }) => hourOf(at))).toEqual(Array.from({ length: 11 }, () => 4));
		const restored = audits.filter(({ data }) => data.action === 'restore_test');
		expect(restored).toHaveLength(9);
		expect(new Set(restored.map(({ data }) => data.outcome))).toEqual(new Set(['success', 'refused']));
	});
});
