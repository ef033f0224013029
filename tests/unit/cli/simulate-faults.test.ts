import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hotcard } from '../../support/command.ts';
import { tempDir } from '../../support/temp.ts';

const WORDS = ['--from', '2026-11-02', '--days', '1', '--branches', '8', '--seed', '1', '--json'];
const FAULTS = 'faults:\n  - { kind: site-loss, start: 10 h, end: 11 h, scope: { site: shanghai } }\n';

interface Line {
	time: string;
	truth: string;
	data: Record<string, unknown>;
}

describe('hotcard simulate --faults', () => {
	test('tells what truly happened in a file of its own, and only what could be seen in the others', async () => {
		const dir = await tempDir();
		await writeFile(join(dir, 'f.yaml'), FAULTS);
		const done = await hotcard(['simulate', ...WORDS, '--faults', join(dir, 'f.yaml'), '--out', dir]);
		expect(done.code, done.err).toBe(0);
		const oracle = (await readFile(join(dir, 'oracle.ndjson'), 'utf8')).trimEnd().split('\n');
		const told = oracle.map((line) => JSON.parse(line) as Line).filter(({ truth }) => truth.startsWith('fault.'));
		expect(told.map(({ truth, time, data }) => [truth, time.slice(11, 16), data['kind']])).toEqual([
			['fault.started', '10:00', 'site-loss'],
			['fault.ended', '11:00', 'site-loss']
		]);
		const events = await readFile(join(dir, 'events-2026-11-02.ndjson'), 'utf8');
		expect(events).toContain('"com.hotcard.site.failover_completed.v1"');
		expect(events).not.toContain('site-loss');
	});

	test.each([
		[
			'a branch that is not there',
			'faults:\n  - { kind: network-cut, start: 1 h, end: 2 h, scope: { branches: [B0009] } }\n',
			':2:68 '
		],
		['an end before the start', FAULTS.replace('11 h', '9 h'), ':2:42 '],
		['a wrong key', FAULTS.replace('end:', 'ends:'), ':2:37 ']
	])('refuses %s with its place and exit code 2', async (_, text, place) => {
		const dir = await tempDir();
		await writeFile(join(dir, 'f.yaml'), text);
		const done = await hotcard(['simulate', ...WORDS, '--faults', join(dir, 'f.yaml'), '--out', dir]);
		expect(done.code).toBe(2);
		expect(done.err).toContain(`f.yaml${place}`);
	});

	test('warns of a fault that starts when the run is over, and runs without it', async () => {
		const dir = await tempDir();
		const late = '  - { kind: site-loss, start: 24 h, end: 25 h, scope: { site: hefei } }\n';
		await writeFile(join(dir, 'f.yaml'), FAULTS + late);
		const done = await hotcard(['simulate', ...WORDS, '--faults', join(dir, 'f.yaml'), '--out', join(dir, 'out')]);
		expect(done.code, done.err).toBe(0);
		const warnings = done.err.split('\n').filter((line) => line.includes('does nothing'));
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(
			/fault site-loss-2 does nothing.* 2026-11-03T00:00:00.*, the run ends at 2026-11-03T00:00/
		);
		expect(JSON.parse(done.out)).toMatchObject({ files: expect.any(Array) });
	});

	test.each([
		['surge', 'strength: 1e9', ':2:52 '],
		['fraud-wave', 'reportsPerBranchHour: 601', ':2:69 '],
		['queue-lag', 'lag: 2 d', ':2:51 ']
	])('refuses a %s with %s with its place and exit code 2', async (kind, said, place) => {
		const dir = await tempDir();
		await writeFile(join(dir, 'f.yaml'), `faults:\n  - { kind: ${kind}, start: 1 h, end: 2 h, ${said} }\n`);
		const done = await hotcard(['simulate', ...WORDS, '--faults', join(dir, 'f.yaml'), '--out', dir]);
		expect(done.code).toBe(2);
		expect(done.err).toContain(`f.yaml${place}`);
		expect(done.err).toContain('expected at most');
	});

	test('refuses an unknown name with exit code 2', async () => {
		expect((await hotcard(['simulate', ...WORDS, '--faults', 'site-lost', '--out', 'x'])).code).toBe(2);
	});
});
