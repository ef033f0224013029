import { gzipSync } from 'node:zlib';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hotcard, serve } from '../../support/command.ts';
import { tempDir } from '../../support/temp.ts';

const MAPPING = `apiVersion: hotcard/v1
kind: Mapping
case: Ticket
activity: Step
time: When
resource: Who
`;
const ROWS = [
	'Ticket,Step,When,Who',
	'NA,Open,2024-03-01T09:00:00Z,anna',
	'NA,Close,2024-03-01T10:30:00Z,anna',
	'7,Open,2024-03-02T09:00:00Z,ben',
	'7,"Ask, again",2024-03-02T09:10:00Z,ben',
	'7,Close,2024-03-03T09:00:00Z,',
	'8,Open,not a time,cy'
].join('\n');

async function log(): Promise<{ data: string; file: string; mapping: string }> {
	const dir = await tempDir();
	const file = join(dir, 'tickets.csv.gz');
	const mapping = join(dir, 'tickets.yaml');
	await writeFile(file, gzipSync(ROWS));
	await writeFile(mapping, MAPPING);
	return { data: join(dir, 'data'), file, mapping };
}

describe('the command line', () => {
	test('imports a log that is not of cards, answers questions on it and proves its projections', async () => {
		const { data, file, mapping } = await log();
		const imported = await hotcard(['import', file, '--mapping', mapping, '--data', data, '--json']);
		expect(imported.err).not.toContain('unexpected');
		expect(JSON.parse(imported.out)).toMatchObject({ events: 5, cases: 2, rejected: 1, variants: 2 });
		expect(imported.code).toBe(0);

		const counted = await hotcard([
			'query',
			'SELECT count(*) AS events, count(DISTINCT case_id) AS cases FROM events',
			'--data',
			data,
			'--json'
		]);
		expect(JSON.parse(counted.out)).toEqual([{ events: 5, cases: 2 }]);
		const again = await hotcard(['import', file, '--mapping', mapping, '--data', data, '--json']);
		expect(JSON.parse(again.out)).toMatchObject({ events: 0, duplicates: 5 });
		const verified = await hotcard(['verify', '--data', data, '--json']);
		expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
		const rebuilt = await hotcard(['rebuild', '--data', data, '--json']);
		expect(JSON.parse(rebuilt.out)).toMatchObject({ events: 5 });
	});

	test('asks the server where one has the folder open', async () => {
		const { data, file, mapping } = await log();
		const server = await serve(data);
		const imported = await hotcard(['import', file, '--mapping', mapping, '--data', data, '--json']);
		expect(JSON.parse(imported.out)).toMatchObject({ events: 5, cases: 2, rejected: 1 });
		const counted = await hotcard(['query', 'SELECT count(*) AS n FROM cases', '--data', data, '--json']);
		expect(JSON.parse(counted.out)).toEqual([{ n: 2 }]);
		expect(await server.stop()).toBe(0);
	});

	test('exits 2 on wrong words, a wrong mapping and a wide bind without a key, and says why', async () => {
		const { data, file, mapping } = await log();
		expect((await hotcard(['improt'])).code).toBe(2);
		expect((await hotcard(['query'])).code).toBe(2);
		await writeFile(mapping, MAPPING.replace('Ticket', 'Tikcet'));
		const missing = await hotcard(['import', file, '--mapping', mapping, '--data', data, '--json']);
		expect(missing.code).toBe(2);
		expect(missing.err).toMatch(/tickets\.yaml:\d+:\d+:? .*Tikcet/);
		const wide = await hotcard(['start', '--host', '0.0.0.0', '--data', data]);
		expect([wide.code, wide.err]).toEqual([2, expect.stringContaining('HOTCARD_INGEST_KEY')]);
	});

	test('refuses to write with SQL', async () => {
		const { data, file, mapping } = await log();
		await hotcard(['import', file, '--mapping', mapping, '--data', data, '--json']);
		const refused = await hotcard(['query', 'DELETE FROM events', '--data', data, '--json']);
		expect(refused.code).toBe(1);
		const counted = await hotcard(['query', 'SELECT count(*) AS n FROM events', '--data', data, '--json']);
		expect(JSON.parse(counted.out)).toEqual([{ n: 5 }]);
	});
});
