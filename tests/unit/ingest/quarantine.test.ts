import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import { openSqliteQuarantine } from '../../../src/lib/server/ingest/quarantine-sqlite.ts';
import { memoryQuarantine, type Quarantine, type Refused } from '../../../src/lib/server/ingest/quarantine.ts';
import { cardNumber, event, NOW, testDoor } from '../../support/ingest.ts';

const actor = (role: Actor['role']): Actor => ({ id: 'T04', name: { zh: '王', en: 'Wang' }, role, scope: '*' });

const refused = (more: Partial<Refused> = {}): Refused => ({
	lane: 'live',
	at: NOW,
	origin: 'http',
	line: null,
	code: 'schema',
	pointer: '/data',
	detail: 'expected object',
	detailZh: '应为对象',
	body: '{}',
	...more
});

let dir = '';
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'hotcard-quarantine-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const stores: [string, () => Quarantine][] = [
	['memory', memoryQuarantine],
	['SQLite', () => openSqliteQuarantine(dir)]
];

describe.each(stores)('the quarantine in %s', (_, open) => {
	it('lists newest first, by lane, code and status, in pages, and counts per code', () => {
		const quarantine = open();
		const ids = quarantine.addNew([
			refused(),
			refused({ code: 'json', line: 7, pointer: null }),
			refused({ body: '[]' })
		]);
		quarantine.addNew([refused({ lane: 'demo' })]);
		expect(ids).toEqual([1, 2, 3]);
		expect(quarantine.get(1)).toMatchObject({ detail: 'expected object', detailZh: '应为对象' });
		expect(quarantine.addNew([])).toEqual([]);
		const all = quarantine.list({ lane: 'live' });
		expect(all.total).toBe(3);
		expect(all.codes).toEqual({ json: 1, schema: 2 });
		expect(all.rows.map(({ id }) => id)).toEqual([3, 2, 1]);
		expect(quarantine.list({ lane: 'live', code: 'json' })).toMatchObject({
			total: 1,
			rows: [{ line: 7, pointer: null }]
		});
		expect(quarantine.list({ lane: 'live', offset: 1, limit: 1 })).toMatchObject({ total: 3, rows: [{ id: 2 }] });
		expect(quarantine.get(2)).toMatchObject({ id: 2, code: 'json', status: 'open', at: NOW });
		expect(quarantine.get(99)).toBeUndefined();
		expect(quarantine.mark(1, 'dismissed', 'T04', NOW)).toBe(true);
		expect(quarantine.mark(1, 'resubmitted', 'T04', NOW)).toBe(false);
		expect(quarantine.list({ lane: 'live', status: 'open' }).total).toBe(2);
		expect(quarantine.list({ lane: 'live', status: 'all' })).toMatchObject({ total: 3, codes: { json: 1, schema: 2 } });
		expect(quarantine.open('live')).toBe(2);
		quarantine.close();
	});

	it('takes no row that it knows already', () => {
		const quarantine = open();
		const row = refused({ line: 4 });
		expect(quarantine.addNew([row, row, refused({ line: null })])).toEqual([1, 2]);
		const others = [{ line: 5 }, { code: 'json' }, { origin: 'other.csv' }, { body: '[]' }, { lane: 'demo' as const }];
		const changed = others.map((more) => refused({ line: 4, ...more }));
		expect(quarantine.addNew([row, ...changed, refused({ line: null })])).toEqual([3, 4, 5, 6, 7]);
		quarantine.mark(1, 'dismissed', 'T04', NOW);
		expect(quarantine.addNew([row])).toEqual([]);
		quarantine.close();
	});

	it('masks card numbers and cuts what is longer than 4 kB', () => {
		const quarantine = open();
		const pan = cardNumber();
		const [id] = quarantine.addNew([refused({ body: `${pan} ${'挂'.repeat(4_000)}`, detail: `not ${pan}` })]);
		const row = quarantine.get(id!)!;
		expect(JSON.stringify(row)).not.toContain(pan);
		expect(Buffer.byteLength(row.body)).toBeLessThanOrEqual(4_096);
		expect(row.body.endsWith('挂')).toBe(true);
		quarantine.close();
	});

	it('takes a repaired event once, through the same door, with a record of who did it', async () => {
		const quarantine = open();
		const { door, send, stored } = testDoor({ quarantine });
		await send([event('1', { data: {} })]);
		const still = await door.resubmit(1, JSON.stringify(event('1', { data: {} })), actor('supervisor'));
		expect(still).toMatchObject({ status: 207, accepted: 0, rejected: [{ code: 'schema' }] });
		expect(quarantine.list({ lane: 'live' })).toMatchObject({ total: 1, rows: [{ status: 'open' }] });
		await expect(door.resubmit(1, '{}', actor('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
		await expect(door.resubmit(5, '{}', actor('manager'))).rejects.toMatchObject({ code: 'not-found' });
		expect((await door.resubmit(1, JSON.stringify(event('1')), actor('supervisor'))).status).toBe(202);
		expect(quarantine.get(1)?.status).toBe('resubmitted');
		const [repaired, audit] = await stored('live');
		expect(repaired).toEqual(event('1'));
		expect(audit).toMatchObject({ data: { actor: 'T04', action: 'quarantine.resubmit', target: 'quarantine/1' } });
		await expect(door.dismiss(1, actor('manager'))).rejects.toMatchObject({ code: 'not-open' });
		quarantine.close();
	});

	it('keeps what is sent again once, whatever became of it, but counts it as refused each time', async () => {
		const quarantine = open();
		const { door, send } = testDoor({ quarantine });
		const request = [event('good'), event('bad', { data: {} })];
		for (const status of ['open', 'dismissed'] as const) {
			if (status === 'dismissed') await door.dismiss(1, actor('planner'));
			expect(await send(request)).toMatchObject({ status: 207, rejected: [{ id: 'bad' }] });
			expect((await send('{"broken"', 'application/json')).status).toBe(400);
		}
		expect(quarantine.list({ lane: 'live' }).total).toBe(2);
		expect(door.counts.rejected).toBe(2);
		quarantine.close();
	});

	it('puts an event aside for good', async () => {
		const quarantine = open();
		const { door, send } = testDoor({ quarantine });
		await send('{', 'application/json');
		await expect(door.dismiss(1, actor('teller'))).rejects.toMatchObject({ code: 'forbidden' });
		await door.dismiss(1, actor('planner'));
		expect(quarantine.get(1)?.status).toBe('dismissed');
		quarantine.close();
	});
});

it('keeps quarantined events over a restart', () => {
	const first = openSqliteQuarantine(dir);
	first.addNew([refused({ detail: 'kept' })]);
	first.close();
	const second = openSqliteQuarantine(dir);
	expect(second.list({ lane: 'live' }).rows).toMatchObject([{ detail: 'kept' }]);
	second.close();
});

it('finds what it knows without reading the others of the same origin', () => {
	openSqliteQuarantine(dir).close();
	const db = new DatabaseSync(join(dir, 'quarantine.db'));
	const known = 'origin = ? AND line IS NULL AND substr(body, 1, 200) = substr(?, 1, 200) AND body = ?';
	const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM quarantine WHERE ${known}`).all('http', '{}', '{}');
	expect(String(plan[0]?.['detail'])).toMatch(/quarantine_by_text \(origin=\? AND line=\? AND <expr>=\?\)/);
	db.close();
});

it('opens the file of an earlier version, whose rows have no Chinese', () => {
	const old = new DatabaseSync(join(dir, 'quarantine.db'));
	old.exec(`CREATE TABLE quarantine(id INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, at INTEGER NOT NULL,
		origin TEXT NOT NULL, line INTEGER, code TEXT NOT NULL, pointer TEXT, detail TEXT NOT NULL, body TEXT NOT NULL,
		status TEXT NOT NULL DEFAULT 'open', marked_by TEXT, marked_at INTEGER) STRICT;
		INSERT INTO quarantine(lane, at, origin, code, detail, body) VALUES ('live', 1, 'http', 'json', 'not valid JSON', '{')`);
	old.close();
	const quarantine = openSqliteQuarantine(dir);
	expect(quarantine.addNew([refused()])).toEqual([2]);
	expect(quarantine.list({ lane: 'live' }).rows.map(({ detailZh }) => detailZh)).toEqual(['应为对象', null]);
	quarantine.close();
});
