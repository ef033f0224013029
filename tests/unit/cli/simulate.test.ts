import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/commands/simulate.ts';
import { UsageError } from '../../../src/cli/output.ts';
import { processProfileText } from '../../../simulator/process/write-profile.ts';
import { hotcard } from '../../support/command.ts';
import { tempDir } from '../../support/temp.ts';
import { DESK } from '../simulator/process/profiles.ts';

const WORDS = ['--from', '2026-11-01', '--days', '2', '--branches', '5'];

async function filesIn(dir: string): Promise<Map<string, string>> {
	const names = (await readdir(dir)).sort();
	return new Map(
		await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), 'utf8')] as const))
	);
}

interface Summary {
	events: number;
	cases: number;
	files: string[];
	seconds: number;
	casesPerSecond: number;
}

describe('hotcard simulate', () => {
	test.each([
		['no date', ['--days', '2', '--seed', '1', '--out', 'x']],
		['a day that does not exist', ['--from', '2026-02-30', '--days', '2', '--seed', '1', '--out', 'x']],
		['no days', ['--from', '2026-11-01', '--seed', '1', '--out', 'x']],
		['zero days', ['--from', '2026-11-01', '--days', '0', '--seed', '1', '--out', 'x']],
		['no seed', ['--from', '2026-11-01', '--days', '2', '--out', 'x']],
		['a seed that is a word', ['--from', '2026-11-01', '--days', '2', '--seed', 'one', '--out', 'x']],
		['more days than ten years', ['--from', '2026-11-01', '--days', '100000', '--seed', '1', '--out', 'x']],
		['a year without clocks', ['--from', '0026-11-01', '--days', '2', '--seed', '1', '--out', 'x']],
		['an empty folder name', [...WORDS, '--seed', '1', '--out', '']],
		['nowhere to write', ['--from', '2026-11-01', '--days', '2', '--seed', '1']],
		['half a branch', [...WORDS, '--seed', '1', '--out', 'x', '--branches', '0.5']],
		['no case a day', [...WORDS, '--seed', '1', '--out', 'x', '--cases-per-day', '0']],
		['no worker', [...WORDS, '--seed', '1', '--out', 'x', '--workers', '0']],
		['a format that nobody writes', [...WORDS, '--seed', '1', '--out', 'x', '--format', 'csv']],
		['an unknown profile', [...WORDS, '--seed', '1', '--out', 'x', '--profile', 'nobody']]
	])('refuses %s', async (_, args) => {
		await expect(run(args)).rejects.toThrow(UsageError);
	});

	test.each([
		['--branches 100000000', '--branches is a whole number from 1 to 20000'],
		['--days 4000', '--days is a whole number from 1 to 3660'],
		['--cases-per-day 1000000000', '--cases-per-day is a whole number from 1 to 25000'],
		['--seed -1', '--seed is a whole number from 0']
	])('ends with exit code 2 and says the bound for %s', async (words, message) => {
		const all = ['simulate', ...WORDS, '--seed', '1', '--out', 'x', '--json', ...words.split(' ')];
		const done = await hotcard(all);
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toEqual({ error: { code: 'usage', message } });
	});

	test('ends with exit code 2 and no stack where a file is in the way of the folder', async () => {
		const file = join(await tempDir(), 'file');
		await writeFile(file, '');
		const done = await hotcard(['simulate', ...WORDS, '--seed', '1', '--out', join(file, 'run'), '--json']);
		expect(done.code).toBe(2);
		expect(JSON.parse(done.out)).toMatchObject({ error: { code: 'out-not-a-folder', place: { file } } });
		expect(done.err).not.toContain(' at ');
	});

	test.runIf(existsSync('/proc/self'))('ends at once with exit code 2 where no folder can be', async () => {
		const done = await hotcard(['simulate', ...WORDS, '--seed', '1', '--out', '/proc/hotcard-run']);
		expect(done.code).toBe(2);
		expect(done.err).toContain('[out-unusable]');
	});

	test('replaces the run before in its folder, also that of a process by that of a bank', async () => {
		const dir = await tempDir();
		await writeFile(join(dir, 'p.yaml'), processProfileText(DESK));
		const simulate = async (...words: string[]) => {
			const done = await hotcard(['simulate', '--seed', '1', '--out', join(dir, 'run'), '--json', ...words]);
			expect(done.code, done.err).toBe(0);
			return [...(JSON.parse(done.out) as Summary).files, 'run.json'].sort();
		};
		const oracle = (files: string[]) => [...files, 'oracle.ndjson'].sort();
		const two = oracle(await simulate(...WORDS));
		expect((await readdir(join(dir, 'run'))).sort()).toEqual(two);
		const own = await simulate('--from', '2026-11-04', '--days', '2', '--profile', join(dir, 'p.yaml'));
		expect((await readdir(join(dir, 'run'))).sort()).toEqual(own);
		const again = oracle(await simulate(...WORDS, '--days', '1'));
		expect((await readdir(join(dir, 'run'))).sort()).toEqual(again);
	});

	test('ends with exit code 2 where an option is unknown', async () => {
		expect((await hotcard(['simulate', '--speed', '3'])).code).toBe(2);
	});

	test('writes the same bytes for the same seed, and others for another', async () => {
		const dir = await tempDir();
		const simulate = async (name: string, seed: string, ...more: string[]) => {
			const words = [...WORDS, '--format', 'ndjson', ...more, '--seed', seed, '--out', join(dir, name), '--json'];
			const done = await hotcard(['simulate', ...words]);
			expect(done.code, done.err).toBe(0);
			return JSON.parse(done.out) as Summary;
		};
		const summary = await simulate('first', '4');
		await simulate('again', '4', '--workers', '1');
		await simulate('other', '5');
		const first = await filesIn(join(dir, 'first'));
		expect(await filesIn(join(dir, 'again'))).toEqual(first);
		expect(await filesIn(join(dir, 'other'))).not.toEqual(first);

		expect(summary.files).toEqual(['events-2026-11-01.ndjson', 'events-2026-11-02.ndjson']);
		expect([...first.keys()]).toEqual([...summary.files, 'oracle.ndjson', 'run.json']);
		const lines = summary.files.flatMap((file) => (first.get(file) ?? '').trimEnd().split('\n'));
		expect(lines).toHaveLength(summary.events);
		expect(lines.filter((line) => line.includes('"com.hotcard.case.reported.v1"'))).toHaveLength(summary.cases);
		expect(summary.cases).toBeGreaterThan(0);
		expect(summary.seconds).toBeGreaterThan(0);
		expect(summary.casesPerSecond).toBe(Math.round(summary.cases / summary.seconds));
	});

	test('takes the cases a day of the whole bank, and writes columns alone where they are asked for', async () => {
		const dir = await tempDir();
		const words = ['--cases-per-day', '200', '--format', 'parquet', '--seed', '1', '--out', dir, '--json'];
		const done = await hotcard(['simulate', ...WORDS, ...words]);
		expect(done.code, done.err).toBe(0);
		const { cases, files } = JSON.parse(done.out) as Summary;
		expect(files).toEqual(['events-2026-11-01.parquet', 'events-2026-11-02.parquet']);
		expect((await readdir(dir)).sort()).toEqual([...files, 'oracle.ndjson', 'run.json']);
		expect(cases).toBeGreaterThan(200);
		expect(cases).toBeLessThan(700);
	});
});
