import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type StoreOptions } from '#analytics/store.ts';
import type { Clock } from '#lib/domain/time.ts';
import { systemClock } from '#lib/server/clock.ts';
import { eventRow, memoryStore } from '../../sql/support.ts';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'hotcard-store-'));
	file = join(folder, 'projections.duckdb');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (options: Partial<StoreOptions> = {}) => openStore(file, { clock: systemClock, threads: 1, ...options });

async function edit(sql: string): Promise<void> {
	const instance = await DuckDBInstance.create(file);
	const connection = await instance.connect();
	await connection.run(sql);
	connection.closeSync();
	instance.closeSync();
}

async function until(child: ChildProcess, lines: number): Promise<number> {
	let seen = '';
	for await (const chunk of child.stdout!) {
		seen += String(chunk);
		const whole = seen.split('\n').slice(0, -1);
		if (whole.length >= lines) return Number(whole.at(-1)) || 0;
	}
	throw new Error(`the child ended early: ${seen}`);
}

function start(): ChildProcess {
	const script = new URL('./writing-child.ts', import.meta.url).pathname;
	return spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the file', () => {
	it('goes on at the offset it was committed at, and can be read only', async () => {
		const first = await open({ policyHash: 'p' });
		first.writer.add('events', eventRow(0));
		await first.writer.commit(1);
		first.writer.add('events', eventRow(1));
		await first.close();
		const second = await open({ policyHash: 'p' });
		expect(second.meta).toMatchObject({ offset: 1, policyHash: 'p' });
		expect((await second.query('SELECT count(*) AS n FROM events')).rows).toEqual([{ n: 1 }]);
		await second.close();
		const reader = await open({ readOnly: true });
		expect((await reader.query('SELECT count(*) AS n FROM events')).rows).toEqual([{ n: 1 }]);
		expect(() => reader.writer).toThrow(expect.objectContaining({ code: 'store-readonly' }));
		await reader.close();
	});

	it('is to be rebuilt after another schema, another policy, or when it is something else', async () => {
		await (await open({ policyHash: 'p' })).close();
		const rebuild = { code: 'store-version', remedy: expect.stringContaining('rebuild') };
		await expect(open({ policyHash: 'q' })).rejects.toMatchObject(rebuild);
		await edit('UPDATE meta SET schema_version = 999');
		await expect(open()).rejects.toMatchObject(rebuild);
		await edit('DROP TABLE meta');
		await expect(open()).rejects.toMatchObject(rebuild);
		await rm(file);
		await writeFile(file, 'this is no database, whatever its name says '.repeat(1_000));
		await expect(open()).rejects.toMatchObject(rebuild);
	});

	it('can be folded and asked while rows are added', async () => {
		const store = await open();
		const work: Promise<unknown>[] = [];
		for (let at = 0; at < 20; at++) {
			store.writer.add('events', eventRow(at));
			work.push(store.writer.commit(at + 1), store.checkpoint());
			work.push(store.query('SELECT count(*) FROM events'));
		}
		await Promise.all(work);
		expect((await store.query('SELECT count(*) AS n FROM events')).rows).toEqual([{ n: 20 }]);
		await store.close();
	});

	it('says that a folder is missing', async () => {
		file = join(folder, 'nowhere', 'x.duckdb');
		await expect(open()).rejects.toMatchObject({ code: 'store-failed', place: { file } });
	});

	it('says who holds it while another process writes', async () => {
		const child = start();
		await until(child, 1);
		const locked = { code: 'store-locked', message: expect.stringContaining(String(child.pid)) };
		await expect(open()).rejects.toMatchObject(locked);
		await expect(open({ readOnly: true })).rejects.toMatchObject(locked);
		child.kill('SIGKILL');
		await once(child, 'exit');
	});

	it('holds exactly the rows below its offset after its writer was killed', async () => {
		for (const lines of [2, 7, 4]) {
			const child = start();
			const acknowledged = await until(child, lines);
			child.kill('SIGKILL');
			await once(child, 'exit');
			const reader = await open({ readOnly: true });
			const seen = reader.meta.offset;
			await reader.close();
			const store = await open();
			const { offset } = store.meta;
			expect(seen).toBe(offset);
			const { rows } = await store.query('SELECT count(*) AS n, max("offset") AS last FROM events');
			expect(rows).toEqual([{ n: offset, last: offset - 1 }]);
			expect(offset).toBeGreaterThanOrEqual(acknowledged);
			await store.close();
		}
	});
});

describe("a person's own query", () => {
	it.each([
		"INSERT INTO meta VALUES (1, '', '', 0)",
		'WITH a AS (SELECT 1) DELETE FROM events',
		'EXPLAIN ANALYZE DELETE FROM events',
		'CREATE TEMP TABLE x (a INTEGER)',
		'SET threads = 7',
		'PRAGMA enable_profiling',
		'CHECKPOINT',
		"ATTACH 'x.duckdb'",
		'BEGIN',
		'SELECT 1; SELECT 2',
		'-- nothing',
		''
	])('refuses %j', async (sql) => {
		const store = await memoryStore();
		await expect(store.query(sql)).rejects.toMatchObject({ code: 'query-refused' });
		expect((await store.query('SELECT count(*) AS n FROM meta')).rows).toEqual([{ n: 1 }]);
		await store.close();
	});

	it.each(["SELECT * FROM read_text('/etc/passwd')", "COPY events TO '/tmp/x.csv'", "SELECT * FROM '/etc/passwd'"])(
		'reaches no file: %s',
		async (sql) => {
			const store = await memoryStore();
			await expect(store.query(sql)).rejects.toMatchObject({ code: 'query-failed' });
			await store.close();
		}
	);

	it('says what is wrong with a query, and answers the next one', async () => {
		const store = await memoryStore();
		await expect(store.query('SELECT nope FROM events')).rejects.toMatchObject({ code: 'query-failed' });
		expect((await store.query('DESCRIBE events')).rows).toHaveLength(18);
		await store.close();
	});

	it('answers JSON: exact numbers or text, instants with the zone of the bank, nothing lost', async () => {
		const store = await memoryStore();
		const { rows, columns } = await store.query(
			`SELECT 1::BIGINT AS small, 9007199254740993 AS large, 170141183460469231731687303715884105727 AS huge,
				TIMESTAMPTZ '2026-10-05 00:00:00+08' AS at, 1.50::DECIMAL(9,2) AS price, [1, NULL] AS list, {'a': 'b'} AS struct,
				DATE '2026-10-05' AS day, NULL AS unknown, 'nan'::DOUBLE AS nan, true AS flag, 1 AS small`
		);
		expect(rows).toEqual([
			{
				small: 1,
				large: '9007199254740993',
				huge: '170141183460469231731687303715884105727',
				at: '2026-10-05T00:00:00.000+08:00',
				price: '1.50',
				list: [1, null],
				struct: { a: 'b' },
				day: '2026-10-05',
				unknown: null,
				nan: 'NaN',
				flag: true,
				small_2: 1
			}
		]);
		expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
		expect(columns[3]).toEqual({ name: 'at', type: 'TIMESTAMP WITH TIME ZONE' });
		await store.close();
	});

	it('stops at the limit and says so', async () => {
		const store = await memoryStore();
		const ten = 'SELECT * FROM range(10)';
		expect(await store.query(ten, 3)).toMatchObject({
			rows: [{ range: 0 }, { range: 1 }, { range: 2 }],
			truncated: true
		});
		expect(await store.query(ten, 10)).toMatchObject({ truncated: false });
		expect((await store.query('SELECT * FROM range(1000000)', 2_500)).rows).toHaveLength(2_500);
		await store.close();
	});

	it('is stopped when its time is up, and the connection serves the next one', async () => {
		let fire: () => void = () => undefined;
		const clock: Clock = {
			now: () => 0,
			after: (_delay, callback) => {
				fire = callback;
				return () => undefined;
			}
		};
		const store = await openStore(':memory:', { clock, readers: 1, threads: 1 });
		const endless = store.query('SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b');
		const stopped = expect(endless).rejects.toMatchObject({ code: 'query-timeout' });
		let over = false;
		void stopped.finally(() => (over = true));
		while (!over) {
			fire();
			await setImmediate();
		}
		await stopped;
		expect((await store.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
		await store.close();
	});

	it('waits for a free reader instead of failing, and is refused after the close', async () => {
		const store = await memoryStore();
		const answers = await Promise.all([1, 2, 3, 4].map((n) => store.query(`SELECT ${n} AS n`)));
		expect(answers.map(({ rows }) => rows[0]?.['n'])).toEqual([1, 2, 3, 4]);
		await store.close();
		await expect(store.query('SELECT 1')).rejects.toMatchObject({ code: 'store-closed' });
	});
});
