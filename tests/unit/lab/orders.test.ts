import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import { readProfile } from '../../../simulator/bank/profile.ts';
import type { KindName } from '../../../simulator/faults/kinds.ts';
import { KINDS } from '../../../simulator/faults/kinds.ts';
import type { Order } from '../../../simulator/faults/orders.ts';
import { type AnyFault, readFaults } from '../../../simulator/faults/read-faults.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { DAY, HOUR, MINUTE } from '../../../src/lib/domain/time.ts';

const FILE = 'scenarios/profiles/to-be.yaml';
const profile = readProfile(readFileSync(FILE, 'utf8'), FILE);
const start = Date.parse('2026-11-19T09:00:00+08:00');
const bank = { seed: 5, profile, start, branches: 8 };
const END = start + 2 * DAY;

const [site] = profile.sites.names;
/** What each kind has to be told beside its times. */
const NEEDS: Partial<Record<KindName, object>> = {
	'site-loss': { scope: { site } },
	'database-crash': { scope: { site } },
	'staff-absence': { strength: 0.7 },
	surge: { strength: 6 },
	'fraud-wave': { reportsPerBranchHour: 4 },
	'slow-core': { strength: 5 }
};

function fault(kind: KindName, from: number, to: number): AnyFault {
	const times = { start: new Date(from).toISOString(), end: new Date(to).toISOString(), ramp: '20 min' };
	const text = JSON.stringify({ faults: [{ kind, ...times, ...NEEDS[kind] }] });
	const { branches } = createBank(bank);
	return readFaults(text, 'test', { start, branches, sites: profile.sites.names, products: [] })[0] as AnyFault;
}

/** A bank to which the orders come while it rests, in slices of 7 minutes. */
function lived(orders: readonly Order[]): DomainEvent[] {
	const running = createBank(bank);
	const events: DomainEvent[] = [];
	for (let at = start; at < END;) {
		for (const order of orders) if (order.at === at) running.obey(order);
		const next = orders.map((order) => order.at).filter((each) => each > at);
		at = Math.min(END, at + 7 * MINUTE, ...next);
		for (const event of running.advance(at)) events.push(event);
	}
	return events;
}

const kinds = Object.keys(KINDS) as KindName[];
const quiet = createBank(bank).advance(END);

describe('a fault that is put up while the bank runs', () => {
	test.each(kinds)('%s, ended before its time, is told alike by a bank that is made again', (kind) => {
		const at = start + HOUR + 123;
		const name = fault(kind, at, at + 5 * HOUR).name;
		const orders: Order[] = [
			{ at, inject: fault(kind, at, at + 5 * HOUR) },
			{ at: at + 95 * MINUTE, end: name }
		];
		const told = lived(orders);
		expect(createBank({ ...bank, orders }).advance(END)).toEqual(told);
		const before = (events: DomainEvent[]) => events.filter((event) => Date.parse(event.time) < at);
		expect(before(told)).toEqual(before(quiet));
	});

	test('may end at the tick at which it began, and then changes nothing', () => {
		const at = start + HOUR;
		const orders: Order[] = [
			{ at, inject: fault('site-loss', at, at + HOUR) },
			{ at, end: 'site-loss-1' }
		];
		const told = lived(orders);
		expect(createBank({ ...bank, orders }).advance(END)).toEqual(told);
		expect(told.filter((event) => event.type.includes('failover'))).toEqual([]);
	});

	test('leaves nothing behind after an early end: no more reports of a surge, and printers that print', () => {
		const at = start + HOUR;
		const end = at + 10 * MINUTE;
		const surge = lived([
			{ at, inject: { ...fault('surge', at, at + 8 * HOUR), strength: 60 } as AnyFault },
			{ at: end, end: 'surge-1' }
		]);
		const reportsOf = (events: DomainEvent[]) => events.filter(({ type }) => type.includes('case.reported'));
		const usual = new Set(reportsOf(quiet).map(({ subject }) => subject));
		// A second report of a card that was reported in time may come later.
		const reports = reportsOf(surge).filter(({ subject }) => !usual.has(subject) && !subject!.endsWith('-2'));
		expect(reports.length).toBeGreaterThan(0);
		expect(reports.every(({ time }) => Date.parse(time) < end)).toBe(true);

		const printers = lived([
			{ at, inject: fault('printer-failures', at, at + 8 * HOUR) },
			{ at: end, end: 'printer-failures-1' }
		]);
		const devices = new Map<string, string>();
		for (const { type, data } of printers)
			if (type.includes('device.status')) devices.set((data as { deviceId: string }).deviceId, JSON.stringify(data));
		expect([...devices.values()].filter((state) => state.includes('printer_fault'))).toEqual([]);
	});
});
