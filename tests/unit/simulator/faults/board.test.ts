import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../../simulator/faults/board.ts';
import type { Impairment } from '../../../../simulator/faults/impairment.ts';

function boardAt(
	now: number,
	...faults: [start: number, end: number, ramp: number, impairment: Impairment][]
): FaultBoard {
	const board = new FaultBoard({ now });
	for (const [start, end, ramp, impairment] of faults) board.add({ start, end, ramp }, [impairment]);
	return board;
}

const gateway = (strength: number, medium = 'sms'): Impairment => ({
	what: 'gateway',
	strength,
	covers: (place) => (place as unknown) === medium
});
const queue = (strength: number): Impairment => ({ what: 'queue', strength, covers: () => true });

describe('a fault board', () => {
	test('says that nothing is impaired where there is no fault', () => {
		const board = boardAt(5);
		expect([board.share('gateway', 'sms'), board.most('queue', 'unionpay'), board.until('gateway', 'sms')]).toEqual([
			0, 0, 5
		]);
		expect(board.factor('queue', 'unionpay')).toBe(1);
		expect(board.lost('gateway', 'sms', 0, 100)).toBe(0);
	});

	test.each([
		[9, 0],
		[10, 0],
		[15, 0.4],
		[20, 0.8],
		[29, 0.8],
		[30, 0]
	])('at %i a fault from 10 to 30 with a ramp of 10 takes %f', (now, share) => {
		expect(boardAt(now, [10, 30, 10, gateway(0.8)]).share('gateway', 'sms')).toBeCloseTo(share, 12);
	});

	test('leaves alone what the fault does not cover', () => {
		expect(boardAt(5, [0, 10, 0, gateway(1)]).share('gateway', 'app')).toBe(0);
	});

	test('lets shares hit what is left, multiplies factors and takes the longest delay', () => {
		const shares = boardAt(5, [0, 10, 0, gateway(0.5)], [0, 10, 0, gateway(0.5)]);
		expect(shares.share('gateway', 'sms')).toBeCloseTo(0.75, 12);
		const queues = boardAt(5, [0, 10, 0, queue(3)], [0, 20, 0, queue(2)]);
		expect([queues.factor('queue', 'x'), queues.most('queue', 'x'), queues.until('queue', 'x')]).toEqual([6, 3, 20]);
	});

	test('adds up lost time: the area under the share', () => {
		const one = boardAt(0, [10, 30, 10, gateway(0.8)]);
		expect(one.lost('gateway', 'sms', 0, 100)).toBeCloseTo(0.8 * (5 + 10), 5);
		expect(one.lost('gateway', 'sms', 15, 25)).toBeCloseTo(0.8 * ((0.5 + 1) / 2) * 5 + 0.8 * 5, 5);
		const two = boardAt(0, [0, 10, 10, gateway(1)], [0, 10, 10, gateway(1)]);
		// 1 − (1 − t/10)² from 0 to 10.
		expect(two.lost('gateway', 'sms', 0, 10)).toBeCloseTo(10 - 10 / 3, 5);
	});
});
