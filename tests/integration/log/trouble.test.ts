import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteLog } from '../../../src/lib/server/log/sqlite.ts';
import { entries, readAll, testClock } from '../../contract/log-contract.ts';

const SQLITE = new URL('../../../src/lib/server/log/sqlite.ts', import.meta.url).href;
const CLOCK = new URL('../../../src/lib/server/clock.ts', import.meta.url).href;

/** Tries to open the folder for writing in another process, as a user who is not root; answers the error's code or `open`. */
function openElsewhere(dir: string, uid?: number): string {
	const script = `
		if (${uid ?? -1} >= 0 && process.getuid() === 0) { process.setgid(${uid ?? 0}); process.setuid(${uid ?? 0}); }
		const { openSqliteLog } = await import(${JSON.stringify(SQLITE)});
		const { systemClock } = await import(${JSON.stringify(CLOCK)});
		try { const log = await openSqliteLog(${JSON.stringify(dir)}, systemClock, { thread: 'caller' }); await log.close(); console.log('open'); }
		catch (error) { console.log(error.code, error.remedy ? 'with remedy' : 'without'); }`;
	const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
	return ran.stdout.trim() || ran.stderr;
}

describe('the SQLite log in trouble', () => {
	let dir = '';
	beforeEach(async () => {
		dir = await mkdtemp(join(tmpdir(), 'hotcard-trouble-'));
	});
	afterEach(async () => {
		await chmod(dir, 0o755);
		await rm(dir, { recursive: true, force: true });
	});

	it('refuses a second writer in this process and in another, and lets the next one in after the first has gone', async () => {
		const first = await openSqliteLog(dir, testClock());
		await expect(openSqliteLog(dir, testClock())).rejects.toMatchObject({
			code: 'data-locked',
			remedy: expect.stringContaining('--data') as string
		});
		expect(openElsewhere(dir)).toBe('data-locked with remedy');
		await first.append('live', entries(0, 3));
		await first.close();
		expect(openElsewhere(dir)).toBe('open');
		const second = await openSqliteLog(dir, testClock(), { thread: 'caller' });
		expect(second.head()).toBe(3);
		await second.close();
	});

	it('says that a folder cannot be written to', async () => {
		await chmod(dir, 0o555);
		expect(openElsewhere(dir, 65534)).toBe('data-readonly with remedy');
	});

	it('says that a file is not an event log', async () => {
		await writeFile(join(dir, 'log.db'), 'binary rubbish '.repeat(1_000));
		await expect(openSqliteLog(dir, testClock())).rejects.toMatchObject({ code: 'log-corrupt' });
	});

	it('lets others read beside the writer, and never write', async () => {
		await expect(openSqliteLog(dir, testClock(), { readOnly: true })).rejects.toMatchObject({ code: 'data-missing' });
		const writer = await openSqliteLog(dir, testClock());
		await writer.append('live', entries(0, 5));
		const reader = await openSqliteLog(dir, testClock(), { readOnly: true });
		expect(reader.head()).toBe(5);
		await writer.append('demo', entries(5, 5));
		expect((await readAll(reader, 3)).map(({ offset }) => offset)).toEqual([3, 4, 5, 6, 7, 8, 9]);
		await expect(reader.append('live', entries(10, 1))).rejects.toMatchObject({ code: 'log-readonly' });
		await reader.close();
		await writer.close();
		const alone = await openSqliteLog(dir, testClock(), { readOnly: true });
		expect(alone.head()).toBe(10);
		await alone.close();
	});

	for (const thread of ['own', 'caller'] as const)
		it(`takes nothing of a batch when the disk is full and recovers by itself (${thread} thread)`, async () => {
			let room = 2 ** 40;
			const timers: (() => void)[] = [];
			const clock = { ...testClock(), after: (_: number, callback: () => void) => (timers.push(callback), () => {}) };
			const log = await openSqliteLog(dir, clock, { thread, maxBytes: () => room });
			await log.append('live', entries(0, 100));
			room = 4096;
			const noise = Array.from({ length: 900 }, (_, i) => {
				const text = Array.from({ length: 100 }, (_, j) => Math.imul(i * 100 + j, 0x9e3779b1).toString(36)).join('');
				return { source: '/noise', id: `${i}`, key: 'k', line: JSON.stringify({ source: '/noise', id: `${i}`, text }) };
			});
			await expect(log.append('drill:new', noise)).rejects.toMatchObject({ code: 'log-full' });
			expect(log.health()).toMatchObject({ ok: false, reason: expect.stringContaining('room') as string });
			expect(log.head()).toBe(100);
			expect(log.pending()).toBe(0);
			expect((await log.lanes()).map(({ lane }) => lane)).toEqual(['live']);
			room = 2 ** 40;
			timers.pop()!();
			expect(await log.append('drill:new', noise)).toMatchObject({ accepted: 900, duplicates: 0 });
			expect(log.health()).toEqual({ ok: true });
			expect((await readAll(log, 100)).every(({ lane }) => lane === 'drill:new')).toBe(true);
			await log.close();
		});
});
