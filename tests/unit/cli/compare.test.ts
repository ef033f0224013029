import { describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/commands/compare.ts';
import { UsageError } from '../../../src/cli/output.ts';
import { hotcard } from '../../support/command.ts';

const SMALL = ['--profiles', 'as-is,to-be', '--branches', '2', '--days', '1', '--replications', '2', '--seed', '4'];

describe('hotcard compare', () => {
	test.each([
		['no profiles', []],
		['one profile', ['--profiles', 'as-is']],
		['three profiles', ['--profiles', 'as-is,to-be,as-is']],
		['one replication, which has no interval', [...SMALL, '--replications', '1']],
		['half a day', [...SMALL, '--days', '0.5']]
	])('refuses %s', async (_, args) => {
		await expect(run(args)).rejects.toThrow(UsageError);
	});

	test('ends with exit code 2 where a profile is unknown', async () => {
		const done = await hotcard(['compare', '--profiles', 'as-was,to-be', '--json']);
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toMatchObject({ error: { code: 'profile-unknown' } });
	});

	test('answers one document with both figures, their difference and a verdict for every claim', async () => {
		const { code, out, err } = await hotcard(['compare', ...SMALL, '--json']);
		expect(code, err).toBe(0);
		const document = JSON.parse(out) as { profiles: string[]; claims: { id: string; verdict: string }[] };
		expect(document.profiles).toEqual(['as-is', 'to-be']);
		expect(document.claims.length).toBeGreaterThan(25);
		const verdicts = ['supported', 'not supported', 'not decided', 'not modelled'];
		for (const { verdict } of document.claims) expect(verdicts).toContain(verdict);
		const figure = { mean: expect.any(Number), low: expect.any(Number), high: expect.any(Number) };
		expect(document.claims.find(({ id }) => id === 'approval')).toMatchObject({
			plan: { before: { from: 36, to: 60 }, after: { to: 2 }, change: 'falls' },
			before: figure,
			after: figure,
			difference: figure
		});
	});
});
