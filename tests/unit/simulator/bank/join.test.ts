import { describe, expect, test } from 'vitest';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { nameOf } from '../../../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../../../src/lib/domain/events/event.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';
import { openStates } from '../../lab/support.ts';
import { toBe } from './profile-file.ts';

const START = Date.parse('2026-11-04T00:00:00+08:00');
const AT = START + 8 * DAY + 11 * HOUR;
const END = AT + 4 * DAY;
const options = { seed: 4, profile: toBe(), start: START, branches: 12, joins: { at: AT, mark: 'k2f' } };
const { joins: _, ...plain } = options;

const joined = createBank(options).advance(END);
const whole = createBank(plain).advance(END);
const before = (event: DomainEvent): boolean => Date.parse(event.time) < AT;

/** What lies on each shelf after these events. */
function shelves(events: readonly DomainEvent[]): Map<string, number> {
	const found = new Map<string, number>();
	for (const { type, data } of events) {
		const { branchId, from, to, product, quantity, transferId } = data as Record<string, unknown>;
		const name = nameOf(type);
		if (name === 'stock.counted') found.set(`${String(branchId)} ${String(product)}`, Number(quantity));
		if (name !== 'stock.moved') continue;
		if (transferId !== undefined)
			found.set(
				`${String(from)} ${String(product)}`,
				(found.get(`${String(from)} ${String(product)}`) ?? 0) - Number(quantity)
			);
		const key = `${String(to === 'issued' ? from : to)} ${String(product)}`;
		found.set(key, (found.get(key) ?? 0) + (to === 'issued' ? -1 : 1) * Number(quantity));
	}
	return found;
}

describe('a bank that joins a lane', () => {
	test('tells of the time before only what still goes on', () => {
		const early = joined.filter(before);
		const open = openStates(early);
		const cases = new Set(
			early.map((event) => (event.data as { caseId?: string }).caseId).filter((id) => id !== undefined)
		);
		expect([...open.keys()].sort()).toEqual([...cases].sort());
		expect(open.size).toBeGreaterThan(30);
		expect(early.length).toBeLessThan(whole.filter(before).length / 3);
		expect(early.filter((event) => nameOf(event.type) === 'branch.opened')).toHaveLength(12);
	});

	test('goes on with cases, visits and calls that fit to what it told', () => {
		const wrong: string[] = [];
		openStates(joined, wrong);
		expect(wrong).toEqual([]);
		const begun = new Set<unknown>();
		for (const { type, data } of joined) {
			const { visitId } = data as { visitId?: string };
			if (visitId === undefined) continue;
			if (nameOf(type) === 'visit.ticket_taken') begun.add(visitId);
			else expect(begun.has(visitId)).toBe(true);
		}
	});

	test('has about as many open cases as a bank that nobody interrupted', () => {
		const ratio = openStates(joined).size / openStates(whole).size;
		expect(ratio).toBeGreaterThan(0.8);
		expect(ratio).toBeLessThan(1.25);
	});

	test('tells how its shelves stand, so that what moves later adds up', () => {
		const found = shelves(joined.filter(before));
		expect(found.size).toBeGreaterThan(10);
		expect(Math.min(...shelves(joined).values())).toBeGreaterThanOrEqual(0);
		for (const event of joined.filter((each) => !before(each) && nameOf(each.type) === 'stock.counted')) {
			const at = joined.indexOf(event);
			const { branchId, product, quantity } = event.data as Record<string, unknown>;
			expect(shelves(joined.slice(0, at)).get(`${String(branchId)} ${String(product)}`)).toBe(quantity);
		}
	});

	test('shares no case, visit or event with a bank without the mark', () => {
		const ids = (events: readonly DomainEvent[]): Set<unknown> =>
			new Set(
				events.flatMap(({ id, data }) => {
					const { caseId, visitId } = data as { caseId?: string; visitId?: string };
					return [id, caseId, visitId].filter((each) => each !== undefined);
				})
			);
		const others = ids(whole);
		expect([...ids(joined)].filter((id) => others.has(id))).toEqual([]);
	});

	test('tells the same in slices', () => {
		const bank = createBank(options);
		const sliced: DomainEvent[] = [];
		for (let at = START; at < END; at = Math.min(END, at + 7 * HOUR))
			sliced.push(...bank.advance(Math.min(END, at + 7 * HOUR)));
		expect(sliced).toEqual(joined);
	});
});
