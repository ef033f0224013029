import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { memoryPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const MAPPING = 'case: case\nactivity: activity\ntime: time\n';

async function failure(content: string | Uint8Array, name: string, mapping = MAPPING): Promise<HotcardError> {
	const file = join(await tempDir(), name);
	await writeFile(file, content);
	const ports = memoryPorts();
	const error = await createImports(ports)
		.run(file, mapping, { lane: 'live', mappingFile: 'm.yaml' })
		.catch((cause: unknown) => cause);
	expect(ports.log.head()).toBe(0);
	expect(ports.refused()).toEqual([]);
	expect(error).toBeInstanceOf(HotcardError);
	return error as HotcardError;
}

function noise(length: number): Uint8Array {
	let state = 7;
	return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >>> 16);
}

describe('files that are no tables', () => {
	test.each([
		['binary rubbish', noise(5_000), 'x.csv'],
		['gzipped rubbish', gzipSync(noise(5_000)), 'x.csv.gz'],
		['gzip that is broken', Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]), 'x.csv.gz'],
		['an Excel workbook', Buffer.from('PK\u0003\u0004rest of the archive'), 'x.csv'],
		['nothing at all', '', 'x.csv'],
		['prose', 'Dear colleagues\nplease find nothing attached\n', 'x.csv'],
		['a JSON array', '[{"case":"a"}]', 'x.json'],
		['HTML', '<html><body>Not found</body></html>', 'x.csv'],
		['the beginning of a Parquet file only', Buffer.from('PAR1 and then no more'), 'x.parquet']
	])('%s', async (_, content, name) => {
		expect((await failure(content, name)).code).toBe('not-a-table');
	});

	test('a file that is not there', async () => {
		const gone = createImports(memoryPorts()).run('/nowhere/x.csv', MAPPING, { lane: 'live' });
		await expect(gone).rejects.toMatchObject({ code: 'file-unreadable' });
	});

	test('a gzip file that ends in the middle', async () => {
		const whole = gzipSync(`case,activity,time\n${Buffer.from(noise(900_000)).toString('hex')}`);
		expect((await failure(whole.subarray(0, whole.length - 1_000), 'x.csv.gz')).code).toBe('file-broken');
	});
});

describe('a mapping that names a missing column', () => {
	test('is refused where it stands, with the columns that there are', async () => {
		const error = await failure('case,activty,time\na,b,2020-01-01\n', 'x.csv');
		expect(error.code).toBe('mapping-invalid');
		expect(error.message).toBe('m.yaml:2:11: the file has no column "activity"; did you mean "activty"?');
		expect(error.remedy).toBe('Its columns are: case, activty, time');
		expect(error.place).toMatchObject({ line: 2, column: 11, pointer: '/activity' });
	});

	test('is refused before anything is imported also where columns turn up row by row', async () => {
		const error = await failure('{"case":"a","act":"b","time":"2020-01-01"}\n', 'x.ndjson');
		expect(error.code).toBe('mapping-invalid');
		expect(error.remedy).toBe('Its columns are: case, act, time');
	});

	test('is refused as such in a long file where columns turn up row by row', async () => {
		const error = await failure('{"case":"a","act":"b","time":"2020-01-01"}\n'.repeat(10_001), 'x.ndjson');
		expect(error.message).toContain('the file has no column "activity"');
	});

	test('is refused in its list of attributes', async () => {
		const error = await failure('case,activity,time\na,b,2020-01-01\n', 'x.csv', `${MAPPING}attributes: [amount]\n`);
		expect(error.place).toMatchObject({ line: 4, column: 14, pointer: '/attributes/0' });
	});
});

describe('a mapping that fits no row', () => {
	const rows = (count: number, time: string): string => `case,activity,time\n${`c,A,${time}\n`.repeat(count)}`;

	test('of a short file is refused at its time, with a sample and the format that would do', async () => {
		const mapping = 'case: case\nactivity: activity\ntime: { column: time, format: dd.MM.yyyy HH:mm }\n';
		const error = await failure(rows(3, '3/15/2019 1:05:00 PM'), 'x.csv', mapping);
		expect(error).toMatchObject({ code: 'mapping-invalid', place: { line: 3, column: 7, pointer: '/time' } });
		expect(error.message).toContain('"3/15/2019 1:05:00 PM" on line 2');
		expect(error.remedy).toBe('Set time.format to: MM/dd/yyyy hh:mm:ss a');
		expect(error.zh.remedy).toContain('MM/dd/yyyy hh:mm:ss a');
	});

	test('of a long file is refused after its first ten thousand rows', async () => {
		const error = await failure(`${rows(12_000, 'soon')}c,A,2020-01-01\n`, 'x.csv');
		expect(error.message).toContain('rows tried: 10000');
		expect(error.remedy).toContain('Set time.format to a pattern');
	});

	test('because its epoch has another unit is refused too', async () => {
		const mapping = 'case: case\nactivity: activity\ntime: { column: time, format: epoch-seconds }\n';
		const error = await failure(rows(2, '1552644000123'), 'x.csv', mapping);
		expect(error.remedy).toBe('Set time.format to: epoch-ms');
	});

	test('because its column is empty is refused at that column', async () => {
		const error = await failure('case,activity,time,x\nc,,2020-01-01,1\nc,,2020-01-02,1\n', 'x.csv');
		expect(error).toMatchObject({ code: 'mapping-invalid', place: { line: 2, pointer: '/activity' } });
	});
});

describe('XES', () => {
	test.each([
		['entities', '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<log><trace/></log>'],
		['an external DTD', '<?xml version="1.0"?>\n<!DOCTYPE log SYSTEM "http://192.0.2.1/x.dtd">\n<log/>']
	])('with %s is refused unread', async (_, text) => {
		const error = await failure(text, 'x.xes');
		expect(error.code).toBe('xes-doctype');
		expect(error.place.line).toBe(2);
	});

	test('with an entity that nobody declared is refused', async () => {
		const text = '<log><trace><string key="concept:name" value="&x;"/></trace></log>';
		expect((await failure(text, 'x.xes')).code).toBe('xes-broken');
	});

	test('that is not well-formed is refused with its line', async () => {
		const error = await failure('<log>\n<trace>\n</log>', 'x.xes');
		expect(error).toMatchObject({ code: 'xes-broken', place: { line: 3 } });
	});
});

describe('OCEL', () => {
	const ocel = { events: [], objects: [{ id: 'o', type: 'Order' }], eventTypes: [], objectTypes: [] };

	test('without the asked object type names those that there are', async () => {
		const error = await failure(JSON.stringify(ocel), 'x.jsonocel', `${MAPPING}objectType: Item\n`);
		expect(error).toMatchObject({ code: 'mapping-invalid', remedy: 'objectType may be one of: Order' });
		expect(error.place).toMatchObject({ line: 4, column: 13, pointer: '/objectType' });
	});

	test('with an object that has no type is refused where it stands', async () => {
		const error = await failure(JSON.stringify({ ...ocel, objects: [{ id: 'o' }] }), 'x.jsonocel');
		expect(error).toMatchObject({ code: 'ocel-invalid', place: { pointer: '/objects/0/type' } });
	});

	test('as XML is called by its name', async () => {
		const text = '<?xml version="1.0"?>\n<log>\n<object-types><object-type name="Order"/></object-types></log>';
		const error = await failure(text, 'x.xmlocel');
		expect(error).toMatchObject({ code: 'not-a-table', place: { line: 3 } });
		expect(error.message).toContain('OCEL 2.0 XML');
	});

	test('as a SQLite file without its tables is refused', async () => {
		const { DatabaseSync } = await import('node:sqlite');
		const file = join(await tempDir(), 'x.sqlite');
		const database = new DatabaseSync(file);
		database.exec('CREATE TABLE t (x)');
		database.close();
		const run = createImports(memoryPorts()).run(file, MAPPING, { lane: 'live' });
		await expect(run).rejects.toMatchObject({ code: 'ocel-invalid' });
	});
});
