import { describe, expect, test } from 'vitest';
import { evolve } from '../../../../src/lib/domain/case/evolve.ts';
import type { CaseState } from '../../../../src/lib/domain/case/state.ts';
import { MEDIA } from '../../../../src/lib/domain/events/vocabulary.ts';
import { validateEvent } from '../../../../src/lib/domain/events/validate.ts';
import { HOUR, MINUTE } from '../../../../src/lib/domain/time.ts';
import { cases, fault, run, START, type Run, type Told, within } from './support.ts';

const plain = run(null);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Seconds from the request to each channel's freeze, by channel, for requests within some hours. */
function freezeSeconds(of: Run, channel: string, from: number, to: number): number[] {
	const asked = new Map(
		of
			.named('case.freeze_requested')
			.filter(within(from, to))
			.map(({ data, at }) => [data['caseId'], at])
	);
	return of
		.named('case.frozen')
		.filter(
			({ data }) => data['paymentChannel'] === channel && data['result'] === 'frozen' && asked.has(data['caseId'])
		)
		.map(({ data, at }) => (at - (asked.get(data['caseId']) as number)) / 1_000);
}

describe('a cut line', () => {
	const hit = run(fault('network-cut', 9, 17, ''), { branches: 40, seed: 3 });
	const captured = hit.named('case.paper_captured');
	const entered = hit.named('case.backfilled');

	test('has every report at a window written on paper, and typed in after its end, one after the other', () => {
		expect(captured.length).toBeGreaterThan(10);
		expect(captured.every(within(9, 17.5))).toBe(true);
		expect(new Set(entered.map(({ data }) => data['ticket']))).toEqual(
			new Set(captured.map(({ data }) => data['ticket']))
		);
		expect(Math.min(...entered.map(({ at }) => at))).toBeGreaterThan(START + 17 * HOUR);
		const perBranch = Map.groupBy(entered, ({ event }) => event.source);
		for (const [, those] of perBranch)
			for (let i = 1; i < those.length; i++)
				expect((those[i] as Told).at - (those[i - 1] as Told).at).toBeGreaterThan(0);
	});

	test('repairs afterwards exactly what was typed in wrongly unseen, or twice', () => {
		const unseen = hit.truth.filter(({ name, data }) => name === 'paper.wrong' && data['caught'] === false);
		const twice = hit.truth.filter(({ name }) => name === 'paper.twice');
		const repaired = hit.named('consistency.repaired').map(({ data }) => data['target']);
		expect(repaired.sort()).toEqual(
			[...unseen.map(({ data }) => data['caseId']), ...twice.map(({ data }) => data['duplicate'])].sort()
		);
		expect(repaired.length).toBeGreaterThan(0);
		const checked = hit.named('consistency.checked').filter(({ data }) => data['channel'] === 'paper');
		const sum = (key: string): number => checked.reduce((total, { data }) => total + Number(data[key]), 0);
		expect([sum('compared'), sum('differences'), sum('repaired')]).toEqual([
			entered.length,
			repaired.length,
			repaired.length
		]);
	});

	test('shows the fields that were seen to be wrong with the entry', () => {
		const seen = hit.truth.filter(({ name, data }) => name === 'paper.wrong' && data['caught'] === true);
		const told = entered.filter(({ data }) => data['differences'] !== undefined);
		expect(told.map(({ data }) => data['caseId']).sort()).toEqual(seen.map(({ data }) => data['caseId']).sort());
	});

	test('stops the machines of the branches, and no card is made there meanwhile', () => {
		const made = hit.named('case.card_personalised').filter(({ data }) => data['way'] === 'instant');
		expect(made.filter(within(9.5, 17))).toEqual([]);
		expect(made.length).toBeGreaterThan(0);
		const lost = hit
			.named('device.down')
			.filter(({ data, at }) => data['reason'] === 'network_lost' && at === START + 9 * HOUR);
		expect(lost.length).toBeGreaterThan(60);
		const back = hit.named('device.up').filter(({ at }) => at === START + 17 * HOUR);
		expect(back.length).toBeGreaterThan(60);
	});
});

test('a cut link between the sites leaves differences that are repaired when it is back', () => {
	const hit = run(fault('site-link-cut', 9, 15, 'strength: 0.5'));
	const repaired = hit.named('consistency.repaired');
	expect(repaired.length).toBeGreaterThan(10);
	expect(repaired.every(({ at }) => at === START + 15 * HOUR)).toBe(true);
	const checked = hit.named('consistency.checked').filter(({ at }) => at === START + 15 * HOUR);
	expect(checked.reduce((sum, { data }) => sum + Number(data['differences']), 0)).toBe(repaired.length);
});

test('a lagging queue delays the freezes of its payment channel by its lag, and no other', () => {
	const hit = run(fault('queue-lag', 9, 21, 'lag: 6 min, scope: { paymentChannels: [mobile_pay] }'));
	const late = freezeSeconds(hit, 'mobile_pay', 9, 20);
	expect(late.length).toBeGreaterThan(5);
	expect(Math.min(...late)).toBeGreaterThanOrEqual(360);
	expect(freezeSeconds(hit, 'unionpay', 9, 20)).toEqual(freezeSeconds(plain, 'unionpay', 9, 20));
});

test('a gateway that is down fails every message of its medium, and each goes out by another', () => {
	const hit = run(fault('gateway-down', 9, 15));
	const failed = hit.named('notification.failed').filter(({ data }) => data['reason'] === 'gateway_down');
	expect(failed.length).toBeGreaterThan(20);
	const sms = hit.named('notification.sent').filter(({ data }) => data['medium'] === 'sms');
	expect(sms.filter(within(9, 15))).toEqual([]);
	const key = ({ data }: Told): string => `${String(data['caseId'])} ${String(data['template'])}`;
	const sent = new Set(hit.named('notification.sent').map(key));
	for (const each of failed) expect(sent.has(key(each))).toBe(true);
	expect(sent).toEqual(new Set(plain.named('notification.sent').map(key)));
});

test.each(MEDIA)('the gateway of %s can be down, for the bank sends by it and by no medium that cannot', (medium) => {
	const hit = run(fault('gateway-down', 9, 21, `scope: { media: [${medium}] }`), { days: 1 });
	const failed = hit.named('notification.failed').filter(({ data }) => data['reason'] === 'gateway_down');
	expect(failed.length).toBeGreaterThan(0);
	expect(new Set(failed.map(({ data }) => data['medium']))).toEqual(new Set([medium]));
	const used = new Set(plain.named('notification.sent').map(({ data }) => data['medium']));
	expect([...used].filter((each) => !(MEDIA as readonly unknown[]).includes(each))).toEqual([]);
	expect(used.has(medium)).toBe(true);
});

test('failing printers stop one after the other during the ramp and are back at the end', () => {
	const hit = run(fault('printer-failures', 9, 33, 'ramp: 5 h'));
	const down = hit
		.named('device.down')
		.filter(({ data }) => data['reason'] === 'printer_fault' && data['kind'] === 'instant');
	const stopped = down.filter(within(9, 14));
	expect(new Set(stopped.map(({ data }) => data['deviceId'])).size).toBeGreaterThan(8);
	expect(new Set(stopped.map(({ at }) => at)).size).toBeGreaterThan(8);
	expect(
		hit
			.named('case.card_personalised')
			.filter(within(14.5, 33))
			.some(({ data }) => data['way'] === 'instant')
	).toBe(false);
	expect(hit.named('device.up').filter(({ at }) => at === START + 33 * HOUR).length).toBeGreaterThan(8);
});

test('lost stock is moved out and counted, never below nothing, and made up for at the end', () => {
	const hit = run(fault('stock-loss', 9, 33, 'strength: 1'), { days: 5 });
	const shelf = new Map<string, number>();
	for (const { name, data } of hit.told) {
		const key = (branch: unknown): string => `${String(branch)} ${String(data['product'])}`;
		if (name === 'stock.counted') {
			const before = shelf.get(key(data['branchId']));
			if (before !== undefined) expect(data['quantity']).toBe(before);
			shelf.set(key(data['branchId']), Number(data['quantity']));
		} else if (name === 'stock.moved') {
			const out = ['issued', 'lost'].includes(String(data['to']));
			const place = key(out ? data['from'] : data['to']);
			shelf.set(place, (shelf.get(place) ?? 0) + (out ? -1 : 1) * Number(data['quantity']));
			expect(shelf.get(place)).toBeGreaterThanOrEqual(0);
		}
	}
	const moved = (reason: string): unknown[] =>
		hit
			.named('stock.moved')
			.filter(({ data }) => data['reason'] === reason)
			.map(({ data }) => data['quantity']);
	expect(moved('stock_loss').length).toBeGreaterThan(15);
	expect(moved('emergency_supply')).toEqual(moved('stock_loss'));
	expect(hit.named('stock.moved').filter(within(9.001, 33))).toEqual([]);
});

test('a strike of all couriers lets nothing arrive meanwhile, and late parcels say why', () => {
	const hit = run(fault('courier-strike', 24, 72), { days: 6 });
	const delivered = hit.named('shipment.delivered').filter(({ event }) => event.source === '/sim/bank/courier');
	const stored = new Set(hit.named('shipment.stored').map(({ data }) => data['shipmentId']));
	expect(delivered.filter(within(24, 72)).filter(({ data }) => !stored.has(data['shipmentId']))).toEqual([]);
	expect(delivered.filter(within(72, 144)).length).toBeGreaterThan(30);
	const late = hit.named('shipment.delayed').filter(within(24, 72));
	expect(late.length).toBeGreaterThan(30);
	expect(late.every(({ data }) => data['reason'] === 'courier_strike')).toBe(true);
});

test('a fraud wave comes from few devices, and the oracle knows each of its reports', () => {
	const hit = run(fault('fraud-wave', 8, 12, 'reportsPerBranchHour: 2, devices: 3'));
	const usual = new Set(cases(plain));
	const lies = hit
		.named('case.reported')
		.filter(({ data }) => !usual.has(data['caseId']) && !/-2$/.test(String(data['caseId'])));
	expect(JSON.stringify(hit.told)).not.toContain('fraud-wave');
	expect(lies.length).toBeGreaterThan(60);
	expect(new Set(lies.map(({ data }) => data['deviceId'])).size).toBe(3);
	const known = hit.truth.filter(({ name }) => name === 'report.false').map(({ data }) => data['caseId']);
	for (const { data } of lies) expect(known).toContain(data['caseId']);
	const stopped = new Set(hit.named('case.rejected').map(({ data }) => data['caseId']));
	expect(lies.filter(({ data }) => stopped.has(data['caseId'])).length).toBeGreaterThan(lies.length / 2);
});

test('absent staff closes windows, makes people wait longer, and comes back', () => {
	const hit = run(fault('staff-absence', 8, 18, 'strength: 0.6'));
	const told = hit.named('branch.windows_changed').filter(({ at }) => at === START + 8 * HOUR);
	expect(told.length).toBe(16);
	expect(told.every(({ data }) => data['reason'] === 'staff_absence')).toBe(true);
	expect(hit.named('branch.windows_changed').filter(({ at }) => at === START + 18 * HOUR).length).toBe(16);
	const waits = (of: Run): number => {
		const tickets = new Map(of.named('visit.ticket_taken').map(({ data, at }) => [data['visitId'], at]));
		const called = of.named('visit.called').filter(within(9, 17));
		return mean(called.map(({ data, at }) => (at - (tickets.get(data['visitId']) as number)) / MINUTE));
	};
	expect(waits(hit)).toBeGreaterThan(2 * waits(plain));
});

test('a registry that does not answer makes checks of documents and faces end in an error, and calls go out instead', () => {
	const hit = run(fault('registry-down', 9, 15));
	const attempts = hit.named('case.verification_attempted');
	const asked = attempts.filter(({ data }) => ['document', 'face'].includes(String(data['method'])));
	const errors = asked.filter(({ data }) => data['result'] === 'error');
	expect(errors.length).toBeGreaterThan(5);
	expect(errors.every(within(9, 15.1))).toBe(true);
	const called = new Set(
		attempts.filter(({ data }) => data['method'] === 'callback').map(({ data }) => data['caseId'])
	);
	for (const { data } of errors) expect(called.has(data['caseId'])).toBe(true);
});

test('a slow core multiplies the time that the system takes at the windows', () => {
	const hit = run(fault('slow-core', 9, 15, 'strength: 3'));
	const system = (of: Run): number =>
		mean(
			of
				.named('visit.system_processed')
				.filter(({ data }) => data['teller'] !== undefined)
				.filter(within(9.5, 15))
				.map(({ data }) => Number(data['systemMs']))
		);
	expect(system(hit) / system(plain)).toBeGreaterThan(2.5);
	expect(system(hit) / system(plain)).toBeLessThan(3.5);
});

test('everything at once leads every case along possible steps, with events that the catalogue accepts', () => {
	const hit = run(
		[
			'faults:',
			'  - { kind: site-loss, start: 10 h, end: 14 h, scope: { site: shanghai } }',
			'  - { kind: site-loss, start: 11 h, end: 12 h, scope: { site: hefei } }',
			'  - { kind: network-cut, start: 9 h, end: 13 h, scope: { branches: [B0001, B0002, B0003] } }',
			'  - { kind: queue-lag, start: 9 h, end: 15 h }',
			'  - { kind: gateway-down, start: 9 h, end: 15 h, scope: { media: [sms, app] } }',
			'  - { kind: surge, start: 9 h, end: 15 h, strength: 4 }',
			'  - { kind: fraud-wave, start: 9 h, end: 15 h, reportsPerBranchHour: 1 }',
			'  - { kind: registry-down, start: 9 h, end: 15 h }',
			'  - { kind: courier-strike, start: 20 h, end: 60 h }',
			'  - { kind: staff-absence, start: 9 h, end: 15 h, strength: 1 }',
			'  - { kind: slow-core, start: 9 h, end: 15 h, strength: 5 }'
		].join('\n'),
		{ days: 5 }
	);
	const states = new Map<string, CaseState>();
	const wrong: string[] = [];
	for (const { data, event } of hit.told) {
		const valid = validateEvent(event);
		if (!valid.ok) wrong.push(`${event.type} ${valid.detail}`);
		const caseId = data['caseId'];
		if (typeof caseId !== 'string') continue;
		const { state, violation } = evolve(states.get(caseId), { offset: 0, lane: 'demo', recordedAt: 0, event });
		states.set(caseId, state);
		if (violation) wrong.push(`${caseId}: ${violation.detail}`);
	}
	expect(wrong).toEqual([]);
	expect([...states.values()].filter(({ status }) => status === 'closed').length).toBeGreaterThan(200);
	const told = hit.truth.filter(({ name }) => name.startsWith('fault.'));
	expect(told.filter(({ name }) => name === 'fault.started')).toHaveLength(11);
	expect(told.filter(({ name }) => name === 'fault.ended')).toHaveLength(11);
});
