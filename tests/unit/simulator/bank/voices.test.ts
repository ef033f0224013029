import { describe, expect, test } from 'vitest';
import { EXCEPTION_KINDS } from '../../../../simulator/bank/exceptions.ts';
import { perceivedWait } from '../../../../simulator/bank/surveys.ts';
import { HOUR, MINUTE } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';
import { byId, runBank, shareOf } from './run-bank.ts';

const plain = toBe();
/** Many complaints and answers, for the shares to be sharp. */
const profile = {
	...plain,
	complaints: { ...plain.complaints, share: 0.2 },
	surveys: { ...plain.surveys, shares: { ...plain.surveys.shares, standard: 0.5, elderly: 0.5 } }
};
const { named } = runBank({ profile, from: '2026-11-02', days: 20, branches: 25 });

describe('a complaint', () => {
	const filed = byId(named('complaint.filed'), 'complaintId');

	test('has an owner, an answer, a call back and an end, in this order', () => {
		const steps = ['complaint.assigned', 'complaint.answered', 'complaint.called_back', 'complaint.closed'] as const;
		let before = new Map([...filed].map(([id, { at }]) => [id, at]));
		for (const name of steps) {
			const now = byId(named(name), 'complaintId');
			expect(now.size).toBeGreaterThan(80);
			for (const [id, { at }] of now) expect(at).toBeGreaterThan(before.get(id) as number);
			before = new Map([...now].map(([id, { at }]) => [id, at]));
		}
	});

	test('is answered within 72 hours, and within 24 where it is about progress, with few exceptions', () => {
		const answers = named('complaint.answered').map(({ data, at }) => {
			const complaint = filed.get(data.complaintId);
			return { hours: (at - (complaint?.at ?? at)) / HOUR, cause: complaint?.data.cause };
		});
		const progress = answers.filter(({ cause }) => cause === 'timeliness');
		expect(Math.max(...answers.map(({ hours }) => hours))).toBeLessThan(72);
		expect(shareOf(progress.filter(({ hours }) => hours <= 24).length, progress.length)).toBeGreaterThan(0.97);
	});

	test('goes to the owner with the fewest open ones', () => {
		const open = new Map<string, number>();
		const ends = byId(named('complaint.closed'), 'complaintId');
		const assigned = named('complaint.assigned');
		for (const { data } of assigned) open.set(data.owner, (open.get(data.owner) ?? 0) + 1);
		expect(open.size).toBe(profile.complaints.owners);
		const counts = [...open.values()];
		expect(Math.max(...counts)).toBeLessThan(3 * Math.min(...counts) + 10);
		expect(ends.size).toBeLessThanOrEqual(assigned.length);
	});

	test('tells what is wrong in words that name nobody', () => {
		for (const { data } of filed.values()) expect(data.text).toMatch(/^[\u4e00-\u9fff]{1,2}\*（1\d\d\*{4}\d{4}）：/);
	});
});

describe('a survey', () => {
	test('says how long a wait felt where there was one: eight minutes as fifteen', () => {
		const felt = perceivedWait(plain.surveys.perceived, 8 * MINUTE) / MINUTE;
		expect(felt).toBeGreaterThan(14.8);
		expect(felt).toBeLessThan(15.2);
		const waited = named('survey.answered').filter(({ data }) => data.perceivedWaitSeconds !== undefined);
		const answered = byId(named('call.answered'), 'callId');
		const byPhone = waited.flatMap(({ caseId, data }) => {
			const call = answered.get(`P-${caseId}`);
			return call ? [[data.perceivedWaitSeconds as number, call.data.waitedSeconds as number]] : [];
		});
		expect(byPhone.length).toBeGreaterThan(20);
		for (const [felt = 0, measured = 0] of byPhone) {
			// Both are told in whole seconds.
			const { perceived } = plain.surveys;
			expect(felt).toBeGreaterThanOrEqual(Math.floor(perceivedWait(perceived, (measured - 0.5) * 1_000) / 1_000) - 1);
			expect(felt).toBeLessThanOrEqual(Math.ceil(perceivedWait(perceived, (measured + 0.5) * 1_000) / 1_000) + 1);
		}
	});

	test('is answered more often by the segments that are asked more', () => {
		const cases = named('case.closed').length;
		const closed = byId(named('case.reported'), 'caseId');
		const segment = (name: string): number => {
			const asked = [...closed.values()].filter(({ data }) => data.segment === name).length;
			return named('survey.answered').filter(({ data }) => data.segment === name).length / asked;
		};
		expect(cases).toBeGreaterThan(800);
		expect(segment('standard')).toBeGreaterThan(2 * segment('new'));
	});
});

describe('services bound to a card', () => {
	test('stay behind for about the share of the profile', () => {
		const moved = named('case.services_rebound');
		const left = moved.filter(({ data }) => data.failed !== undefined).length;
		const { left: share } = profile.rebinding;
		const error = Math.sqrt((share * (1 - share)) / moved.length);
		expect(Math.abs(left / moved.length - share)).toBeLessThan(4 * error);
		for (const { data } of moved) for (const name of data.failed ?? []) expect(data.services).toContain(name);
	});
});

describe('exceptions', () => {
	test('are of fifteen kinds with codes, and those of machines name one', () => {
		expect(EXCEPTION_KINDS).toHaveLength(15);
		expect(new Set(EXCEPTION_KINDS.map((kind) => kind.slice(0, 3))).size).toBe(15);
		const told = named('exception.reported');
		expect(told.length).toBeGreaterThan(50);
		for (const { data } of told) {
			expect(EXCEPTION_KINDS).toContain(data.kind);
			expect(data.deviceId !== undefined).toBe(data.kind < 'E06');
			expect(data.by).toMatch(new RegExp(`^T-${data.branchId}-W`));
		}
		expect(told.some(({ data }) => data.kind === 'E01-terminal-restart')).toBe(true);
	});
});
