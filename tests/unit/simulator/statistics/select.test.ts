import { describe, expect, test } from 'vitest';
import { normal } from '../../../../simulator/random/continuous.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { type Observe, selectBest } from '../../../../simulator/statistics/select.ts';

const DELTA = 0.5;
const ALPHA = 0.1;
const RUNS = 300;

/** Independent normals with variance 1; one stream per system, asked in order. */
function normals(means: readonly number[], run: number): Observe {
	const streams = means.map((_, system) => deriveStream(11, `run-${run}`, `system-${system}`));
	return (system) => (means[system] as number) + normal(streams[system] as (typeof streams)[0]);
}

describe('the choice of the best', () => {
	test('is right as often as promised where all others are worse by just delta', async () => {
		const means = [0, 0, 0, DELTA, 0];
		let right = 0;
		for (let run = 0; run < RUNS; run++) {
			const { best } = await selectBest(5, normals(means, run), { delta: DELTA, alpha: ALPHA });
			if (best === 3) right++;
		}
		expect(right / RUNS).toBeGreaterThan(1 - ALPHA - 4 * Math.sqrt((ALPHA * (1 - ALPHA)) / RUNS));
	});

	test('spends less the farther apart the systems are, and rules the worst out first', async () => {
		const spent = async (means: readonly number[]): Promise<number[]> => {
			const total = means.map(() => 0);
			for (let run = 0; run < 40; run++) {
				const { replications } = await selectBest(3, normals(means, run), { delta: DELTA, alpha: ALPHA });
				replications.forEach((n, system) => (total[system] = (total[system] as number) + n / 40));
			}
			return total;
		};
		// Each system has ten runs before the first can go.
		const extra = (spending: readonly number[]): number => spending.reduce((sum, n) => sum + n - 10, 0);
		const far = await spent([4 * DELTA, 2 * DELTA, 0]);
		expect(far[2]).toBeLessThan(far[1] as number);
		expect(extra(far)).toBeLessThan(extra(await spent([DELTA, 0, 0])) / 2);
	});

	test('takes fewer runs with common random numbers', async () => {
		const common: Observe = (system, replication) => {
			const shared = normal(deriveStream(5, 'shared', 'noise', 0).jumped(replication % 50));
			return (system === 1 ? DELTA : 0) + shared + 0.1 * normal(deriveStream(5, `own-${system}`, `${replication}`));
		};
		const { best, replications } = await selectBest(2, common, { delta: DELTA, alpha: ALPHA });
		expect(best).toBe(1);
		expect(replications).toEqual([10, 10]);
	});

	test('can look for the smallest, and asks in parallel', async () => {
		const found = await selectBest(3, (system, r) => Promise.resolve(system === 2 ? -5 : (r % 3) / 10), {
			delta: 1,
			alpha: 0.05,
			better: 'smaller'
		});
		expect(found).toMatchObject({ best: 2, delta: 1, alpha: 0.05, initial: 10, better: 'smaller' });
		expect(found.means[2]).toBe(-5);
	});

	test('ends when the systems are the same', async () => {
		const { best, replications } = await selectBest(2, (_, r) => r % 4, { delta: 1, alpha: 0.05 });
		expect(best).toBe(0);
		expect(replications).toEqual([10, 10]);
	});

	test.each<[string, number, { delta: number; alpha: number; initial?: number }]>([
		['0 systems', 0, { delta: 1, alpha: 0.1 }],
		['indifference zone 0', 2, { delta: 0, alpha: 0.1 }],
		['alpha 0.6', 2, { delta: 1, alpha: 0.6 }],
		['1 initial replications', 2, { delta: 1, alpha: 0.1, initial: 1 }]
	])('refuses %s', async (message, systems, guarantee) => {
		await expect(selectBest(systems, () => 0, guarantee)).rejects.toThrow(message);
	});
});
