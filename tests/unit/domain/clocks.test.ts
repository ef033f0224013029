import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyToCase } from '../../../src/lib/domain/case/apply.ts';
import type { Applied, CaseState } from '../../../src/lib/domain/case/state.ts';
import type { RecordedEvent } from '../../../src/lib/domain/events/event.ts';
import { attention, overdue } from '../../../src/lib/domain/sla/advance.ts';
import type { Policy } from '../../../src/lib/domain/sla/policy.ts';
import { readPolicy } from '../../../src/lib/domain/sla/read-policy.ts';
import { readCalendar } from '../../../src/lib/domain/sla/working-calendar.ts';
import { HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import { recorded, report, START } from './support.ts';

const cn = readCalendar(readFileSync('scenarios/calendars/cn.yaml', 'utf8'), 'cn.yaml');

function policy(clock: string, closes = '[]'): Policy {
	return readPolicy(`clocks:\n  - { id: c, name: { zh: 钟, en: clock }, ${clock} }\ncloses: ${closes}\n`, 'p.yaml', {
		cn
	});
}

function fold(rules: Policy, events: readonly RecordedEvent[]): { run: CaseState['clocks'][number]; last: Applied } {
	let last: Applied | undefined;
	for (const event of events) last = applyToCase(last?.state, event, rules);
	return { run: last!.state.clocks[0]!, last: last! };
}

const FREEZE = 'start: case.reported, end: case.frozen, target: 10s';

describe('a clock', () => {
	test('starts with its event and is due after its target', () => {
		const { run, last } = fold(policy(FREEZE), [report(0)]);
		expect(run).toMatchObject({ startedAt: START, dueAt: START + 10_000, atRiskAt: START + 8_000, status: 'running' });
		expect(last.changed).toEqual([run]);
	});

	test.each([
		[9_999, 'met'],
		[10_000, 'met'],
		[10_001, 'breached']
	])('that ends after %i ms is %s', (at, status) => {
		const { run } = fold(policy(FREEZE), [report(0), recorded('case.frozen', at)]);
		expect(run).toMatchObject({ status, spent: at, endedAt: START + at });
	});

	test('runs once per case', () => {
		const { last } = fold(policy(FREEZE), [report(0), recorded('case.frozen', 5), recorded('case.frozen', 90_000)]);
		expect(last.state.clocks).toHaveLength(1);
		expect(last.state.clocks[0]!.spent).toBe(5);
		expect(last.changed).toEqual([]);
	});

	test('stands while it is paused and has its rest afterwards', () => {
		const rules = policy(`${FREEZE}, pause: [{ from: case.paused, until: case.resumed }]`);
		const paused = [report(0), recorded('case.paused', 4_000, { reason: 'x' })];
		expect(fold(rules, paused).run).toMatchObject({ status: 'paused', dueAt: null, pausedLeft: 6_000 });
		const resumed = [...paused, recorded('case.resumed', 60_000)];
		expect(fold(rules, resumed).run).toMatchObject({ dueAt: START + 66_000, atRiskAt: START + 64_000 });
		expect(fold(rules, [...resumed, recorded('case.frozen', 65_000)]).run).toMatchObject({
			status: 'met',
			spent: 9_000
		});
		expect(fold(rules, [...paused, recorded('case.frozen', 99_000)]).run).toMatchObject({
			status: 'met',
			spent: 4_000
		});
	});

	test('that starts while its case is paused stands from its start on', () => {
		const rules = policy(
			'start: case.approval_requested, end: case.authorised, target: 10s, pause: [{ from: case.paused, until: case.resumed }]'
		);
		const events = [
			report(0),
			recorded('case.paused', 1_000, { reason: 'x' }),
			recorded('case.approval_requested', 2_000)
		];
		expect(fold(rules, events).run).toMatchObject({ status: 'paused', dueAt: null, pausedLeft: 10_000 });
		const resumed = [...events, recorded('case.resumed', 3 * HOUR)];
		expect(fold(rules, resumed).run).toMatchObject({ status: 'running', dueAt: START + 3 * HOUR + 10_000 });
		const authorised = recorded('case.authorised', 3 * HOUR + 1_000);
		expect(fold(rules, [...resumed, authorised]).run).toMatchObject({ status: 'met', spent: 1_000 });
	});

	test('whose start is told after a pause ran until the pause', () => {
		const rules = policy(
			'start: case.approval_requested, end: case.authorised, target: 10s, pause: [{ from: case.paused, until: case.resumed }]'
		);
		const paused = recorded('case.paused', 5_000, { reason: 'x' });
		expect(fold(rules, [report(0), paused, recorded('case.approval_requested', 2_000)]).run).toMatchObject({
			status: 'paused',
			pausedLeft: 7_000
		});
	});

	test('that does not name the pause of its case, or only pauses of one reason, runs on', () => {
		for (const pause of ['[]', '[{ from: { type: case.paused, where: { reason: y } }, until: case.resumed }]']) {
			const rules = policy(`start: case.approval_requested, end: case.authorised, target: 10s, pause: ${pause}`);
			const events = [report(0), recorded('case.paused', 1, { reason: 'x' }), recorded('case.approval_requested', 2)];
			expect(fold(rules, events).run.status).toBe('running');
		}
	});

	test('is cancelled in time, but a breach stays a breach', () => {
		const rules = policy(`${FREEZE}, cancel: case.annotated`);
		const note = (at: number) => recorded('case.annotated', at, { by: 'T1', text: 'x' });
		expect(fold(rules, [report(0), note(5)]).run.status).toBe('cancelled');
		expect(fold(rules, [report(0), note(20_000)]).run.status).toBe('breached');
	});

	test('that nobody ended is ended by the close of the case', () => {
		expect(fold(policy(FREEZE), [report(0), recorded('case.released', 5)]).run.status).toBe('cancelled');
		expect(fold(policy(FREEZE), [report(0), recorded('case.released', 50_000)]).run.status).toBe('breached');
	});

	test('takes the time of a late message as it happened, not as it came', () => {
		const { run, last } = fold(policy(FREEZE), [
			report(0),
			recorded('case.verified', 20_000),
			recorded('case.frozen', 3_000)
		]);
		expect(run).toMatchObject({ status: 'met', spent: 3_000 });
		expect(last.violation?.code).toBe('out-of-order');
	});

	test('never ends before it started', () => {
		const { run } = fold(policy(FREEZE), [report(0), recorded('case.frozen', -5_000)]);
		expect(run).toMatchObject({ spent: 0, endedAt: START });
	});

	test('that ended before its start was told is over with it', () => {
		const ended = recorded('case.frozen', 5_000);
		const { run, last } = fold(policy(FREEZE), [ended, report(0)]);
		expect(run).toMatchObject({ startedAt: START, endedAt: START + 5_000, status: 'met', spent: 5_000 });
		expect(last.changed).toEqual([run]);
		expect(fold(policy(FREEZE), [recorded('case.frozen', 11_000), report(0)]).run.status).toBe('breached');
		expect(fold(policy(FREEZE), [recorded('case.frozen', 0), report(0)]).run.status).toBe('running');
		expect(fold(policy(FREEZE), [recorded('case.frozen', -1), report(0)]).run.status).toBe('running');
		expect(fold(policy(FREEZE), [ended, report(0), recorded('case.released', 6_000)]).last.state.early).toEqual([]);
	});

	test('knows the first and the last of what came before its start was told', () => {
		const ends = [20_000, 1_000, 4_000].map((at) => recorded('case.frozen', at));
		expect(fold(policy(FREEZE), [...ends, report(0)]).run).toMatchObject({ status: 'met', spent: 1_000 });
		expect(fold(policy(FREEZE), [...ends, report(12_000)]).run).toMatchObject({ status: 'met', spent: 8_000 });
		const rules = policy(`${FREEZE}, cancel: case.annotated`);
		const note = recorded('case.annotated', 500, { by: 'T1', text: 'x' });
		expect(fold(rules, [...ends, note, report(0)]).run).toMatchObject({ status: 'cancelled', spent: 500 });
	});

	test('is kept to its scope', () => {
		const rules = policy(`${FREEZE}, scope: { tier: vip }`);
		expect(fold(rules, [report(0)]).last.state.clocks).toEqual([]);
		expect(fold(rules, [report(0, { tier: 'vip' })]).last.state.clocks).toHaveLength(1);
	});

	test('matches lists, absent fields and stages', () => {
		const voice = policy(
			'start: { type: case.verification_started, where: { methods: voice } }, end: { stage: risk }, target: 5s'
		);
		const checked = (method: string) => [
			report(0),
			recorded('case.verification_started', 1, { methods: ['sms', method] })
		];
		expect(fold(voice, checked('face')).last.state.clocks).toEqual([]);
		expect(fold(voice, [...checked('voice'), recorded('case.verified', 2_001)]).run.spent).toBe(2_000);
		const whole = policy(
			'start: case.reported, end: { type: case.frozen, where: { paymentChannel: null } }, target: 10s'
		);
		const part = [report(0), recorded('case.frozen', 1, { paymentChannel: 'unionpay' })];
		expect(fold(whole, part).run.status).toBe('running');
		expect(fold(whole, [...part, recorded('case.frozen', 2)]).run.status).toBe('met');
	});

	test('of working time sleeps over night, weekend and holiday', () => {
		const rules = policy('start: case.reported, end: case.frozen, target: 2h, kind: working, calendar: cn');
		const friday = Date.parse('2026-09-30T16:00:00+08:00') - START;
		const { run } = fold(rules, [report(friday)]);
		expect(new Date(run.dueAt!).toISOString()).toBe('2026-10-08T02:00:00.000Z');
		const { run: ended } = fold(rules, [report(friday), recorded('case.frozen', friday + 20 * HOUR)]);
		expect(ended).toMatchObject({ spent: HOUR, status: 'met', provisional: false });
	});

	test('of a year nobody has announced is marked provisional', () => {
		const rules = policy('start: case.reported, end: case.frozen, target: 3wd, kind: working, calendar: cn');
		expect(fold(rules, [report(Date.parse('2026-12-31T16:00:00+08:00') - START)]).run.provisional).toBe(true);
	});
});

test('attention follows the moment, and an ended run keeps its end', () => {
	const { run } = fold(policy(FREEZE), [report(0)]);
	expect([0, 7_999, 8_000, 10_000, 10_001].map((at) => attention(run, START + at))).toEqual([
		...['running', 'running', 'at_risk', 'at_risk', 'breached']
	]);
	expect([overdue(run, START + 10_000), overdue(run, START + 10_001)]).toEqual([false, true]);
	const ended = fold(policy(FREEZE), [report(0), recorded('case.frozen', 1)]).run;
	expect(attention(ended, START + HOUR)).toBe('met');
});

test('a policy ends generic cases, and their clocks with them', () => {
	const step = (at: number, activity: string) => recorded('process.step', at, { activity });
	const rules = policy('start: { activity: Open }, end: { activity: Done }, target: 5m', '{ activity: Done }');
	const { run, last } = fold(rules, [step(0, 'Open'), step(1, 'Work'), step(4 * MINUTE, 'Done')]);
	expect(run).toMatchObject({ status: 'met', spent: 4 * MINUTE });
	expect(last.state).toMatchObject({ status: 'closed', stage: 'closed' });
	expect([last.fromStage, last.dwell]).toEqual(['generic', 4 * MINUTE]);
});

test('dwell is the time in the stage that the event left', () => {
	const { last } = fold(policy(FREEZE), [report(0), recorded('case.frozen', 10), recorded('case.verified', 700)]);
	expect(last).toMatchObject({ fromStage: 'report', dwell: 700 });
});

describe('a clock that repeats', () => {
	const TICKETS = 'start: case.reported, end: notification.sent, repeats: true, target: 30m, cancel: case.authorised';
	const told = (minute: number) =>
		recorded('notification.sent', minute * MINUTE, { medium: 'sms', template: 'status_ticket' });

	test('starts its next run with each end, and tells both', () => {
		const { run, last } = fold(policy(TICKETS), [report(0), told(10), told(50)]);
		expect(last.changed).toMatchObject([
			{ status: 'breached', round: 2, spent: 40 * MINUTE },
			{ status: 'running', round: 3, startedAt: START + 50 * MINUTE, dueAt: START + 80 * MINUTE }
		]);
		expect(last.state.clocks).toEqual([run]);
	});

	test('is over once it is cancelled', () => {
		const authorised = recorded('case.authorised', 15 * MINUTE, { level: 'auto' });
		const { run, last } = fold(policy(TICKETS), [report(0), told(10), authorised, told(90)]);
		expect(run).toMatchObject({ status: 'cancelled', round: 2 });
		expect(last.changed).toEqual([]);
	});

	test('leaves out a message that is older than the run', () => {
		const { run, last } = fold(policy(TICKETS), [report(0), told(20), told(5)]);
		expect(run).toMatchObject({ status: 'running', startedAt: START + 20 * MINUTE });
		expect(last.changed).toEqual([]);
	});

	test('ends one run with one message, whatever matches it fits', () => {
		const twice = policy(
			TICKETS.replace(
				'end: notification.sent',
				'end: [notification.sent, { type: notification.sent, where: { medium: sms } }]'
			)
		);
		expect(fold(twice, [report(0), told(10)]).run).toMatchObject({ round: 2, status: 'running' });
	});

	test('counts no message as late of those that came before its start was told', () => {
		const { run, last } = fold(policy(TICKETS), [told(20), told(45), told(70), report(0)]);
		expect(last.changed).toMatchObject([
			{ status: 'met', spent: 20 * MINUTE },
			{ status: 'running', round: 2, startedAt: START + 70 * MINUTE }
		]);
		expect(last.state.clocks).toEqual([run]);
		const authorised = recorded('case.authorised', 50 * MINUTE, { level: 'auto' });
		const over = fold(policy(TICKETS), [told(20), authorised, told(70), report(0)]);
		expect(over.run).toMatchObject({ round: 2, status: 'cancelled', spent: 0 });
	});

	test('stays paused over a message, and leaves nothing behind when the case closes', () => {
		const rules = policy(`${TICKETS}, pause: [{ from: case.paused, until: case.resumed }]`);
		const paused = [report(0), recorded('case.paused', MINUTE, { reason: 'x' }), told(10)];
		expect(fold(rules, paused).run).toMatchObject({ round: 2, status: 'paused', pausedLeft: 30 * MINUTE });
		const closed = fold(rules, [...paused, recorded('case.cancelled', 11 * MINUTE, { reason: 'x' })]);
		expect(closed.last.changed).toMatchObject([{ round: 2, status: 'cancelled', spent: 0 }]);
		const ends = policy('start: case.reported, end: case.closed, repeats: true, target: 30m');
		expect(fold(ends, [report(0), recorded('case.closed', 5)]).last.changed).toHaveLength(1);
	});
});
