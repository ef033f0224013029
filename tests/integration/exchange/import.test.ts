import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ImportSummary } from '../../../src/lib/server/application.ts';
import { validateEvent } from '../../../src/lib/domain/events/validate.ts';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { runImport } from '../../../src/lib/server/exchange/import/run-import.ts';
import { memoryPorts, type TestPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const MAPPING = 'case: case\nactivity: activity\ntime: time\nresource: who\nattributes: all\n';
const CSV = `case,activity,time,who,amount
c1,Start,2020-01-01 10:00:00,Ann,5
c2,Start,2020-01-01 09:00:00,Bob,
c1,End,2020-01-01 12:00:00,Ann,7
c2,End,2020-01-01 11:00:00,Bob,8
`;

async function load(
	content: string | Uint8Array,
	name = 'log.csv',
	mapping = MAPPING,
	ports = memoryPorts()
): Promise<{ summary: ImportSummary; ports: TestPorts; file: string }> {
	const file = join(await tempDir(), name);
	await writeFile(file, content);
	return {
		summary: await createImports(ports).run(file, mapping, { mappingFile: 'm.yaml' }),
		ports,
		file
	};
}

const dataOf = async (ports: TestPorts): Promise<Record<string, unknown>[]> =>
	(await ports.events()).map(({ data }) => data as unknown as Record<string, unknown>);

describe('a CSV file', () => {
	test('becomes steps, oldest first, and a summary that counts them', async () => {
		const { summary, ports } = await load(CSV);
		expect(summary).toMatchObject({ events: 4, cases: 2, variants: 1, rejected: 0, duplicates: 0, lane: 'live' });
		expect(summary.activities).toEqual({ Start: 2, End: 2 });
		expect(summary.unmapped).toEqual(['End', 'Start']);
		const events = await ports.events();
		expect(events.map(({ time }) => time)).toEqual([1, 2, 3, 4].map((hour) => `2020-01-01T0${hour}:00:00.000Z`));
		expect(events[1]?.source).toBe('/import');
		expect(events[1]?.data).toEqual({ caseId: 'c1', activity: 'Start', resource: 'Ann', attributes: { amount: '5' } });
	});

	test('says in which zone it read times without offset', async () => {
		const { summary } = await load(CSV);
		expect(summary.notes.join()).toContain('4 times name no offset and were read in Asia/Shanghai');
	});

	test('may be gzipped, begin with a BOM and end its lines with CR LF', async () => {
		const { summary, ports } = await load(gzipSync(`\ufeff${CSV.replaceAll('\n', '\r\n')}`), 'log.csv.gz');
		expect(summary).toMatchObject({ events: 4, cases: 2, rejected: 0 });
		expect((await dataOf(ports))[0]).toMatchObject({ caseId: 'c2', resource: 'Bob' });
	});

	test('may hold newlines inside quotes', async () => {
		const { summary, ports } = await load('case,activity,time,who\nc1,"Check\nagain, ""twice""",2020-01-01,"A\nB"\n');
		expect(summary.events).toBe(1);
		expect((await dataOf(ports))[0]).toMatchObject({ activity: 'Check\nagain, "twice"', resource: 'A\nB' });
	});

	test('of Excel may begin with its word for the delimiter', async () => {
		const { summary, ports } = await load(`\ufeffsep=;\r\n${CSV.replaceAll(',', ';')}c3;Start;soon;x;1\n`);
		expect(summary).toMatchObject({ events: 4, cases: 2, rejected: 1 });
		expect(ports.refused()[0]?.line).toBe(7);
	});

	test.each([
		['the last row', 'José,5\n', 'windows-1252', 'latin1'],
		['a row in quotes', '"José",5\nc1,End,2020-01-01,x,5\n', 'windows-1252', 'latin1'],
		['a row in UTF-8', 'José,5\n', '', 'utf8']
	] as const)('whose first accent comes late, in %s, is read in its encoding', async (_, last, encoding, bytes) => {
		const early = 'c1,Start,2020-01-01 10:00:00,Ann,5\n'.repeat(60_000);
		const file = Buffer.from(`case,activity,time,who,amount\n${early}c1,End,2020-01-02,${last}`, bytes);
		const { summary, ports } = await load(file);
		expect(summary.rejected).toBe(0);
		expect((await dataOf(ports)).filter(({ resource }) => resource === 'José')).toHaveLength(1);
		expect(summary.notes.join().includes('windows-1252')).toBe(encoding !== '');
	});

	test('may name activities and departments at length; what is too long for a filter is an attribute', async () => {
		const [activity, department, resource] = ['A'.repeat(400), 'D'.repeat(80), 'R'.repeat(81)];
		const rows = `case,activity,time,who,dep\nc1,${activity},2020-01-01,${resource},${department}\nc1,é${activity.slice(1)},2020-01-01,x,y\n`;
		const { summary, ports } = await load(
			rows,
			'log.csv',
			'case: case\nactivity: activity\ntime: time\nresource: who\nbranch: dep\n'
		);
		expect(summary).toMatchObject({ events: 2, rejected: 0 });
		const [first] = await ports.events();
		expect(first?.data).toEqual({ caseId: 'c1', activity, branchId: department, attributes: { who: resource } });
		expect(validateEvent(first)).toMatchObject({ ok: true });
	});

	test('may hold what looks like card numbers in columns that its mapping leaves there', async () => {
		const pan = ['4111', '1111', '1111', '1111'].join('');
		const rows = `case,activity,time,id\nc1,Start,2020-01-01,${pan}\n`;
		const mapping = 'case: case\nactivity: activity\ntime: time\n';
		const { summary, ports } = await load(rows, 'log.csv', mapping);
		expect(summary).toMatchObject({ events: 1, rejected: 0 });
		expect(await ports.events()).toHaveLength(1);
		const kept = await load(rows + 'c1,End,2020-01-02,7\n', 'log.csv', `${mapping}attributes: [id]\n`);
		expect(kept.summary).toMatchObject({ events: 1, rejected: 1 });
		expect(kept.summary.reasons[0]?.detail).toBe('the column "id" holds what looks like a full card number');
	});

	test('in GB18030 with semicolons is recognised', async () => {
		const gbk = Buffer.concat([
			Buffer.from('case;activity;time;who\nc1;'),
			Buffer.from([0xb9, 0xd2, 0xca, 0xa7]),
			Buffer.from(';2020-01-01;x\n')
		]);
		const { summary, ports } = await load(gbk);
		expect((await dataOf(ports))[0]).toMatchObject({ activity: '挂失' });
		expect(summary.notes.join()).toContain('gb18030');
	});

	test('of a European Excel is recognised', async () => {
		const { summary, ports } = await load(
			Buffer.from('case,activity,time,who\nc1,Prüfung erfaßt,2020-01-01,José\n', 'latin1')
		);
		expect((await dataOf(ports))[0]).toMatchObject({ activity: 'Prüfung erfaßt', resource: 'José' });
		expect(summary.notes.join()).toContain('windows-1252');
	});

	test('keeps "NA" as the name of a case', async () => {
		const { ports } = await load('case,activity,time,who\nNA,Start,2020-01-01,x\n');
		expect((await dataOf(ports))[0]).toMatchObject({ caseId: 'NA' });
	});

	test('may reach back to 1970', async () => {
		const { summary } = await load('case,activity,time,who\nc1,Start,1970-01-01T00:00:00Z,x\n');
		expect(summary).toMatchObject({ events: 1, rejected: 0 });
	});

	test('counts as duplicates when it comes again, in that lane only', async () => {
		const first = await load(CSV);
		const imports = createImports(first.ports);
		const again = await imports.run(first.file, MAPPING, { lane: 'live' });
		expect(again).toMatchObject({ events: 0, duplicates: 4, cases: 2, rejected: 0 });
		const other = await imports.run(first.file, MAPPING, { lane: 'whatif:x' });
		expect(other).toMatchObject({ events: 4, duplicates: 0 });
		expect(await first.ports.events()).toHaveLength(4);
	});

	test('that comes again, under whatever name, leaves a note of what a changed mapping needs', async () => {
		const { ports } = await load(CSV);
		const again = await load(CSV, 'my log.csv', `${MAPPING}final: [End]\n`, ports);
		expect(again.summary).toMatchObject({ events: 0, duplicates: 4 });
		expect(again.summary.notes.join()).toContain('4 rows were in lane live already');
		expect(again.summary.notesZh.join()).toContain('4 行已在泳道 live 中');
	});

	test('of which only some times fit says which format would fit the others', async () => {
		const rows = 'case,activity,time\nc1,Start,3/1/2019 10:00\nc1,End,3/19/2019 10:00\nc1,End,12/31/2019 10:00\n';
		const mapping = 'case: case\nactivity: activity\ntime: { column: time, format: dd/MM/yyyy HH:mm }\n';
		const { summary } = await load(rows, 'log.csv', mapping);
		expect(summary).toMatchObject({ events: 1, rejected: 2 });
		expect(summary.notes.join()).toContain(
			'2 times are not as the mapping describes. With time.format MM/dd/yyyy HH:mm'
		);
	});

	test('whose epoch is read in too small a unit says so', async () => {
		const rows = 'case,activity,time\nc1,Start,1577836800\nc1,End,1577836900\n';
		const mapping = (unit: string): string =>
			`case: case\nactivity: activity\ntime: { column: time, format: ${unit} }\n`;
		const { summary } = await load(rows, 'log.csv', mapping('epoch-ms'));
		expect(summary.notes.join()).toContain('All times lie in 1970');
		const good = await load(rows, 'log.csv', mapping('epoch-seconds'));
		expect(good.summary.notes).toEqual([]);
	});

	test('without an activity that its mapping names says so, with the one that was meant', async () => {
		const { summary } = await load(CSV, 'log.csv', `${MAPPING}final: [Ende, End]\nstages: { start: report }\n`);
		expect(summary.notes.join()).toContain('"start" (did you mean "Start"?), "Ende" (did you mean "End"?)');
		const good = await load(CSV, 'log.csv', `${MAPPING}final: [End]\n`);
		expect(good.summary.notes.join()).not.toContain('does not hold');
	});

	test('goes into the lane of its mapping, unless another one is asked for', async () => {
		const ports = memoryPorts();
		const { summary, file } = await load(CSV, 'log.csv', MAPPING, ports);
		expect(summary.lane).toBe('live');
		const mapping = `${MAPPING}lane: whatif:own\n`;
		expect(await createImports(ports).run(file, mapping, {})).toMatchObject({ lane: 'whatif:own', events: 4 });
		expect(await createImports(ports).run(file, mapping, { lane: 'drill:d' })).toMatchObject({ lane: 'drill:d' });
		expect(await ports.events('whatif:own')).toHaveLength(4);
		expect(await ports.events('drill:d')).toHaveLength(4);
	});

	test('holds two events where two of its lines are equal', async () => {
		const { summary, ports } = await load(`case,activity,time,who,amount\n${'c1,Start,2020-01-01,x,1\n'.repeat(2)}`);
		expect(summary).toMatchObject({ events: 2, duplicates: 0, cases: 1 });
		expect(await ports.events()).toHaveLength(2);
	});

	test('gives stages and ends to the activities that the mapping names', async () => {
		const { summary, ports } = await load(CSV, 'log.csv', `${MAPPING}stages: { Start: report }\nfinal: [End]\n`);
		expect(summary.unmapped).toEqual(['End']);
		expect(await dataOf(ports)).toEqual([
			expect.objectContaining({ activity: 'Start', stage: 'report' }),
			expect.objectContaining({ activity: 'Start', stage: 'report' }),
			expect.objectContaining({ activity: 'End', final: true }),
			expect.objectContaining({ activity: 'End', final: true })
		]);
	});

	test('longer than a window is sorted piece by piece and loses nothing', async () => {
		const ports = memoryPorts();
		const { file } = await load(CSV);
		const lines = Array.from(
			{ length: 30_000 },
			(_, i) => `c${i % 700},A${i % 3},${1_500_000_000 + ((i * 7_919) % 30_000)}`
		);
		await writeFile(file, `case,activity,time\n${lines.join('\n')}\n`);
		const mapping = 'case: case\nactivity: activity\ntime: { column: time, format: epoch-seconds }\n';
		const summary = await runImport(ports, file, mapping, { lane: 'live', window: 1_000 });
		expect(summary).toMatchObject({ events: 30_000, cases: 700, rejected: 0 });
		expect(new Set((await ports.events()).map(({ id }) => id)).size).toBe(30_000);
	});
});

describe('rows that cannot be used', () => {
	test('wait in quarantine with their line and reason; the rest goes in', async () => {
		const pan = ['4111', '1111', '1111', '1111'].join('');
		const { summary, ports } = await load(
			`case,activity,time,who,amount
c1,Start,2020-01-01,x,1
,Start,2020-01-01,x,1
c1,,2020-01-01,x,1
c1,"two
lines",,x,1
c1,Start,yesterday,x,1
c1,Start,2020-01-01,x
c1,Start,2020-01-01,${pan},1
c1,Start,2027-01-01,x,1
c1,Start,1969-06-01,x,1
${'c'.repeat(201)},Start,2020-01-01,x,1
c1,End,2020-01-02,x,1
`
		);
		expect(summary).toMatchObject({ events: 2, cases: 1, rejected: 9, variants: 1 });
		const refused = ports.refused();
		expect(refused.map(({ line, code }) => [line, code])).toEqual([
			[3, 'case-missing'],
			[4, 'activity-missing'],
			[5, 'time-missing'],
			[7, 'time-unreadable'],
			[8, 'columns'],
			[9, 'pan-detected'],
			[10, 'time-future'],
			[11, 'time-ancient'],
			[12, 'too-long']
		]);
		expect(refused.every(({ origin, detail }) => origin === 'log.csv' && detail !== '')).toBe(true);
		expect(JSON.stringify(refused)).not.toContain(pan);
		expect(summary.reasons).toHaveLength(9);
		expect(summary.reasons[3]).toEqual({
			code: 'time-unreadable',
			rows: 1,
			line: 7,
			detail: '"yesterday" is not a time that the mapping describes',
			detailZh: '“yesterday”不是映射所描述的时间'
		});
	});

	test('are written down as they come, not all at the end', async () => {
		const ports = memoryPorts();
		const sizes: number[] = [];
		ports.quarantine = { addNew: (rows) => (sizes.push(rows.length), rows.map((_, i) => i)) };
		const rows = `case,activity,time\nc1,Start,2020-01-01\n${'c1,,2020-01-01\n'.repeat(12_000)}`;
		const file = join(await tempDir(), 'log.csv');
		await writeFile(file, rows);
		const seen: number[][] = [];
		async function* chunks(): AsyncGenerator<Uint8Array> {
			yield Buffer.from(rows);
			seen.push([...sizes]);
			yield Buffer.from('c1,End,2020-01-02\n');
		}
		await runImport(ports, file, 'case: case\nactivity: activity\ntime: time\n', { chunks: chunks() });
		expect([...seen, sizes]).toEqual([
			[5_000, 5_000],
			[5_000, 5_000, 2_000]
		]);
	});

	test('are told of without a card number that stands where a time should', async () => {
		const pan = ['4111', '1111', '1111', '1111'].join('');
		const good = 'c1,Start,2020-01-01,x,1\n';
		const { summary } = await load(`case,activity,time,who,amount\n${good}c1,Start,${pan},x,1\n`);
		expect(summary.reasons).toMatchObject([{ code: 'time-unreadable', rows: 1 }]);
		const bad = await load(`case,activity,time,who,amount\nc1,Start,${pan},x,1\n`).catch(String);
		expect(JSON.stringify([summary, bad])).not.toContain(pan);
	});

	test('are known by their line in the file also where the door refuses them', async () => {
		const pan = ['4111', '1111', '1111', '1111'].join('');
		const rows = `case,activity,time,who,${pan}\nc1,Start,2020-01-02,x,\nc1,End,2020-01-01,x,1\n`;
		const { summary, ports, file } = await load(rows);
		expect(summary).toMatchObject({ events: 1, rejected: 1 });
		expect(summary.reasons).toMatchObject([{ code: 'pan-detected', line: 3 }]);
		await createImports(ports).run(file, MAPPING, {});
		expect(ports.refused().map(({ line, code }) => [line, code])).toEqual([[3, 'pan-detected']]);
	});

	test('wait there once, however often the file is imported', async () => {
		const rows = 'case,activity,time,who,amount\nc1,Start,yesterday,x,1\nc1,End,2020-01-01\nc1,Start,2020-01-01,x,1\n';
		const { summary, ports, file } = await load(rows);
		expect(summary).toMatchObject({ events: 1, rejected: 2, rejectedBefore: 0 });
		const again = await createImports(ports).run(file, MAPPING, {});
		expect(again).toMatchObject({ events: 0, duplicates: 1, rejected: 2, rejectedBefore: 2 });
		expect(ports.refused()).toHaveLength(2);
		await writeFile(file, rows.replace('yesterday', 'tomorrow'));
		// Another text of the file: the row of three columns is the same as before, the other one is not.
		expect(await createImports(ports).run(file, MAPPING, {})).toMatchObject({ rejected: 2, rejectedBefore: 1 });
		expect(ports.refused()).toHaveLength(3);
	});

	test('are kept as events that lack only what was wrong', async () => {
		const { ports } = await load(
			'case,activity,time,who,amount\nc1,Start,yesterday,Ann,5\nc1,Start,2020-01-01,Ann,5\n'
		);
		expect(JSON.parse(ports.refused()[0]?.body ?? '')).toMatchObject({
			type: 'com.hotcard.process.step.v1',
			time: 'yesterday',
			data: { caseId: 'c1', activity: 'Start', resource: 'Ann', attributes: { amount: '5' } }
		});
	});
});
