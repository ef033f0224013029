import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { HOUR } from '#lib/domain/time.ts';
import { systemClock } from '#lib/server/clock.ts';
import type { PolicySource } from '#lib/server/live/policy-source.ts';
import { workerEngine } from '#lib/server/live/worker-engine.ts';
import { openSqliteLog } from '#lib/server/log/sqlite.ts';
import type { EventLog } from '#lib/server/log/port.ts';
import { append, journey, reported } from './bank.ts';

const viewer: Actor = { id: 'v', name: { zh: '看', en: 'viewer' }, role: 'viewer', scope: '*' };
const read = (file: string) => ({
	file,
	text: readFileSync(new URL(`../../../scenarios/${file}`, import.meta.url), 'utf8')
});
const policy: PolicySource = { ...read('policies/default.yaml'), calendars: { cn: read('calendars/cn.yaml') } };

let dir: string;
let log: EventLog;

beforeEach(async () => {
	dir = mkdtempSync(join(tmpdir(), 'hotcard-worker-'));
	log = await openSqliteLog(dir, systemClock, { thread: 'caller' });
});

afterEach(async () => {
	await log.close();
	rmSync(dir, { recursive: true, force: true });
});

test('a worker engine applies batches, pushes views, and starts again where it stopped', async () => {
	const now = systemClock.now();
	await append(log, 'live', journey('c1', now - HOUR));
	const first = workerEngine({ logDir: dir, file: join(dir, 'projections.duckdb'), policy });
	expect(await first.start()).toMatchObject({ applied: 11 });
	log.onCommit((batch) => first.apply(batch));
	const told: number[] = [];
	const { snapshot, stop } = await first.follow('cases', { lane: 'live' }, viewer, (view) => told.push(view.total));
	expect(snapshot.view.total).toBe(0);
	await append(log, 'live', [reported('c2', now)]);
	await expect.poll(() => told.at(-1)).toBe(1);
	stop();
	expect(first.lag(log.head())).toBe(0);
	expect(await first.verify()).toMatchObject({ ok: true, offset: 12 });
	expect(await first.selfCheck()).toMatchObject({ ok: true });
	expect((await first.query('SELECT count(*) AS n FROM events')).rows).toEqual([{ n: 12 }]);
	await expect(first.query('DROP TABLE events')).rejects.toMatchObject({ code: 'query-refused' });
	await first.close();

	const second = workerEngine({ logDir: dir, file: join(dir, 'projections.duckdb'), policy });
	expect(await second.start()).toMatchObject({ applied: 12, recovery: { from: 12, events: 0 } });
	const { view } = await second.view('shell', { lane: 'live' }, viewer);
	expect(view).toMatchObject({ open: 1, offset: 12 });
	await second.close();
});

test('an engine without a log to read says so and stays down', async () => {
	const file = join(dir, 'projections.duckdb');
	const broken = workerEngine({ logDir: join(dir, 'nowhere'), file, policy, onFault: () => undefined });
	await expect(broken.start()).rejects.toMatchObject({ message: expect.stringContaining('no event log') });
	expect(broken.health()).toMatchObject({ ok: false });
	await broken.close();
});

test('a broken thread is reported and started again, and who follows a view is told how it stands now', async () => {
	const now = systemClock.now();
	const threads: Worker[] = [];
	const note = (worker: Worker): void => void threads.push(worker);
	process.on('worker', note);
	const faults: unknown[] = [];
	const onFault = (error: unknown): void => void faults.push(error);
	const engine = workerEngine({ logDir: dir, file: join(dir, 'projections.duckdb'), policy, onFault });
	try {
		await append(log, 'live', journey('c1', now - HOUR));
		await engine.start();
		log.onCommit((batch) => engine.apply(batch));
		const told: { version: number; total: number }[] = [];
		await engine.follow('cases', { lane: 'live' }, viewer, (view, version) =>
			told.push({ version, total: view.total })
		);
		await append(log, 'live', [reported('c2', now)]);
		await expect.poll(() => told.at(-1)).toEqual({ version: 2, total: 1 });
		await threads[0]?.terminate();
		await append(log, 'live', [reported('c3', now)]);
		await expect.poll(() => told.at(-1)?.total, { timeout: 20_000 }).toBe(2);
		expect(told.at(-1)?.version).toBeGreaterThan(2);
		expect(faults).toMatchObject([{ code: 'engine-broken' }]);
		expect(engine.health()).toEqual({ ok: true });
		expect(await engine.verify()).toMatchObject({ ok: true, offset: 13 });
	} finally {
		process.off('worker', note);
		await engine.close();
	}
});

test('who follows a view is told once the engine has stopped for good', async () => {
	const threads: Worker[] = [];
	const note = (worker: Worker): void => void threads.push(worker);
	process.on('worker', note);
	const onFault = (): void => undefined;
	const engine = workerEngine({ logDir: dir, file: join(dir, 'projections.duckdb'), policy, onFault });
	try {
		await engine.start();
		const lost: Error[] = [];
		await engine.follow(
			'shell',
			{ lane: 'live' },
			viewer,
			() => undefined,
			(cause) => lost.push(cause)
		);
		await threads[0]?.terminate();
		await expect.poll(() => threads.length).toBe(2);
		expect(lost).toEqual([]);
		await threads[1]?.terminate();
		await expect
			.poll(() => lost)
			.toMatchObject([{ code: 'engine-broken', zh: { message: expect.stringContaining('实时引擎中断') } }]);
		expect(engine.health()).toMatchObject({ ok: false });
	} finally {
		process.off('worker', note);
		await engine.close();
	}
});
