import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { openProfile } from '../../../simulator/bank/open-profile.ts';
import { simulateToFiles } from '../../../simulator/bank/simulate.ts';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { memoryPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const MAPPING = readFileSync('scenarios/mappings/hotcard.yaml', 'utf8');
const DAY = 'events-2026-11-02';

async function simulated(): Promise<string> {
	const folder = await tempDir();
	const profile = await openProfile('to-be');
	await simulateToFiles({ profile, from: '2026-11-02', days: 1, seed: 3, branches: 3 }, folder, { workers: 1 });
	return folder;
}

async function load(file: string, ports = memoryPorts()) {
	const summary = await createImports(ports).run(file, MAPPING, { lane: 'whatif:day' });
	return { summary, ports, events: await ports.events('whatif:day'), refused: ports.refused('whatif:day') };
}

describe('a day that the simulator wrote', () => {
	test('comes into a lane as the same events, whether from its lines or from its columns', async () => {
		const folder = await simulated();
		const lines = await load(join(folder, `${DAY}.ndjson`));
		const columns = await load(join(folder, `${DAY}.parquet`));
		expect(lines.events.length).toBeGreaterThan(100);
		expect([columns.summary.rejected, columns.refused]).toEqual([0, []]);
		expect(columns.events).toEqual(lines.events);
		const { events, cases, variants, activities, unmapped, notes } = lines.summary;
		expect(columns.summary).toMatchObject({ events, cases, variants, activities, unmapped, notes });
	});

	test('is the same day: its columns after its lines are duplicates', async () => {
		const folder = await simulated();
		const { summary, ports } = await load(join(folder, `${DAY}.ndjson`));
		const again = await load(join(folder, `${DAY}.parquet`), ports);
		expect(again.summary).toMatchObject({ events: 0, rejected: 0, duplicates: summary.events });
	});

	test('is shown by the preview as events, from columns as from lines', async () => {
		const folder = await simulated();
		const { preview } = createImports(memoryPorts());
		const [lines, columns] = [
			await preview(join(folder, `${DAY}.ndjson`)),
			await preview(join(folder, `${DAY}.parquet`))
		];
		expect(columns.rows).toEqual(lines.rows);
		expect(columns.rows[0]).toHaveProperty('event');
	});
});

test('an event in columns whose data are no JSON is refused with its row, the others go in', async () => {
	const folder = await simulated();
	const broken = join(folder, 'broken.parquet');
	const instance = await DuckDBInstance.create();
	const connection = await instance.connect();
	await connection.run(
		`COPY (SELECT * EXCLUDE (file_row_number) REPLACE (CASE WHEN file_row_number = 1 THEN '{' ELSE data END AS data)
		FROM read_parquet('${join(folder, `${DAY}.parquet`)}', file_row_number = true)) TO '${broken}' (FORMAT parquet)`
	);
	connection.closeSync();
	instance.closeSync();
	const { summary, events } = await load(broken);
	expect(summary.rejected).toBe(1);
	expect(summary.reasons[0]).toMatchObject({ code: 'json', line: 2, rows: 1 });
	expect(events.length).toBe(summary.events);
	expect(summary.events).toBeGreaterThan(100);
});

test('a table of another kind that shares some names is read through its mapping', async () => {
	const file = join(await tempDir(), 'other.parquet');
	const instance = await DuckDBInstance.create();
	const connection = await instance.connect();
	await connection.run(
		`COPY (SELECT 'c1' AS "case", 'Begin' AS activity, TIMESTAMPTZ '2026-11-02 08:00:00+00' AS time, 'x' AS id, 'y' AS type)
		TO '${file}' (FORMAT parquet)`
	);
	connection.closeSync();
	instance.closeSync();
	const ports = memoryPorts();
	const mapping = 'case: case\nactivity: activity\ntime: time\n';
	const summary = await createImports(ports).run(file, mapping, { lane: 'live' });
	expect(summary).toMatchObject({ events: 1, rejected: 0, activities: { Begin: 1 } });
});
