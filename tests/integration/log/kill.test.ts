import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { EventLog } from '../../../src/lib/server/log/port.ts';
import { openSqliteLog } from '../../../src/lib/server/log/sqlite.ts';
import { testClock } from '../../contract/log-contract.ts';
import { entry } from './lines.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));
const KILLS = 30;

/** A repeatable moment between 0 and 200 ms after the writer's first acknowledgement. */
const moment = (round: number) => (Math.imul(round + 1, 0x9e3779b1) >>> 0) % 200;

/** Lets a writer run, kills it with signal 9 and answers the batches whose acknowledgement got out. */
async function writeAndKill(dir: string, round: number): Promise<string[]> {
	const child = spawn(process.execPath, [WRITER, dir, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
	let out = '';
	const working = new Promise<void>((resolve) => {
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
			if (out.split('\n').length > 2) resolve();
		});
	});
	const ended = new Promise<string | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
	await Promise.race([working, ended]);
	await wait(moment(round));
	child.kill('SIGKILL');
	expect(await ended).toBe('SIGKILL');
	return out.split('\n').slice(1, -1);
}

/** Checks offsets from `from` on and answers how many events of each batch (`round:batch:size`) are there. */
async function batchesFrom(log: EventLog, from: number): Promise<Map<string, number>> {
	const found = new Map<string, number>();
	let next = from;
	for await (const batch of log.read(from)) {
		expect(batch.first).toBe(next);
		next += batch.count;
		for (const line of new TextDecoder().decode(batch.lines).trimEnd().split('\n')) {
			const { id } = JSON.parse(line) as { id: string };
			const name = id.split(':').slice(0, 3).join(':');
			found.set(name, (found.get(name) ?? 0) + 1);
		}
	}
	expect(next).toBe(log.head());
	return found;
}

it(`keeps every acknowledged event and no half batch when its writer is killed ${KILLS} times under load`, async () => {
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-kill-'));
	let before = 0;
	let acknowledged = 0;
	for (let round = 0; round < KILLS; round++) {
		const batches = await writeAndKill(dir, round);
		const log = await openSqliteLog(dir, testClock(), { thread: 'caller' });
		const found = await batchesFrom(log, before);
		for (const batch of batches) expect(found.get(batch), `acknowledged batch ${batch}`).toBeDefined();
		for (const [batch, count] of found) expect(`${batch} holds ${count}`).toBe(`${batch} holds ${batch.split(':')[2]}`);
		const last = batches.at(-1);
		if (last !== undefined) {
			const lane = (['live', 'demo', 'drill:x'] as const)[Number(last.split(':')[1]) % 3]!;
			expect(await log.append(lane, [entry(`${last}:0`)])).toMatchObject({ accepted: 0, duplicates: 1 });
		}
		acknowledged += batches.length;
		before = log.head();
		await log.close();
	}
	expect(acknowledged).toBeGreaterThan(KILLS);
	await rm(dir, { recursive: true, force: true });
}, 240_000);
