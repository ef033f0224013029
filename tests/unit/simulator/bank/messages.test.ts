import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';
import { byId, runBank, shareOf } from './run-bank.ts';

const profile = toBe();
const { named } = runBank({ profile, from: '2026-11-02', days: 12, branches: 60 });
const sent = named('notification.sent');
const failed = named('notification.failed');
const reported = byId(named('case.reported'), 'caseId');
const of = (template: string) => sent.filter(({ data }) => data.template === template);

describe('messages', () => {
	test('confirm every report by SMS, at once', () => {
		const first = of('report_received');
		expect(first.length).toBeGreaterThan(1_500);
		const direct = first.filter(({ data }) => data.medium === 'sms');
		expect(shareOf(direct.length, first.length)).toBeGreaterThan(0.98);
		for (const { caseId, at } of direct) expect(at - (reported.get(caseId)?.at ?? 0)).toBeLessThan(60_000);
		expect(new Set(first.map(({ caseId }) => caseId)).size).toBe(first.length);
	});

	test('tell of each stage only once it is reached, and of none to everybody', () => {
		const stages = {
			card_frozen: 'case.freeze_completed',
			identity_verified: 'case.verified',
			replacement_approved: 'case.authorised',
			card_made: 'case.card_personalised',
			card_dispatched: 'shipment.dispatched',
			ready_to_collect: 'shipment.stored',
			card_activated: 'case.card_activated'
		} as const;
		for (const [template, name] of Object.entries(stages)) {
			const stage = byId(named(name as 'case.verified'), 'caseId');
			const told = of(template);
			expect(told.length, template).toBeGreaterThan(15);
			expect(told.length, template).toBeLessThan(stage.size + 1);
			for (const { caseId, at } of told) expect(at, template).toBeGreaterThan(stage.get(caseId)?.at ?? Infinity);
		}
	});

	test('come by the media of the segment: the old are called, companies get mail, a slip is printed at the machine', () => {
		const media = (segment: string): Map<string, number> => {
			const counts = new Map<string, number>();
			for (const { data, caseId } of of('card_dispatched'))
				if (reported.get(caseId)?.data.segment === segment) counts.set(data.medium, (counts.get(data.medium) ?? 0) + 1);
			return counts;
		};
		expect(media('elderly').get('phone')).toBeGreaterThan(10);
		expect(media('standard').get('phone') ?? 0).toBeLessThan(5);
		expect(media('corporate').get('email')).toBeGreaterThan(media('corporate').get('app') ?? 0);
		expect(new Set(sent.map(({ data }) => data.medium))).toEqual(
			new Set(['sms', 'email', 'app', 'wechat', 'phone', 'print'])
		);
		for (const { data, caseId } of of('report_slip').filter(({ data }) => data.medium === 'print')) {
			expect(data.medium).toBe('print');
			expect(['counter', 'vtm', 'atm']).toContain(reported.get(caseId)?.data.channel);
		}
	});

	test('that fail go out by the next medium of the order, and nobody is left untold', () => {
		expect(new Set(failed.map(({ data }) => data.medium)).size).toBeGreaterThan(3);
		const key = ({ caseId, data }: { caseId: string; data: { template: string } }) => `${caseId} ${data.template}`;
		const known = new Map(sent.map((each) => [key(each), each]));
		const [first, second] = profile.notifications.fallBack;
		for (const each of failed.filter(({ at }) => at < Date.parse('2026-11-12T00:00:00+08:00'))) {
			const again = known.get(key(each));
			expect(again, key(each)).toBeDefined();
			if (each.data.template === 'status_ticket' || (again?.at ?? 0) < each.at) continue;
			expect([first, second, 'phone']).toContain(again?.data.medium);
		}
	});

	test('are at most one more a case than the report, the parcel and the tickets have', () => {
		const cases = reported.size;
		const old = of('report_received').length + of('card_dispatched').length + of('delay_notice').length;
		const more = sent.length - old - of('status_ticket').length;
		expect(more / cases).toBeGreaterThan(0.4);
		expect(more / cases).toBeLessThan(1);
	});

	test('say why something is late', () => {
		const late = of('delay_notice');
		expect(late.length).toBeGreaterThan(5);
		for (const { data } of late) expect(data.reason).toBe('courier_late');
	});
});

test('who lets the card lie is reminded once, of collecting it and of switching it on', () => {
	const slow = {
		...profile,
		delivery: { ...profile.delivery, collect: { mean: 40 * HOUR, cv: 0.5 }, locker: 0.45 },
		activation: { ...profile.activation, wait: { mean: 3 * DAY, cv: 0.5 } }
	};
	const lazy = runBank({ profile: slow, from: '2026-11-02', days: 10, branches: 20 });
	const told = (template: string) => lazy.named('notification.sent').filter(({ data }) => data.template === template);
	const ready = byId(lazy.named('shipment.stored'), 'caseId');
	const delivered = byId(lazy.named('shipment.delivered'), 'caseId');
	expect(told('collect_reminder').length).toBeGreaterThan(30);
	for (const { caseId, at } of told('collect_reminder')) {
		expect(at - (ready.get(caseId)?.at ?? 0)).toBeGreaterThan(profile.notifications.remind.collect);
		expect(at).toBeLessThan(delivered.get(caseId)?.at ?? Infinity);
	}
	expect(new Set(told('activate_reminder').map(({ caseId }) => caseId)).size).toBe(told('activate_reminder').length);
	expect(told('activate_reminder').length).toBeGreaterThan(30);
});
