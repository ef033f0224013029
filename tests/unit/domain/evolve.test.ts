import { describe, expect, test } from 'vitest';
import { evolve } from '../../../src/lib/domain/case/evolve.ts';
import type { CaseState } from '../../../src/lib/domain/case/state.ts';
import type { RecordedEvent } from '../../../src/lib/domain/events/event.ts';
import { recorded, report, START } from './support.ts';

function fold(events: readonly RecordedEvent[]) {
	let state: CaseState | undefined;
	const stages: string[] = [];
	const codes: (string | null)[] = [];
	for (const event of events) {
		const next = evolve(state, event);
		state = next.state;
		stages.push(state.stage);
		codes.push(next.violation?.code ?? null);
	}
	return { state: state!, stages, codes };
}

describe('a whole case', () => {
	test('of a bank that sends the least goes through without complaint', () => {
		const { state, stages, codes } = fold([
			report(0),
			recorded('case.frozen', 1_000),
			recorded('case.verified', 2_000),
			recorded('case.authorised', 3_000),
			recorded('case.card_ordered', 4_000),
			recorded('case.card_personalised', 5_000),
			recorded('case.card_activated', 6_000),
			recorded('case.closed', 7_000)
		]);
		expect(stages).toEqual(['report', 'report', 'risk', 'produce', 'produce', 'deliver', 'activate', 'closed']);
		expect(codes).toEqual(Array(8).fill(null));
		expect(state).toMatchObject({ status: 'closed', outcome: 'completed', closedAt: START + 7_000, violations: 0 });
	});

	test('with every stage visits every stage', () => {
		const { stages, codes } = fold([
			report(0),
			recorded('case.freeze_requested', 1, { paymentChannels: ['unionpay'] }),
			recorded('case.verification_started', 2, { methods: ['face'] }),
			recorded('case.verification_attempted', 3, { method: 'face', result: 'passed' }),
			recorded('case.verified', 4),
			recorded('case.materials_requested', 5, { documents: ['id'] }),
			recorded('case.materials_submitted', 6, { documents: ['id'] }),
			recorded('case.materials_accepted', 7),
			recorded('case.risk_assessed', 8, { score: 0.1, outcome: 'pass', decisionMs: 20, reasons: [] }),
			recorded('case.approval_requested', 9, { level: 'teller' }),
			recorded('case.approval_given', 10, { level: 'teller', by: 'T1' }),
			recorded('case.authorised', 11),
			recorded('case.card_ordered', 12, { way: 'centre' }),
			recorded('case.card_personalised', 13),
			recorded('shipment.dispatched', 14, { shipmentId: 's', mode: 'standard' }),
			recorded('shipment.delivered', 15),
			recorded('case.card_activated', 16),
			recorded('case.services_rebound', 17, { services: ['pay'] }),
			recorded('case.closed', 18, { outcome: 'completed' }),
			recorded('survey.answered', 19, { surveyId: 'v', attitude: 5, efficiency: 5, clarity: 5 })
		]);
		expect(codes.filter(Boolean)).toEqual([]);
		expect([...new Set(stages)]).toEqual([
			...['report', 'verify', 'risk', 'material', 'approve', 'produce', 'deliver', 'activate', 'closed']
		]);
	});

	test('with a card made in the branch skips delivery', () => {
		const { stages, codes } = fold([
			report(),
			recorded('case.verified', 1),
			recorded('case.card_ordered', 2, { way: 'instant' }),
			recorded('case.card_personalised', 3),
			recorded('shipment.delivered', 4)
		]);
		expect(stages.at(-1)).toBe('activate');
		expect(codes.filter(Boolean)).toEqual([]);
	});

	test('remembers the card masked and the facts of the report', () => {
		const { state } = fold([report(0, { tier: 'vip', branchId: 'B1' })]);
		expect(state).toMatchObject({ card: '622848******6789', product: 'debit-std', tier: 'vip', branchId: 'B1' });
	});
});

describe('an impossible step', () => {
	test('before any report is a violation, and the report may follow', () => {
		const { codes } = fold([recorded('case.frozen', 0), report(1)]);
		expect(codes).toEqual(['before-report', null]);
	});

	test('repeats the report', () => {
		const { codes, state } = fold([report(0), report(1, { customerRef: 'other' })]);
		expect(codes).toEqual([null, 'repeated']);
		expect(state.customerRef).toBe('cst_1');
	});

	test('makes a card for someone who was not identified, and the case follows the fact', () => {
		const { codes, stages } = fold([report(0), recorded('case.card_personalised', 1)]);
		expect(codes).toEqual([null, 'impossible-step']);
		expect(stages).toEqual(['report', 'deliver']);
	});

	test('orders a card while an approval is still open', () => {
		const { codes } = fold([
			report(0),
			recorded('case.verified', 1),
			recorded('case.approval_requested', 2, { level: 'manager' }),
			recorded('case.card_ordered', 3)
		]);
		expect(codes).toEqual([null, null, null, 'impossible-step']);
	});

	test('happens earlier than the event before it, and time stands', () => {
		const { codes, state } = fold([report(0), recorded('case.verified', 5_000), recorded('case.authorised', 4_000)]);
		expect(codes).toEqual([null, null, 'out-of-order']);
		expect(state).toMatchObject({ stage: 'produce', stageSince: START + 5_000, lastAt: START + 5_000, violations: 1 });
	});

	test('comes after the close, which stands', () => {
		const { codes, state } = fold([report(0), recorded('case.cancelled', 1), recorded('case.verified', 2)]);
		expect(codes).toEqual([null, null, 'after-close']);
		expect(state).toMatchObject({ stage: 'closed', status: 'closed', closedAt: START + 1, outcome: 'cancelled' });
	});

	test('closes twice, while a close after a release only confirms it', () => {
		expect(fold([report(0), recorded('case.cancelled', 1), recorded('case.closed', 2)]).codes.at(-1)).toBeNull();
		const twice = fold([report(0), recorded('case.closed', 1, { outcome: 'expired' }), recorded('case.closed', 2)]);
		expect(twice.codes.at(-1)).toBe('repeated');
	});

	test('produces while the case is paused', () => {
		const paused = [report(0), recorded('case.verified', 1), recorded('case.paused', 2, { reason: 'duplicate' })];
		expect(fold([...paused, recorded('case.card_ordered', 3)]).codes.at(-1)).toBe('impossible-step');
		const resumed = fold([...paused, recorded('case.resumed', 3), recorded('case.card_ordered', 4)]);
		expect(resumed.codes.filter(Boolean)).toEqual([]);
		expect(resumed.state.status).toBe('open');
	});
});

describe('a paper ticket, a queue number or a call', () => {
	test.each(['case.paper_captured', 'visit.ticket_taken', 'call.queued'] as const)('%s may come first', (name) => {
		expect(fold([recorded(name, 0, { branchId: 'B1' }), report(1)]).codes).toEqual([null, null]);
	});
});

describe('a generic process', () => {
	const step = (at: number, activity: string, more = {}) => recorded('process.step', at, { activity, ...more });

	test('takes any order of steps, with their own names and mapped stages', () => {
		const { state, stages, codes } = fold([
			step(0, 'Register'),
			step(1, 'Check', { stage: 'verify' }),
			step(2, 'Register')
		]);
		expect(stages).toEqual(['generic', 'verify', 'generic']);
		expect(codes).toEqual([null, null, null]);
		expect(state.activity).toBe('Register');
	});

	test('ends with its final step', () => {
		const { state, codes } = fold([step(0, 'A'), step(1, 'Z', { final: true }), step(2, 'A')]);
		expect(state.status).toBe('closed');
		expect(codes).toEqual([null, null, 'after-close']);
	});

	test('does not take a card case out of its stage', () => {
		expect(fold([report(0), step(1, 'Scanned')]).stages).toEqual(['report', 'report']);
	});
});
