import { beforeAll, describe, expect, test } from 'vitest';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { evolve } from '../../../../src/lib/domain/case/evolve.ts';
import type { CaseState } from '../../../../src/lib/domain/case/state.ts';
import { nameOf } from '../../../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../../../src/lib/domain/events/event.ts';
import { validateEvent } from '../../../../src/lib/domain/events/validate.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';

const START = Date.parse('2026-11-02T00:00:00+08:00');
const options = { seed: 4, profile: toBe(), start: START, branches: 40 };
let events: DomainEvent[] = [];

beforeAll(() => {
	events = createBank(options).advance(START + 6 * DAY);
});

const named = (name: string): DomainEvent[] => events.filter((event) => nameOf(event.type) === name);
const field = (event: DomainEvent, key: string): unknown => (event.data as Record<string, unknown>)[key];

describe('the bank', () => {
	test('emits only events that the catalogue accepts, with the zone of the bank', () => {
		const refused = events.map(validateEvent).filter((answer) => !answer.ok);
		expect(refused).toEqual([]);
		expect(events.every((event) => /\+08:00$/.test(event.time))).toBe(true);
	});

	test('emits in order of time, each with an id of its own and the name of the run', () => {
		const times = events.map((event) => Date.parse(event.time));
		expect(times.every((time, i) => i === 0 || time >= (times[i - 1] as number))).toBe(true);
		expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
		expect(new Set(events.map((event) => event.simrun)).size).toBe(1);
	});

	test('leads every case along steps that are possible', () => {
		const states = new Map<string, CaseState>();
		const violations: string[] = [];
		for (const event of events) {
			const caseId = field(event, 'caseId');
			if (typeof caseId !== 'string') continue;
			const { state, violation } = evolve(states.get(caseId), { offset: 0, lane: 'demo', recordedAt: 0, event });
			states.set(caseId, state);
			if (violation) violations.push(`${caseId}: ${violation.detail}`);
		}
		expect(violations).toEqual([]);
		expect([...states.values()].filter((state) => state.status === 'closed').length).toBeGreaterThan(300);
	});

	test('has about the cases a day and branch that the profile asks for', () => {
		const perDay = named('case.reported').length / 6 / 40;
		expect(perDay).toBeGreaterThan(2.8);
		expect(perDay).toBeLessThan(4.8);
	});

	test('freezes every payment channel that a case asked for', () => {
		const asked = new Map<string, unknown[]>();
		const frozen = new Map<string, unknown[]>();
		for (const event of named('case.freeze_requested'))
			asked.set(event.subject as string, [...(field(event, 'paymentChannels') as unknown[])].sort());
		for (const event of named('case.frozen'))
			if (field(event, 'result') === 'frozen')
				frozen.set(event.subject as string, [
					...(frozen.get(event.subject as string) ?? []),
					field(event, 'paymentChannel')
				]);
		const done = named('case.freeze_completed').map((event) => event.subject as string);
		expect(done.length).toBeGreaterThan(500);
		for (const caseId of done) expect(frozen.get(caseId)?.sort()).toEqual(asked.get(caseId));
	});

	test('never has two people of the same name where two must agree', () => {
		const pairs = named('case.authorised')
			.map((event) => field(event, 'by') as string[] | undefined)
			.filter((by) => by !== undefined && by.length === 2);
		expect(pairs.length).toBeGreaterThan(0);
		for (const by of pairs) expect(by?.[0]).not.toBe(by?.[1]);
	});

	test('keeps stock: what was counted, received and issued adds up and never falls below nothing', () => {
		const shelf = new Map<string, number>();
		const key = (branch: unknown, product: unknown): string => `${String(branch)} ${String(product)}`;
		for (const event of events) {
			const name = nameOf(event.type);
			if (name === 'stock.counted') {
				const place = key(field(event, 'branchId'), field(event, 'product'));
				const before = shelf.get(place);
				if (before !== undefined) expect(field(event, 'quantity')).toBe(before);
				shelf.set(place, field(event, 'quantity') as number);
			} else if (name === 'stock.moved') {
				const issue = field(event, 'to') === 'issued';
				if (field(event, 'transferId') !== undefined) {
					const giver = key(field(event, 'from'), field(event, 'product'));
					shelf.set(giver, (shelf.get(giver) ?? 0) - (field(event, 'quantity') as number));
					expect(shelf.get(giver)).toBeGreaterThanOrEqual(0);
				}
				const place = key(field(event, issue ? 'from' : 'to'), field(event, 'product'));
				const after = (shelf.get(place) ?? 0) + (issue ? -1 : 1) * (field(event, 'quantity') as number);
				expect(after).toBeGreaterThanOrEqual(0);
				shelf.set(place, after);
			}
		}
		expect(named('stock.moved').length).toBeGreaterThan(10);
	});

	test('calls nobody to a window before the ticket and serves each visit once', () => {
		const called = new Set<unknown>();
		const tickets = new Set<unknown>();
		for (const event of events) {
			const name = nameOf(event.type);
			if (name === 'visit.ticket_taken') tickets.add(field(event, 'visitId'));
			if (name !== 'visit.called') continue;
			expect(tickets.has(field(event, 'visitId'))).toBe(true);
			expect(called.has(field(event, 'visitId'))).toBe(false);
			called.add(field(event, 'visitId'));
		}
		expect(called.size).toBeGreaterThan(300);
	});

	test('holds nothing that looks like a full card number', () => {
		const text = events.map((event) => JSON.stringify({ ...event, time: '' })).join('\n');
		expect(text).not.toMatch(/(?<![\d.])\d{13,19}(?!\d)/);
	});
});

describe('the network', () => {
	test('is the same for the same seed and covers many provinces with Chinese names', () => {
		const one = createNetwork(1, 200, toBe());
		expect(createNetwork(1, 200, toBe())).toEqual(one);
		expect(createNetwork(2, 200, toBe())).not.toEqual(one);
		expect(new Set(one.map((branch) => branch.id)).size).toBe(200);
		expect(new Set(one.map((branch) => branch.province)).size).toBeGreaterThanOrEqual(28);
		expect(one.every((branch) => /^[\u4e00-\u9fff0-9]+$/.test(branch.name))).toBe(true);
		expect(one.every((branch) => branch.latitude > 18 && branch.latitude < 54)).toBe(true);
	});

	test('has branches of mean size 1, some of them weak', () => {
		const network = createNetwork(1, 200, toBe());
		expect(network.reduce((sum, branch) => sum + branch.size, 0) / 200).toBeCloseTo(1, 9);
		const weak = network.filter((branch) => branch.weak).length;
		expect(weak).toBeGreaterThan(2);
		expect(weak).toBeLessThan(25);
	});
});
