import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { exportLog } from '../../../src/lib/server/exchange/export.ts';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { memoryPorts, type TestPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const SECRETS = ['cust-77', 'dev-42', 'T0815', 'called Mrs Li', 'secret-attribute'];
const CARD = { token: 'tok_1', bin: '622848', last4: '6789' };

function event(id: string, name: string, hour: number, data: Record<string, unknown>): DomainEvent {
	const time = `2026-01-01T${String(hour).padStart(2, '0')}:00:00+08:00`;
	return {
		specversion: '1.0',
		id,
		source: '/core',
		type: `com.hotcard.${name}.v1`,
		time,
		data
	} as unknown as DomainEvent;
}

async function filled(): Promise<TestPorts> {
	const ports = memoryPorts();
	const answer = await ports.submit(
		'live',
		[
			event('1', 'case.reported', 9, {
				caseId: 'c1',
				kind: 'formal',
				channel: 'mobile',
				branchId: 'B1',
				deviceId: 'dev-42',
				customerRef: 'cust-77',
				card: CARD
			}),
			event('2', 'case.reported', 10, {
				caseId: 'c2',
				kind: 'verbal',
				channel: 'phone',
				customerRef: 'cust-77',
				card: CARD
			}),
			event('3', 'case.annotated', 11, { caseId: 'c1', by: 'T0815', text: 'called Mrs Li' }),
			event('4', 'shipment.dispatched', 12, { caseId: 'c1', shipmentId: 's1', mode: 'express' }),
			event('5', 'stock.counted', 13, { branchId: 'B1', product: 'debit', quantity: 5 }),
			event('6', 'process.step', 14, {
				caseId: 'c3',
				activity: 'Walk in',
				resource: 'T0815',
				attributes: { note: 'secret-attribute' }
			})
		],
		'test'
	);
	expect(answer.rejected).toEqual([]);
	return ports;
}

/** What a reader of the file can see; Parquet is compressed, so it is read for it. */
async function textIn(out: string, format: string): Promise<string> {
	if (format !== 'parquet') return readFile(out, 'utf8');
	return JSON.stringify((await createImports(memoryPorts()).preview(out)).rows);
}

const FORMATS = ['csv', 'xes', 'ocel', 'parquet'] as const;

test.each(FORMATS)('%s leaves personal fields out unless asked', async (format) => {
	const { log } = await filled();
	const dir = await tempDir();
	const out = join(dir, 'x');
	const summary = await exportLog({ log }, { lane: 'live', format, out });
	expect(summary).toMatchObject({ events: format === 'xes' ? 5 : 6, cases: 3, out });
	const shown = await textIn(out, format);
	for (const secret of SECRETS) expect(shown).not.toContain(secret);
	expect(shown).toContain('case.annotated');
	expect(readdirSync(dir)).toEqual(['x']);
	await exportLog({ log }, { lane: 'live', format, out, personal: true });
	const all = await textIn(out, format);
	for (const secret of SECRETS) expect(all).toContain(secret);
});

test('OCEL relates events to case, card, branch and shipment', async () => {
	const { log } = await filled();
	const out = join(await tempDir(), 'x.jsonocel');
	await exportLog({ log }, { lane: 'live', format: 'ocel', out });
	const ocel = JSON.parse(await readFile(out, 'utf8')) as Record<
		string,
		{ id: string; name: string; relationships: unknown[] }[]
	>;
	expect(ocel['objectTypes']?.map(({ name }) => name).sort()).toEqual(['branch', 'card', 'case', 'shipment']);
	expect(ocel['events']?.[0]?.relationships).toEqual([
		{ objectId: 'c1', qualifier: 'case' },
		{ objectId: 'card:tok_1', qualifier: 'lost card' },
		{ objectId: 'branch:B1', qualifier: 'at branch' }
	]);
});

test('only the lane and the time asked for are written', async () => {
	const { log } = await filled();
	const out = join(await tempDir(), 'x.csv');
	const from = Date.parse('2026-01-01T10:00:00+08:00');
	const to = Date.parse('2026-01-01T12:00:00+08:00');
	const summary = await exportLog({ log }, { lane: 'live', format: 'csv', out, from, to, bom: true });
	expect(summary).toMatchObject({ events: 2, cases: 2 });
	const lines = (await readFile(out, 'utf8')).split('\r\n');
	expect(lines[0]).toMatch(/^\ufeffcase,activity,time/);
	expect(lines.slice(1).map((line) => line.split(',').slice(0, 3))).toEqual([
		['c2', 'case.reported', '2026-01-01T02:00:00.000Z'],
		['c1', 'case.annotated', '2026-01-01T03:00:00.000Z'],
		['']
	]);
	expect(await exportLog({ log }, { lane: 'demo', format: 'csv', out })).toMatchObject({ events: 0, cases: 0 });
});

test('a folder that is not there is an error that names it', async () => {
	const { log } = await filled();
	for (const format of FORMATS) {
		const failed = exportLog({ log }, { lane: 'live', format, out: '/nowhere/at/all/x' });
		await expect(failed).rejects.toMatchObject({ code: 'export-failed', place: { file: '/nowhere/at/all/x' } });
	}
});
