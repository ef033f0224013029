import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hotcard, type Serving, serve } from '../../support/command.ts';
import { folder, rows } from './support.ts';

const SHIPPED = fileURLToPath(new URL('../../../scenarios/mappings/', import.meta.url));
const MAPPING = 'case: Ticket\nactivity: Step\ntime: When\nresource: Who\n';
const FILE = [
	'Ticket,Step,When,Who',
	'1,Open,2024-03-01T09:00:00Z,anna',
	'1,"Ask, ""again""",2024-03-01T09:30:00.250Z,ben',
	'1,Close,2024-03-01T10:30:00Z,anna',
	'2,Open,2024-03-02T09:00:00+01:00,',
	'2,关闭,2024-03-02T10:00:00+01:00,ben',
	'3,Open,not a time,cy',
	'4,Open,2024-03-03T09:00:00Z,cy'
].join('\n');

let dir: Awaited<ReturnType<typeof folder>>;
let server: Serving;
let served = '';
let alone = '';
const at = (name: string): string => join(dir.path, name);

beforeAll(async () => {
	dir = await folder('files');
	served = at('served');
	alone = at('alone');
	await writeFile(at('t.csv'), FILE);
	await writeFile(at('t.yaml'), MAPPING);
	server = await serve(served);
});
afterAll(async () => {
	expect(await server.stop()).toBe(0);
	await dir.remove();
});

const bringIn = (data: string, file: string, mapping: string, lane = 'live') =>
	hotcard(['import', file, '--mapping', mapping, '--lane', lane, '--data', data, '--json']);

function summary(text: string): Record<string, unknown> {
	const { seconds, ...rest } = JSON.parse(text) as Record<string, unknown>;
	expect(seconds).toBeGreaterThan(0);
	return rest;
}

test('an import answers the same through a server and without one, and a second time finds only duplicates', async () => {
	const [through, without] = [
		await bringIn(served, at('t.csv'), at('t.yaml')),
		await bringIn(alone, at('t.csv'), at('t.yaml'))
	];
	expect([through.code, without.code]).toEqual([0, 0]);
	expect(summary(through.out)).toMatchObject({
		events: 6,
		cases: 3,
		rejected: 1,
		duplicates: 0,
		variants: 3,
		lane: 'live'
	});
	expect(summary(through.out)).toEqual(summary(without.out));
	for (const data of [served, alone]) {
		const again = await bringIn(data, at('t.csv'), at('t.yaml'));
		expect([again.code, summary(again.out)]).toEqual([0, expect.objectContaining({ events: 0, duplicates: 6 })]);
	}
	expect(await rows(server.url, served, 'SELECT count(*) AS n FROM events')).toEqual([{ n: 6 }]);
});

describe('a file that cannot be read', () => {
	const noise = (length: number): Uint8Array => {
		let state = 7;
		return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >>> 16);
	};
	const entities = `<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n<log>&a;&c;</log>`;
	test.each([
		['binary rubbish called CSV', 'noise.csv', noise(5_000), 'not-a-table', 1],
		['XES with a DOCTYPE', 'entities.xes', entities, 'xes-doctype', 1],
		['a column that the mapping misses', 'other.csv', 'a,b\n1,2\n', 'mapping-invalid', 2]
	])('%s', async (_, name, content, code, exit) => {
		await writeFile(at(name), content);
		for (const data of [served, alone]) {
			const ran = await bringIn(data, at(name), at('t.yaml'));
			expect([ran.code, ran.err]).toEqual([exit, expect.stringContaining(`[${code}]\n  → `)]);
			expect(JSON.parse(ran.out)).toMatchObject({ error: { code } });
		}
	});

	test('one that is not there, and a mapping that is not there', async () => {
		for (const data of [served, alone]) {
			const gone = await bringIn(data, at('gone.csv'), at('t.yaml'));
			expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('[file-unreadable]')]);
		}
		const mapping = await bringIn(alone, at('t.csv'), at('gone.yaml'));
		expect([mapping.code, mapping.err]).toEqual([2, expect.stringContaining('[mapping-missing]')]);
	});
});

/** What an import must bring back: how many there are, and each case as its steps in time. */
async function essence(data: string, lane: string): Promise<unknown[]> {
	const sql = `SELECT case_id, activity, epoch_ms(occurred_at) AS at, resource FROM events WHERE lane = '${lane}' ORDER BY 1, 3, 2`;
	return rows(server.url, data, sql);
}

test.each([
	['csv', 'hotcard.yaml', 'csv'],
	['parquet', 'hotcard.yaml', 'parquet'],
	['xes', 'hotcard-xes.yaml', 'xes'],
	['ocel', 'hotcard-xes.yaml', 'jsonocel']
])(
	'%s: what is exported and brought into another lane has the same cases, events and variants',
	async (format, mapping, suffix) => {
		await bringIn(served, at('t.csv'), at('t.yaml'));
		const out = at(`out.${suffix}`);
		const lane = `drill:${format}`;
		const exported = await hotcard([
			'export',
			'--format',
			format,
			'--out',
			out,
			'--personal',
			'--data',
			served,
			'--json'
		]);
		expect([exported.code, summary(exported.out)]).toEqual([0, { events: 6, cases: 3, out }]);
		expect((await stat(out)).size).toBeGreaterThan(100);
		const back = await bringIn(served, out, join(SHIPPED, mapping), lane);
		expect(summary(back.out)).toMatchObject({ events: 6, cases: 3, variants: 3, rejected: 0, duplicates: 0 });
		expect(await essence(served, lane)).toEqual(await essence(served, 'live'));
	}
);

test('an export to where nothing can be written says so and leaves nothing behind', async () => {
	for (const data of [served, alone]) {
		const ran = await hotcard(['export', '--format', 'csv', '--out', at('t.csv/below.csv'), '--data', data, '--json']);
		expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('→')]);
		expect(ran.err).not.toContain('unexpected');
	}
	expect(await readFile(at('t.csv'), 'utf8')).toBe(FILE);
});
