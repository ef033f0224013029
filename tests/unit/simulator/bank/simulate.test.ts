import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DomainEvent } from '../../../../src/lib/domain/events/event.ts';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { openProfile } from '../../../../simulator/bank/open-profile.ts';
import { dayStart, simulate, simulateToFiles } from '../../../../simulator/bank/simulate.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';
import { parquetRows } from '../../../support/parquet.ts';
import { toBe } from './profile-file.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'hotcard-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = { profile: toBe(), from: '2026-11-14', days: 2, seed: 1, branches: 5 };
/** Large enough for two regions, with few cases. */
const large = { ...options, days: 1, branches: 401, casesPerDay: 250 };

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('a simulation to files', () => {
	test('writes a file a day and format, what truly happened, and what made it', async () => {
		const summary = await simulateToFiles(options, folder);
		const names = ['2026-11-14', '2026-11-15'].map((date) => `events-${date}`);
		expect(summary.files).toEqual([
			...names.map((name) => `${name}.ndjson`),
			...names.map((name) => `${name}.parquet`)
		]);
		expect(readdirSync(folder).sort()).toEqual([...summary.files, 'oracle.ndjson', 'run.json'].sort());
		const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Record<string, unknown>;
		expect(run).toMatchObject({ profile: 'to-be', seed: 1, branches: 5, regions: 1, ...summary });
		expect(run['profileHash']).toMatch(/^[0-9a-f]{64}$/);
	});

	test('writes as lines exactly the events that the bank tells, each on its day', async () => {
		const { events } = await simulateToFiles(options, folder, { formats: ['ndjson'] });
		const days = ['2026-11-14', '2026-11-15'].map((date) => linesOf(join(folder, `events-${date}.ndjson`)));
		const start = dayStart(options.from);
		const end = start + 2 * DAY;
		const told = createBank({ ...options, start, undisturbedUntil: end }).advance(end);
		expect(days.flat().findIndex((line, at) => line !== JSON.stringify(told[at]))).toBe(-1);
		expect([days.flat().length, events]).toEqual([told.length, told.length]);
		for (const [day, lines] of days.entries())
			for (const line of lines) expect((JSON.parse(line) as DomainEvent).time.slice(8, 10)).toBe(String(14 + day));
	});

	test('writes as columns the same events as lines', async () => {
		await simulateToFiles({ ...options, days: 1 }, folder);
		const rows = await parquetRows(join(folder, 'events-2026-11-14.parquet'));
		const events = linesOf(join(folder, 'events-2026-11-14.ndjson')).map((line) => JSON.parse(line) as DomainEvent);
		expect(rows).toEqual(
			events.map(({ id, source, type, time, subject, simrun, data }) => {
				const { branchId = null, channel = null } = data as { branchId?: string; channel?: string };
				const about = { case_id: subject ?? null, branch_id: branchId, channel, simrun, data: JSON.stringify(data) };
				return { id, source, type, time: String(Date.parse(time)), ...about };
			})
		);
	});

	test('writes the same bytes with one worker, two and four', async () => {
		const hashes = async (workers: number): Promise<Map<string, string>> => {
			const own = join(folder, String(workers));
			await simulateToFiles(large, own, { workers });
			const hash = (name: string): string =>
				createHash('sha256')
					.update(readFileSync(join(own, name)))
					.digest('hex');
			return new Map(
				readdirSync(own)
					.sort()
					.map((name) => [name, hash(name)])
			);
		};
		const one = await hashes(1);
		expect([...one.keys()]).toEqual([
			'events-2026-11-14.01.parquet',
			'events-2026-11-14.02.parquet',
			'events-2026-11-14.ndjson',
			'oracle.ndjson',
			'run.json'
		]);
		expect(await hashes(2)).toEqual(one);
		expect(await hashes(4)).toEqual(one);
	});

	test('merges the regions of a large bank in order of time, as the bank itself does', async () => {
		await simulateToFiles(large, folder, { formats: ['ndjson'] });
		const lines = linesOf(join(folder, 'events-2026-11-14.ndjson'));
		const told: string[] = [];
		for await (const events of simulate(large)) told.push(...events.map((event) => JSON.stringify(event)));
		expect(lines.length).toBe(told.length);
		expect(lines.findIndex((line, at) => line !== told[at])).toBe(-1);
		const ids = lines.map((line) => (JSON.parse(line) as DomainEvent).id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test.each([
		[{ ...options, from: '14.11.2026' }, 'from is "14.11.2026"'],
		[{ ...options, days: 0 }, 'days is 0, expected a whole number from 1 to 3660'],
		[{ ...options, days: 3_661 }, 'days is 3661'],
		[{ ...options, branches: 100_000_000 }, 'branches is 100000000, expected a whole number from 1 to 20000'],
		[{ ...options, branches: 2.5 }, 'branches is 2.5'],
		[
			{ ...options, casesPerDay: 25_001 },
			'cases a day is 25001, expected a number above 0, at most 25000 for 5 branches'
		]
	])('refuses %j', async (bad, message) => {
		await expect(simulate(bad).next()).rejects.toThrow(message);
	});

	test('opens a shipped profile by name and says which one it does not find', async () => {
		expect((await openProfile('to-be')).name).toBe('to-be');
		await expect(openProfile('as-was')).rejects.toMatchObject({ code: 'profile-unknown' });
	});
});
