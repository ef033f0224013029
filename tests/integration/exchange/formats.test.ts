import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test, vi } from 'vitest';
import type { ImportSummary } from '../../../src/lib/server/application.ts';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { memoryPorts, type TestPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const original = DatabaseSync.prototype.prepare;
const GENERIC = readFileSync('scenarios/mappings/generic.yaml', 'utf8');

async function load(file: string, mapping = GENERIC): Promise<{ summary: ImportSummary; ports: TestPorts }> {
	const ports = memoryPorts();
	return { summary: await createImports(ports).run(file, mapping, { lane: 'live', mappingFile: 'm.yaml' }), ports };
}

async function put(name: string, content: string | Uint8Array): Promise<string> {
	const file = join(await tempDir(), name);
	await writeFile(file, content);
	return file;
}

const XES = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">
	<global scope="event"><string key="concept:name" value="__INVALID__"/></global>
	<string key="concept:name" value="the log"/>
	<trace>
		<string key="concept:name" value="173688"/>
		<int key="AMOUNT_REQ" value="20000"/>
		<event>
			<string key="org:resource" value="112"/>
			<string key="lifecycle:transition" value="COMPLETE"/>
			<string key="concept:name" value="A &lt;B&gt; &amp; C"><string key="nested" value="no"/></string>
			<date key="time:timestamp" value="2011-10-01T00:38:44.546+02:00"/>
		</event>
		<event>
			<string key="concept:name" value="End"/>
			<date key="time:timestamp" value="2011-10-01T00:39:44.546+02:00"/>
			<boolean key="ok" value="true"/>
		</event>
	</trace>
</log>`;

describe.each([
	['XES', 'log.xes', XES],
	['gzipped XES', 'log.xes.gz', gzipSync(XES)],
	['XES with the name of another format', 'log.csv', XES]
])('%s', (_, name, content) => {
	test('gives one step per event, with the attributes of its trace', async () => {
		const { summary, ports } = await load(await put(name, content));
		expect(summary).toMatchObject({ events: 2, cases: 1, variants: 1, rejected: 0 });
		const [first, second] = await ports.events();
		expect(first).toMatchObject({
			time: '2011-09-30T22:38:44.546Z',
			data: {
				caseId: '173688',
				activity: 'A <B> & C',
				lifecycle: 'COMPLETE',
				resource: '112',
				attributes: { 'case:AMOUNT_REQ': 20000 }
			}
		});
		expect(second?.data).toEqual({
			caseId: '173688',
			activity: 'End',
			attributes: { 'case:AMOUNT_REQ': 20000, ok: true }
		});
	});
});

describe('XES in another encoding', () => {
	const latin = (head: string): Buffer =>
		Buffer.from(head + XES.replace(/<\?xml.*\?>/, '').replace('112', 'Jos\u00e9'), 'latin1');

	test.each([
		['that it declares', '<?xml version="1.0" encoding="ISO-8859-1"?>'],
		['that it does not declare, found after many bytes of ASCII', `<?xml version="1.0"?><!--${' '.repeat(300_000)}-->`]
	])('%s is read as such', async (_, head) => {
		const { ports } = await load(await put('log.xes', latin(head)));
		expect((await ports.events())[0]?.data).toMatchObject({ resource: 'Jos\u00e9' });
	});

	test('of East Europe is read as it declares', async () => {
		const text = Buffer.from(XES.replace('UTF-8', 'ISO-8859-2').replace('112', '\u00a3ukasz'), 'latin1');
		const { ports } = await load(await put('log.xes', text));
		expect((await ports.events())[0]?.data).toMatchObject({ resource: '\u0141ukasz' });
	});
});

describe('NDJSON', () => {
	test('takes our own events as they are and quarantines what breaks their schema', async () => {
		const event = {
			specversion: '1.0',
			id: 'e1',
			source: '/core',
			type: 'com.hotcard.case.verified.v1',
			time: '2026-01-01T10:00:00+08:00',
			data: { caseId: 'c1' }
		};
		const lines = [event, { ...event, id: 'e2', data: {} }, { ...event, id: 'e3', type: 'com.hotcard.nothing.v1' }];
		const file = await put('x.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
		const { summary, ports } = await load(file);
		expect(summary).toMatchObject({ events: 1, rejected: 2, cases: 1 });
		expect(await ports.events()).toEqual([event]);
		expect(ports.refused().map(({ line, code }) => [line, code])).toEqual([
			[2, 'schema'],
			[3, 'unknown-type']
		]);
	});

	test('names fields of objects inside objects by their way', async () => {
		const record = { meta: { case: { id: 'c1' }, none: {} }, step: 'Start', at: '2020-01-01T00:00:00Z', tags: ['a'] };
		const file = await put('x.ndjson', JSON.stringify(record));
		const { ports } = await load(file, 'case: meta.case.id\nactivity: step\ntime: at\nattributes: all\n');
		expect((await ports.events())[0]?.data).toEqual({
			caseId: 'c1',
			activity: 'Start',
			attributes: { 'meta.none': '{}', tags: '["a"]' }
		});
	});

	test('takes other objects through the mapping; a line that is no JSON is quarantined', async () => {
		const file = await put(
			'x.ndjson',
			'{"c":1,"a":"Start","t":1577836800}\n{"c":1,\n\n{"t":1577836900,"a":"End","c":1,"more":{"x":1}}'
		);
		const mapping = 'case: c\nactivity: a\ntime: { column: t, format: epoch-seconds }\nattributes: [more.x]\n';
		const { summary, ports } = await load(file, mapping);
		expect(summary).toMatchObject({ events: 2, cases: 1, rejected: 1 });
		expect(ports.refused()[0]).toMatchObject({ line: 2, code: 'json' });
		expect((await ports.events())[1]?.data).toEqual({ caseId: '1', activity: 'End', attributes: { 'more.x': 1 } });
	});
});

describe('Parquet', () => {
	test('keeps types: moments, naive times, numbers and nulls', async () => {
		const file = join(await tempDir(), 'log.parquet');
		const instance = await DuckDBInstance.create();
		const connection = await instance.connect();
		await connection.run(`COPY (SELECT 'c' || (i % 2) AS "case", 'A' AS activity, TIMESTAMPTZ '2020-01-01 00:00:00.123456+08' + i * INTERVAL 1 HOUR AS at,
			TIMESTAMP '2020-01-01 08:00:00' AS naive, i AS n, NULL::VARCHAR AS nothing, 12345678901::BIGINT AS big, 1.50::DECIMAL(9, 2) AS price
			FROM range(5000) t(i)) TO '${file}' (FORMAT parquet)`);
		connection.closeSync();
		instance.closeSync();
		const { summary, ports } = await load(file, 'case: case\nactivity: activity\ntime: at\nattributes: all\n');
		expect(summary).toMatchObject({ events: 5000, cases: 2, rejected: 0 });
		expect((await ports.events())[0]).toMatchObject({
			time: '2019-12-31T16:00:00.123Z',
			data: { attributes: { n: 0, big: 12345678901, price: '1.50', naive: '2020-01-01T08:00:00.000000' } }
		});
		const naive = await load(file, 'case: case\nactivity: activity\ntime: { column: naive, zone: Asia/Shanghai }\n');
		expect((await naive.ports.events())[0]?.time).toBe('2020-01-01T00:00:00.000Z');
	});
});

async function parquet(select: string): Promise<string> {
	const file = join(await tempDir(), 'log.parquet');
	const instance = await DuckDBInstance.create();
	const connection = await instance.connect();
	await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet)`);
	connection.closeSync();
	instance.closeSync();
	return file;
}

describe('Parquet of other tools', () => {
	test('keeps integers that no number holds exactly', async () => {
		const file =
			await parquet(`SELECT * FROM (VALUES (1234567890123456789::BIGINT, 'A', 1577836800000000000::BIGINT, 5::BIGINT),
			(7, 'B', 1577836800000000000, 6)) t(id, step, moment, n)`);
		const mapping = 'case: id\nactivity: step\ntime: { column: moment, format: epoch-ns }\nattributes: [n]\n';
		const { ports } = await load(file, mapping);
		expect((await ports.events()).map(({ time, data }) => ({ time, ...data }))).toEqual([
			{ time: '2020-01-01T00:00:00.000Z', caseId: '1234567890123456789', activity: 'A', attributes: { n: 5 } },
			{ time: '2020-01-01T00:00:00.000Z', caseId: '7', activity: 'B', attributes: { n: 6 } }
		]);
	});

	test('may be gzipped as a whole, and leaves nothing behind', async () => {
		const file = await parquet(`SELECT 'c' AS "case", 'A' AS activity, TIMESTAMP '2020-01-01' AS "time"`);
		await writeFile(`${file}.gz`, gzipSync(readFileSync(file)));
		const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('hotcard-unpacked-'));
		const before = left();
		const { summary } = await load(`${file}.gz`, 'case: case\nactivity: activity\ntime: time\n');
		expect(summary).toMatchObject({ events: 1, rejected: 0 });
		await createImports(memoryPorts()).preview(`${file}.gz`);
		expect(left()).toEqual(before);
	});
});

const OBJECTS = [
	['o1', 'Order'],
	['o2', 'Order'],
	['i1', 'Item'],
	['i2', 'Item']
] as const;
const EVENTS = [
	['e1', 'Place', '2022-01-01T10:00:00Z', 'Ann', ['o1', 'i1']],
	['e2', 'Place', '2022-01-01T11:00:00Z', 'Bob', ['o2', 'i2']],
	['e3', 'Ship', '2022-01-02T10:00:00Z', 'Cy', ['o1', 'o2', 'i1']],
	['e4', 'Count stock', '2022-01-03T10:00:00Z', 'Di', []]
] as const;

async function ocelJson(): Promise<string> {
	const events = EVENTS.map(([id, type, time, who, objects]) => ({
		id,
		type,
		time,
		attributes: [{ name: 'who', value: who }],
		relationships: objects.map((objectId) => ({ objectId, qualifier: 'about' }))
	}));
	const objects = OBJECTS.map(([id, type]) => ({ id, type }));
	return put('x.jsonocel', JSON.stringify({ objectTypes: [], eventTypes: [], events, objects }));
}

async function ocelSqlite(): Promise<string> {
	const file = join(await tempDir(), 'x.sqlite');
	const database = new DatabaseSync(file);
	database.exec(`CREATE TABLE event (ocel_id TEXT, ocel_type TEXT); CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
		CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
		CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
		INSERT INTO event_map_type VALUES ('Place', 'Place'), ('Ship', 'Ship'), ('Count stock', 'CountStock');`);
	for (const name of ['Place', 'Ship', 'CountStock']) {
		database.exec(`CREATE TABLE event_${name} (ocel_id TEXT, ocel_time TIMESTAMP, who TEXT)`);
	}
	for (const [id, type, time, who, objects] of EVENTS) {
		database.prepare('INSERT INTO event VALUES (?, ?)').run(id, type);
		const table = type === 'Count stock' ? 'CountStock' : type;
		database
			.prepare(`INSERT INTO event_${table} VALUES (?, ?, ?)`)
			.run(id, time.replace('T', ' ').replace('Z', '+00:00'), who);
		for (const object of objects)
			database.prepare('INSERT INTO event_object VALUES (?, ?, ?)').run(id, object, 'about');
	}
	for (const [id, type] of OBJECTS) database.prepare('INSERT INTO object VALUES (?, ?)').run(id, type);
	database.close();
	return file;
}

describe.each([
	['OCEL 2.0 JSON', ocelJson],
	['OCEL 2.0 SQLite', ocelSqlite]
])('%s', (_, make) => {
	const mapping =
		'case: case:concept:name\nactivity: concept:name\ntime: time:timestamp\nresource: who\nattributes: ["object:Item"]\n';

	test('is flattened to the object type that most events relate to', async () => {
		const { summary, ports } = await load(await make(), mapping);
		expect(summary).toMatchObject({ events: 4, cases: 2, rejected: 0 });
		expect(summary.notes.join()).toContain('The case is the object type "Order"');
		expect(summary.notes.join()).toContain('1 events relate to no object of the type');
		expect((await ports.events()).map(({ data }) => data)).toEqual([
			{ caseId: 'o1', activity: 'Place', resource: 'Ann', attributes: { 'object:Item': 'i1' } },
			{ caseId: 'o2', activity: 'Place', resource: 'Bob', attributes: { 'object:Item': 'i2' } },
			{ caseId: 'o1', activity: 'Ship', resource: 'Cy', attributes: { 'object:Item': 'i1' } },
			{ caseId: 'o2', activity: 'Ship', resource: 'Cy', attributes: { 'object:Item': 'i1' } }
		]);
		expect(ports.refused()).toEqual([]);
	});

	test('is flattened to the object type that the mapping names', async () => {
		const { summary } = await load(await make(), `${mapping.replace('object:Item', 'object:Order')}objectType: Item\n`);
		expect(summary).toMatchObject({ events: 3, cases: 2, variants: 2, rejected: 0 });
	});
});

test('a malformed event of OCEL 2.0 JSON is quarantined, the rest goes in', async () => {
	const good = { id: 'e1', type: 'Place', time: '2022-01-01T10:00:00Z', relationships: [{ objectId: 'o1' }] };
	const events = [good, { id: 'e2', type: 'Ship', relationships: [{ objectId: 'o1' }] }, { ...good, id: 'e3' }];
	const file = await put('x.jsonocel', JSON.stringify({ events, objects: [{ id: 'o1', type: 'Order' }] }));
	const { summary, ports } = await load(file);
	expect(summary).toMatchObject({ events: 2, cases: 1, rejected: 1 });
	expect(ports.refused()).toMatchObject([{ line: 2, code: 'ocel-event' }]);
	expect(ports.refused()[0]?.detail).toContain('/events/1/time');
	expect(ports.refused()[0]?.body).toContain('e2');
});

test('OCEL 2.0 SQLite without an index is read in a time that grows with its size, not with its square', async () => {
	const file = await ocelSqlite();
	const database = new DatabaseSync(file);
	const seen: string[] = [];
	const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql) {
		seen.push(sql);
		return original.call(this, sql);
	});
	await load(file);
	database.close();
	prepare.mockRestore();
	expect(seen.filter((sql) => sql.includes('event_object') && sql.includes('?'))).toEqual([]);
});

test('gzipped OCEL 2.0 SQLite with large numbers is read', async () => {
	const file = await ocelSqlite();
	const database = new DatabaseSync(file);
	database.exec(`UPDATE event_Place SET who = 9007199254740993; ALTER TABLE event_Place ADD COLUMN n INTEGER;
		UPDATE event_Place SET n = 9007199254740993`);
	database.close();
	const { summary, ports } = await load(await put('x.sqlite.gz', gzipSync(readFileSync(file))));
	expect(summary).toMatchObject({ events: 4, rejected: 0 });
	expect((await ports.events())[0]?.data).toMatchObject({ attributes: { n: '9007199254740993' } });
});
