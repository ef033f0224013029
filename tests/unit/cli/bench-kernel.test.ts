import { describe, expect, test } from 'vitest';
import { BENCHES } from '../../../src/cli/benches.ts';
import { run } from '../../../src/cli/commands/bench.ts';
import { runQueue } from '../../../simulator/models/queue.ts';
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
		['--lambda=-1', '--lambda is a number above 0'],
		['--lambda Infinity', '--lambda must be finite'],
		['--mu 1e999', '--mu must be finite'],
		['--customers Infinity', '--customers must be finite'],
		['--customers 2000000000', '--customers is at most 1000000000'],
		['--model tandem --stages 1000000000', '--stages is at most 1000'],
		[
			'--model mmca --lambda 1e9 --mu 1e-9',
			'no clock of whole ticks tells both; bring --lambda and --mu (and --theta)'
		],
		['--model mg1 --cv2 1e300', 'no clock of whole ticks tells both'],
		['--lambda 1e-320', 'no clock of whole ticks tells both'],
		['--lambda 1e308 --mu 1.5e308', 'no clock of whole ticks tells both'],
		['--model mmca --lambda 2 --theta 1e-9 --customers 5000000', 'take fewer --customers or a larger --theta'],
		['--model mmc --servers 1.5', '--servers is a whole number above 0'],
		['--model mmc --servers 4 --lambda 4', 'the load λ/(cμ) is 1: mmc needs less than 1'],
		['--lambda 3 --mu 2', 'the load λ/(cμ) is 1.5: mm1 needs less than 1'],
		['--servers 2', '--servers is for mmc, mmca, tandem, not for mm1, which takes 1 only'],
		['--model mg1 --servers 2 --lambda 0.5', '--servers is for mmc, mmca, tandem, not for mg1, which takes 1 only'],
		['--model mmca --theta 0', '--theta is a number above 0'],
		['--model mmc --theta 1', '--theta is for mmca, not for mmc'],
		['--model mg1 --cv2 -1', '--cv2'],
		['--model tandem --cv2 2', '--cv2 is for mg1, not for tandem'],
		['--peer jaamsim', '--peer is none or simpy'],
		['--model mg1 --peer simpy', '--peer simpy is for mm1, mmc, not for mg1']
	])('refuses %s and says why', async (words, message) => {
		await expect(run(['kernel', ...words.split(' ')])).rejects.toThrow(message);
	});

	test('says of a negative number what it says of others, with exit code 2', async () => {
		const done = await hotcard('bench kernel --lambda -1 --json'.split(' '));
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toEqual({ error: { code: 'usage', message: '--lambda is a number above 0' } });
	});

	test('runs once unless told, as the contract is one run', async () => {
		const done = await hotcard('bench kernel --customers 2000 --json'.split(' '));
		expect(JSON.parse(done.out)).toMatchObject({ runs: 1 });
		expect(done.err).toBe('');
	});

	test('runs a queue whose customers would wait for ever rather than leave, and agrees with no patience at all', () => {
		const spec = { lambda: 1e6, mu: 1, servers: 3, customers: 1_000, seed: 1 };
		const { pAbandon, ...patient } = runQueue({ ...spec, model: 'mmca', theta: 1e-9 });
		expect(pAbandon).toBe(0);
		const endless = runQueue({ ...spec, model: 'mmc', warmUp: patient.warmUp });
		expect(patient.meanWait / endless.meanWait).toBeCloseTo(1, 4);
	});

	test('ends with exit code 2 where the load is too high, and says so in one document', async () => {
		const done = await bench('--lambda 1');
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toMatchObject({ error: { code: 'usage' } });
		expect(done.err).toContain('mm1 needs less than 1');
	});

	test.each(['mm1', 'mg1'])('takes what changes nothing: one server, a cv² of 1 (%s)', (model) => {
		const { words } = BENCHES['kernel']!.prepare(['--model', model, '--servers', '1', '--cv2', '1'], '');
		expect(words.given).toMatchObject({ model, servers: 1, cv2: 1 });
	});

	test('says that SimPy is not there instead of failing', async () => {
		const spec = { servers: 2, lambda: 1, mu: 1, customers: 200, seed: 1 };
		const peer = await besideSimpy(spec, 1_000_000, ['no-python-of-this-name']);
		expect(peer).toEqual({ peer: expect.stringContaining('skipped: no python3 here has SimPy') as string });
	});
});
