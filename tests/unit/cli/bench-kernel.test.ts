import { describe, expect, test } from 'vitest';
import { BENCHES } from '../../../src/cli/benches.ts';
import { run } from '../../../src/cli/commands/bench.ts';
import { besideSimpy } from '../../bench/simpy.ts';
import { hotcard } from '../../support/command.ts';

const FIGURES = [
	...['model', 'customers', 'events', 'seconds', 'customersPerSecond'],
	...['meanWait', 'pWait', 'pAbandon', 'meanQueue', 'utilisation']
];

const bench = (words: string) => hotcard(`bench kernel ${words} --runs 1 --json`.split(' '));

describe('hotcard bench kernel', () => {
	test.each([
		['mm1', '--lambda 0.5'],
		['mmc', '--servers 3 --lambda 2'],
		['mmca', '--servers 3 --lambda 4 --theta 0.2'],
		['mg1', '--lambda 0.5 --cv2 0'],
		['tandem', '--servers 2 --lambda 1 --stages 3']
	])('prints one document with every figure of %s', async (model, words) => {
		const done = await bench(`--model ${model} ${words} --customers 3000 --seed 4`);
		expect(done.code, done.err).toBe(0);
		expect(done.out.trimEnd().split('\n')).toHaveLength(1);
		const document = JSON.parse(done.out) as Record<string, unknown>;
		expect(document).toMatchObject({ model, customers: 3_000, seed: 4 });
		for (const figure of FIGURES.slice(1)) expect(document[figure], figure).toBeTypeOf('number');
		expect((document['pAbandon'] as number) > 0).toBe(model === 'mmca');
	});

	test('has the same shape whatever the number of runs', async () => {
		const done = await hotcard('bench kernel --customers 2000 --runs 3 --json'.split(' '));
		const one = JSON.parse((await bench('--customers 2000')).out) as object;
		expect(Object.keys(JSON.parse(done.out) as object)).toEqual(Object.keys(one));
	});

	test.each([
		['--model mm2', '--model is one of mm1, mmc, mmca, mg1, tandem'],
		['--lambda 0', '--lambda is a number above 0'],
		['--lambda -1', '--lambda'],
		['--model mmc --servers 1.5', '--servers is a whole number above 0'],
		['--model mmc --servers 4 --lambda 4', 'the load λ/(cμ) is 1: mmc needs less than 1'],
		['--lambda 3 --mu 2', 'the load λ/(cμ) is 1.5: mm1 needs less than 1'],
		['--servers 2', '--servers is for mmc, mmca, tandem, not for mm1'],
		['--model mmca --theta 0', '--theta is a number above 0'],
		['--model mmc --theta 1', '--theta is for mmca, not for mmc'],
		['--model mg1 --cv2 -1', '--cv2'],
		['--model tandem --cv2 2', '--cv2 is for mg1, not for tandem'],
		['--peer jaamsim', '--peer is none or simpy'],
		['--model mg1 --peer simpy', '--peer simpy is for mm1, mmc, not for mg1']
	])('refuses %s and says why', async (words, message) => {
		await expect(run(['kernel', ...words.split(' ')])).rejects.toThrow(message);
	});

	test('ends with exit code 2 where the load is too high, and says so in one document', async () => {
		const done = await bench('--lambda 1');
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toMatchObject({ error: { code: 'usage' } });
		expect(done.err).toContain('mm1 needs less than 1');
	});

	test('takes what changes nothing: one server for M/M/1, a cv² of 1 for an exponential service', () => {
		const { words } = BENCHES['kernel']!.prepare(['--servers', '1', '--cv2', '1'], '');
		expect(words.given).toMatchObject({ model: 'mm1', servers: 1, cv2: 1 });
	});

	test('says that SimPy is not there instead of failing', async () => {
		const spec = { servers: 2, lambda: 1, mu: 1, customers: 200, seed: 1 };
		const peer = await besideSimpy(spec, 1_000_000, ['no-python-of-this-name']);
		expect(peer).toEqual({ peer: expect.stringContaining('skipped: no python3 here has SimPy') as string });
	});
});
