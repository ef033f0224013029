import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { memoryPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const HEADERS: [string, string, string, Record<string, unknown>][] = [
	[
		'the names of XES',
		'case:concept:name,concept:name,org:resource,time:timestamp,lifecycle:transition,amount',
		'c1,Start,Ann,2020-01-01T10:00:00Z,complete,5',
		{
			case: 'case:concept:name',
			activity: 'concept:name',
			time: 'time:timestamp',
			lifecycle: 'lifecycle:transition',
			resource: 'org:resource',
			attributes: ['amount']
		}
	],
	[
		'plain names',
		'Case ID,Activity,Complete Timestamp',
		'c1,Start,2020/01/01 10:00',
		{ case: 'Case ID', activity: 'Activity', time: 'Complete Timestamp' }
	],
	[
		'Chinese names',
		'业务单号,活动,时间,网点,渠道,柜员',
		'C1,挂失,2020-01-01 10:00:00,N1,手机,T1',
		{ case: '业务单号', activity: '活动', time: '时间', branch: '网点', channel: '渠道', resource: '柜员' }
	],
	[
		'European dates',
		'ticket;step;date',
		'T1;Open;31.12.2020 10:00',
		{ case: 'ticket', activity: 'step', time: { column: 'date', format: 'dd.MM.yyyy HH:mm' } }
	],
	[
		'American dates',
		'ticket,step,date',
		'T1,Open,12/31/2020 10:00:05',
		{ case: 'ticket', activity: 'step', time: { column: 'date', format: 'MM/dd/yyyy HH:mm:ss' } }
	],
	[
		'an epoch',
		'case,event,when',
		'c1,Start,1577836800',
		{ case: 'case', activity: 'event', time: { column: 'when', format: 'epoch-seconds' } }
	]
];

test.each(HEADERS)('a file with %s gets a mapping that imports it', async (_, header, row, expected) => {
	const file = join(await tempDir(), 'x.csv');
	await writeFile(file, `${header}\n${row}\n`);
	const imports = createImports(memoryPorts());
	const { mapping } = await imports.preview(file);
	expect(parse(mapping)).toEqual({ apiVersion: 'hotcard/v1', kind: 'Mapping', ...expected });
	expect(await imports.run(file, mapping, { lane: 'live' })).toMatchObject({ events: 1, rejected: 0 });
});

test('a preview shows columns with types and samples, and twenty rows', async () => {
	const file = join(await tempDir(), 'x.csv');
	const rows = Array.from({ length: 50 }, (_, i) => `c${i % 3},A,2020-01-01T10:00:${i + 10}Z,${i}`);
	await writeFile(file, `case,activity,time,amount\n${rows.join('\n')}\n`);
	const preview = await createImports(memoryPorts()).preview(file);
	expect(preview.format).toBe('csv');
	expect(preview.columns.map(({ name, type }) => [name, type])).toEqual([
		['case', 'text'],
		['activity', 'text'],
		['time', 'time'],
		['amount', 'number']
	]);
	expect(preview.columns[0]?.samples).toEqual(['c0', 'c1', 'c2']);
	expect(preview.rows).toHaveLength(20);
	expect(preview.rows[1]).toEqual({ case: 'c1', activity: 'A', time: '2020-01-01T10:00:11Z', amount: '1' });
});
