import { beforeAll, describe, expect, test } from 'vitest';
import { HotcardError } from '../../../../src/lib/domain/error.ts';
import type { Measures } from '../../../../simulator/statistics/experiment.ts';
import { type Failure, type Plan, replicate } from '../../../../simulator/statistics/replicate.ts';
import { stoppingPoint, untilPrecise } from '../../../../simulator/statistics/stopping.ts';
import { valuesOf } from '../../../../simulator/statistics/interval.ts';
import type { Trouble } from './experiment-module.ts';

const module = new URL('./experiment-module.ts', import.meta.url);
const plan = (more: Partial<Plan> = {}): Plan => ({ module, seed: 42, replications: 8, workers: 2, ...more });
const trouble = (how: Trouble['how'], times: number, replication = 3): Record<string, unknown> => ({
	trouble: { how, times, replication, count: new Int32Array(new SharedArrayBuffer(4)) } satisfies Trouble
});
const rejection = async (more: Partial<Plan>): Promise<unknown> => {
	try {
		await replicate(plan(more));
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
};

let usual: Measures[];
beforeAll(async () => {
	usual = await replicate(plan({ workers: 1 }));
});

describe('replications in threads', () => {
	test('come in order and differ', () => {
		expect(valuesOf(usual, 'replication')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		expect(new Set(valuesOf(usual, 'wait')).size).toBe(8);
	});

	test('are the same for any number of threads', async () => {
		const told: number[] = [];
		expect(await replicate(plan({ workers: 3, onResult: (_, n) => told.push(n) }))).toEqual(usual);
		expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test('stop at the same replication for any number of threads, by order and not by speed', async () => {
		const precision = { gamma: 0.2, minimum: 3 };
		const enough = untilPrecise(['wait'], precision);
		const n = stoppingPoint(valuesOf(usual, 'wait'), precision);
		expect(n).not.toBeNull();
		for (const workers of [1, 3])
			expect(await replicate(plan({ workers, enough, replications: 50 }))).toEqual(usual.slice(0, n as number));
	});

	test.each(['throw', 'exit', 'nan'] as const)('that break once (%s) are told and run again', async (how) => {
		const failures: Failure[] = [];
		const results = await replicate(
			plan({ parameters: trouble(how, 1), onRetry: (failure) => failures.push(failure) })
		);
		expect(results).toEqual(usual);
		const reason = { throw: 'the teller tripped', exit: 'its thread ended with code 3', nan: 'measure "wait" is NaN' };
		expect(failures).toEqual([{ seed: 42, replication: 3, reason: expect.stringContaining(reason[how]) as string }]);
	});

	test.each(['throw', 'exit'] as const)('that break twice (%s) end it with seed and replication', async (how) => {
		const error = await rejection({ parameters: trouble(how, 2) });
		expect(error).toBeInstanceOf(HotcardError);
		expect(error).toMatchObject({ code: 'replication-failed' });
		expect((error as HotcardError).message).toMatch(/^replication 3 of seed 42 failed twice: /);
		expect((error as HotcardError).zh.message).toContain('第 3 次');
	});

	test('do not fail by one that is not needed', async () => {
		const enough = (results: readonly Measures[]): boolean => results.length === 3;
		const results = await replicate(plan({ enough, parameters: trouble('throw', 9, 4) }));
		expect(results).toEqual(usual.slice(0, 3));
	});

	test('say when the experiment is not there', async () => {
		const missing = await rejection({ module: new URL('./no-such-module.ts', import.meta.url) });
		expect((missing as HotcardError).message).toMatch(/^replication 1 of seed 42 failed twice: .*no-such-module/);
	});

	test('end with what the caller throws or aborts with', async () => {
		const stop = new Error('stop');
		const enough = (): boolean => {
			throw stop;
		};
		expect(await rejection({ enough })).toBe(stop);
		const controller = new AbortController();
		expect(await rejection({ signal: controller.signal, onResult: () => controller.abort(stop) })).toBe(stop);
		expect(await rejection({ signal: AbortSignal.abort(stop) })).toBe(stop);
	});

	test('refuse a number that is none', () => {
		expect(() => replicate(plan({ workers: 0 }))).toThrow('0 workers');
		expect(() => replicate(plan({ replications: 1.5 }))).toThrow('1.5 replications');
	});
});
