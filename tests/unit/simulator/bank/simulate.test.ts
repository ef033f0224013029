import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProfile } from '../../../../simulator/bank/open-profile.ts';
import { simulate, simulateToFiles } from '../../../../simulator/bank/simulate.ts';
import { toBe } from './profile-file.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hotcard-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = { profile: toBe(), from: '2026-11-14', days: 2, seed: 1, branches: 5 };

describe('a simulation to files', () => {
	test('writes one NDJSON file a day and says what it wrote', async () => {
		const summary = await simulateToFiles(options, folder);
		expect(readdirSync(folder).sort()).toEqual(['events-2026-11-14.ndjson', 'events-2026-11-15.ndjson', 'run.json']);
		const lines = summary.files.flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'));
		expect(lines).toHaveLength(summary.events);
		const days = lines.map((line) => (JSON.parse(line) as { time: string }).time.slice(0, 10));
		expect(new Set(days)).toEqual(new Set(['2026-11-14', '2026-11-15']));
		const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Record<string, unknown>;
		expect(run).toMatchObject({ profile: 'to-be', seed: 1, branches: 5, events: summary.events, cases: summary.cases });
	});

	test.each([
		[{ ...options, from: '14.11.2026' }, 'from is "14.11.2026"'],
		[{ ...options, days: 0 }, 'days is 0']
	])('refuses %j', async (bad, message) => {
		await expect(simulate(bad).next()).rejects.toThrow(message);
	});

	test('opens a shipped profile by name and says which one it does not find', async () => {
		expect((await openProfile('to-be')).name).toBe('to-be');
		await expect(openProfile('as-was')).rejects.toMatchObject({ code: 'profile-unknown' });
	});
});
