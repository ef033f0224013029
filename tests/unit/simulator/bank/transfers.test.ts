import { describe, expect, test } from 'vitest';
import { toBe } from './profile-file.ts';
import { withLoad } from '../../../../simulator/bank/scale.ts';
import { byId, runBank } from './run-bank.ts';

const plain = toBe();
/** Shelves that are nearly empty, in branches with instant cards, so that neighbours must help. */
const profile = {
	...plain,
	stock: { ...plain.stock, initial: { low: 1, high: 60 }, lead: { mean: 6 * 86_400_000, cv: 0.2 } },
	devices: { ...plain.devices, instantShare: 1 }
};
const { named, branches } = runBank({ profile, from: '2026-11-02', days: 10, branches: 120 });
const proposed = byId(named('transfer.proposed'), 'transferId');
const approved = byId(named('transfer.approved'), 'transferId');
const rejected = byId(named('transfer.rejected'), 'transferId');
const moved = named('stock.moved').filter(({ data }) => data.transferId !== undefined);

describe('a transfer', () => {
	test('is proposed between branches of one province, and approved or rejected', () => {
		const province = new Map(branches.map((branch) => [branch.id, branch.province]));
		expect(proposed.size).toBeGreaterThan(20);
		for (const { data } of proposed.values()) {
			expect(data.from).not.toBe(data.to);
			expect(province.get(data.from)).toBe(province.get(data.to));
			expect(approved.has(data.transferId) && rejected.has(data.transferId)).toBe(false);
		}
		expect(approved.size).toBeGreaterThan(rejected.size);
		expect(rejected.size).toBeGreaterThan(0);
	});

	test('is decided by somebody of the other branch', () => {
		for (const [id, { data }] of [...approved, ...rejected]) {
			const proposal = proposed.get(id)?.data;
			expect(data.by).toBe(`M-${proposal?.from}`);
			expect(proposal?.by).toContain(proposal?.to);
		}
	});

	test('moves what was approved and nothing else, after the approval', () => {
		expect(moved.length).toBeGreaterThan(15);
		for (const { data, at } of moved) {
			const proposal = proposed.get(data.transferId)?.data;
			expect(approved.get(data.transferId)?.at).toBeLessThan(at);
			expect([data.from, data.to, data.product]).toEqual([proposal?.from, proposal?.to, proposal?.product]);
			expect(data.quantity).toBeLessThanOrEqual(proposal?.quantity ?? 0);
		}
		expect(new Set(moved.map(({ data }) => data.transferId)).size).toBe(moved.length);
	});

	test('never has two under way to one shelf', () => {
		const open = new Map<string, unknown>();
		const ends = new Map([
			...moved.map(({ data, at }) => [data.transferId, at] as const),
			...[...rejected].map(([id, { at }]) => [id as string, at] as const)
		]);
		for (const [id, { data, at }] of proposed) {
			const shelf = `${data.to} ${data.product}`;
			const before = open.get(shelf);
			if (before !== undefined && approved.has(before)) expect(ends.get(before as string)).toBeLessThanOrEqual(at);
			open.set(shelf, id);
		}
	});
});

describe('a replenishment', () => {
	test('is ordered where a shelf falls to its threshold', () => {
		const low = named('stock.threshold');
		const orders = named('replenishment.ordered');
		expect(orders).toHaveLength(low.length);
		expect(orders.map(({ data }) => [data.branchId, data.product])).toEqual(
			low.map(({ data }) => [data.branchId, data.product])
		);
		for (const { data } of orders) expect(data.quantity).toBe(profile.stock.order);
	});
});

test('some are made in a plain fortnight of the shipped bank, and most shelves need none', () => {
	const fortnight = runBank({ profile: plain, from: '2026-11-02', days: 14, branches: 200, seed: 1 });
	const asked = fortnight.named('transfer.proposed').length;
	expect(asked).toBeGreaterThan(1);
	expect(asked).toBeLessThan(20);
	expect(asked).toBeLessThan(fortnight.named('replenishment.ordered').length / 2);
});

test('a bank with ten times the cases keeps, orders and lends ten times as many cards', () => {
	const { stock } = withLoad(plain, 200, 200 * plain.arrivals.casesPerBranchDay * 10);
	const { initial, threshold, order, transfers } = plain.stock;
	expect(stock.initial).toEqual({ low: 10 * initial.low, high: 10 * initial.high });
	expect([stock.threshold, stock.order]).toEqual([10 * threshold, 10 * order]);
	expect([stock.transfers.below, stock.transfers.quantity]).toEqual([10 * transfers.below, 10 * transfers.quantity]);
	const idle = { ...plain, arrivals: { ...plain.arrivals, casesPerBranchDay: 0 } };
	expect(withLoad(idle, 200, 100).stock.order).toBe(order);
});
