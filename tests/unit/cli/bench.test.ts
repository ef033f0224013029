import { describe, expect, test } from 'vitest';
import { mediansOf, report } from '../../../src/cli/bench-report.ts';
import { BENCHES } from '../../../src/cli/benches.ts';
import { run } from '../../../src/cli/commands/bench.ts';
import { UsageError } from '../../../src/cli/output.ts';
import { hotcard } from '../../support/command.ts';

describe('hotcard bench', () => {
	test.each([
		[[]],
		[['--json']],
		[['nothing']],
		[['toString']],
		[['kernel', '--model', 'mm2']],
		[['kernel', '--customers=-5']],
		[['kernel', '--customers', '1.5']],
		[['kernel', '--lambda', 'often']],
		[['kernel', '--mu', '0']],
		[['log', '--batch', '']],
		[['log', '--runs', '0']],
		[['queries', '--events', '100']]
	])('refuses the words %j', async (args) => {
		await expect(run(args)).rejects.toThrow(UsageError);
	});

	test('ends with exit code 2 and one document where an option is unknown', async () => {
		const done = await hotcard(['bench', 'kernel', '--colour', 'red', '--json']);
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toMatchObject({ error: { code: 'usage' } });
	});

	test('prints the figures of the kernel as one document that repeats with its seed', async () => {
		const words = 'bench kernel --model mmc --servers 3 --lambda 2 --mu 1 --customers 5000 --seed 7 --runs 2 --json';
		const [first, second] = await Promise.all([hotcard(words.split(' ')), hotcard(words.split(' '))]);
		expect(first.code, first.err).toBe(0);
		const document = JSON.parse(first.out) as Record<string, number>;
		expect(Object.keys(document)).toEqual(
			expect.arrayContaining([
				...['model', 'customers', 'events', 'seconds', 'customersPerSecond'],
				...['meanWait', 'pWait', 'meanQueue', 'utilisation', 'seed', 'machine']
			])
		);
		expect(document).toMatchObject({ model: 'mmc', customers: 5_000, seed: 7, runs: 2 });
		const again = JSON.parse(second.out) as Record<string, number>;
		for (const figure of ['events', 'meanWait', 'pWait', 'meanQueue', 'utilisation'])
			expect(again[figure], figure).toBe(document[figure]);
	});

	test('the bank is measured over three days unless told', () => {
		expect(BENCHES['bank']!.prepare([], '').words.given).toMatchObject({ days: 3 });
	});

	test('every benchmark tells what it measures and takes the seed and the number of runs', () => {
		for (const [name, bench] of Object.entries(BENCHES)) {
			expect(bench.about, name).not.toBe('');
			const { words } = bench.prepare(['--seed', '0', '--runs', '2', '--json'], '');
			expect(words, name).toMatchObject({ seed: 0, runs: 2, json: true });
		}
	});
});

describe('the report of a benchmark', () => {
	test('takes the median of each figure and keeps words as they are', () => {
		const results = [5, 1, 9].map((seconds) => ({ model: 'mm1', seconds }));
		expect(mediansOf(results)).toEqual({ model: 'mm1', seconds: 5 });
	});

	test('shows lists as aligned tables and unknown values as a dot', () => {
		const text = report({ events: 12, ingest: null, questions: [{ question: 'heatmap', p50: 3.14159 }] });
		expect(text.split('\n')).toEqual([
			`${'events'.padEnd(24)} 12`,
			`${'ingest'.padEnd(24)} ·`,
			'questions',
			'  question  p50',
			'  heatmap   3.1416'
		]);
	});
});
