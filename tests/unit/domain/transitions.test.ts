import { describe, expect, test } from 'vitest';
import { step } from '../../../src/lib/domain/case/transitions.ts';
import { CATALOGUE, type EventName } from '../../../src/lib/domain/events/catalogue.ts';
import { STAGES, type Stage } from '../../../src/lib/domain/stage.ts';

const CARD_STAGES = STAGES.filter((stage) => stage !== 'closed' && stage !== 'generic');
const NAMES = Object.keys(CATALOGUE) as EventName[];
const facts = { way: null, outcome: null };

/** `to` per stage; `=` stays, `!` impossible; `!x` impossible but followed. Written apart from the code's own table. */
const EXPECTED: Partial<Record<EventName, string>> = {
	'case.verification_started': 'verify = verify verify verify ! = =',
	'case.verification_attempted': 'verify = = = = ! = =',
	'case.verified': 'risk risk = = = ! = =',
	'case.materials_requested': 'material material = material material ! ! !',
	'case.materials_submitted': 'material material = = = ! ! !',
	'case.materials_flagged': 'material material = = = ! ! !',
	'case.materials_accepted': '= = risk = = ! ! !',
	'case.risk_reviewed': '= = = = = ! ! !',
	'case.approval_requested': '!approve !approve approve approve = ! ! !',
	'case.approval_given': '!approve !approve approve approve = ! ! !',
	'case.authorised': '!produce !produce produce produce produce ! ! !',
	'case.rejected': 'closed closed closed closed closed closed !closed !closed',
	'case.card_ordered': '!produce !produce !produce produce !produce = produce produce',
	'case.card_personalised': '!deliver !deliver !deliver !deliver !deliver deliver ! !',
	'case.production_failed': '! ! ! ! ! = ! !',
	'shipment.dispatched': '!deliver !deliver !deliver !deliver !deliver deliver = !',
	'shipment.delayed': '! ! ! ! ! ! = !',
	'shipment.stored': '! ! ! ! ! ! = !',
	'shipment.returned': '! ! ! ! ! ! = !',
	'shipment.delivered': '!activate !activate !activate !activate !activate activate activate !',
	'case.card_activated': '!activate !activate !activate !activate !activate !activate activate =',
	'case.released': 'closed closed closed closed closed closed closed closed',
	'case.cancelled': 'closed closed closed closed closed closed closed closed',
	'case.closed': '!closed !closed !closed !closed !closed !closed closed closed'
};

function written(stage: Stage, name: EventName): string {
	const { to, ok } = step(stage, name, facts);
	if (to === null || to === stage) return ok ? '=' : '!';
	return ok ? to : `!${to}`;
}

describe('the transition table', () => {
	const pairs = NAMES.flatMap((name) => CARD_STAGES.map((stage, i) => ({ name, stage, i })));

	test.each(pairs)('$name in stage $stage', ({ name, stage, i }) => {
		const row = EXPECTED[name]?.split(' ');
		const expected = row === undefined ? '=' : row[i]!;
		expect(written(stage, name)).toBe(expected === stage ? '=' : expected);
	});

	test.each(NAMES)('%s moves nothing after the close and is never wrong in a generic process', (name) => {
		expect(step('closed', name, facts).to).toBeNull();
		expect(step('generic', name, facts).ok).toBe(true);
	});

	test('only talk, messages and the use of the new card may follow the close', () => {
		expect(NAMES.filter((name) => step('closed', name, facts).ok).sort()).toEqual([
			'alert.fired',
			'call.queued',
			'case.annotated',
			'case.backfilled',
			'case.card_activated',
			'case.services_rebound',
			'case.suspicion_reported',
			'complaint.filed',
			'notification.failed',
			'notification.sent',
			'survey.answered',
			'video.requested',
			'visit.ticket_taken'
		]);
	});

	test('the way a card is made decides where it goes next', () => {
		expect(step('produce', 'case.card_personalised', { way: 'instant', outcome: null }).to).toBe('activate');
		expect(step('produce', 'case.card_personalised', { way: 'centre', outcome: null }).to).toBe('deliver');
		expect(step('produce', 'case.card_activated', { way: 'virtual', outcome: null })).toEqual({
			to: 'activate',
			ok: true
		});
		expect(step('activate', 'shipment.delivered', { way: 'instant', outcome: null }).ok).toBe(true);
	});

	test('a case may end anywhere, unless it claims to be completed', () => {
		expect(step('verify', 'case.closed', { way: null, outcome: 'expired' })).toEqual({ to: 'closed', ok: true });
		expect(step('verify', 'case.closed', { way: null, outcome: 'completed' })).toEqual({ to: 'closed', ok: false });
		expect(step('produce', 'case.closed', { way: 'virtual', outcome: 'completed' })).toEqual({
			to: 'closed',
			ok: true
		});
	});
});
