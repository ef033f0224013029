import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import { HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import { type Demo, type DemoOptions, openDemo } from '../../../src/lib/server/lab/demo.ts';
import type { LaneRun } from '../../../src/lib/server/lab/lane-file.ts';
import { bankOf } from '../../../src/lib/server/lab/succession.ts';
import { HandClock, profile, smallLane, TinyLog, whileItPasses } from './support.ts';

const NOW = Date.parse('2026-11-19T10:03:11.250+08:00');

let dataDir = '';
let clock: HandClock;
let log: TinyLog;
let told: string[];

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'hotcard-kept-'));
	clock = new HandClock(NOW);
	log = new TinyLog();
	told = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const file = () => join(dataDir, 'lane-demo.json');
const run = () => JSON.parse(readFileSync(file(), 'utf8')) as LaneRun;

async function start(more: Partial<DemoOptions> = {}): Promise<Demo> {
	const demo = await openDemo({
		...smallLane(clock, log, dataDir),
		historyDays: 1,
		onError: (error) => told.push(error instanceof Error ? error.message : String(error)),
		onSuccession: (message) => told.push(message),
		...more
	});
	await demo.ready;
	for (let beats = 0; demo.phase() === 'history' && beats < 100; beats++) await clock.pass(0);
	return demo;
}

const done = (what: Promise<void>): Promise<void> => whileItPasses(clock, what);

describe('the pace that was set', () => {
	test('comes back after a restart: a paused lane stands, whatever happens to the clock', async () => {
		const demo = await start();
		await clock.pass(MINUTE);
		await demo.setSpeed(0);
		await demo.stop();
		const again = await start();
		expect([again.phase(), again.speed()]).toEqual(['live', 0]);
		const at = again.laneNow();
		const events = log.events.length;
		await clock.pass(HOUR);
		expect([again.laneNow(), log.events.length]).toEqual([at, events]);
		await again.stop();
	});

	test('is not lost by faults, by another seed, or by the one that was set before', async () => {
		const demo = await start();
		expect(run().speed).toBeUndefined();
		await Promise.all([demo.setSpeed(600), demo.setSpeed(0), demo.setSpeed(7.5)]);
		await done(demo.inject({ kind: 'slow-core', duration: '1 h', strength: 2 }));
		expect(run()).toMatchObject({ speed: 7.5, orders: [{ inject: { kind: 'slow-core' } }] });
		await done(demo.reseed(77));
		await demo.stop();
		expect(run()).toMatchObject({ speed: 7.5, seed: 77 });
		const again = await start();
		expect(again.speed()).toBe(7.5);
		await again.stop();
	});

	test('holds also where it was set while the history was being written', async () => {
		const demo = await openDemo({ ...smallLane(clock, log, dataDir), historyDays: 1 });
		expect(demo.phase()).toBe('history');
		await demo.setSpeed(0.5);
		await demo.ready;
		await demo.stop();
		const again = await start();
		expect(again.speed()).toBe(0.5);
		await again.stop();
	});
});

describe('a fault of an older lane file that would be refused today', () => {
	/** What an older program wrote down, with its wider bounds. */
	function remember(strength: number, at: number): void {
		const inject = { kind: 'surge', scope: {}, strength, name: 'surge-1', start: at, end: at + 2 * HOUR, ramp: 0 };
		const after = {
			kind: 'slow-core',
			scope: {},
			strength: 2,
			name: 'slow-core-2',
			start: at,
			end: at + HOUR,
			ramp: 0
		};
		const orders = [
			{ at, inject },
			{ at, inject: after },
			{ at, end: 'surge-1' }
		];
		writeFileSync(file(), JSON.stringify({ ...run(), orders }));
	}

	test('is left out and told, once; the lane starts and goes on with the rest', async () => {
		const demo = await start();
		await clock.pass(MINUTE);
		const at = demo.laneNow();
		await demo.stop();
		remember(1e9, at);
		const again = await start();
		expect(again.phase()).toBe('live');
		expect(told).toEqual([
			expect.stringMatching(/the fault surge-1 .* is not put up again: .*strength: .*at most 100/)
		]);
		expect(run().orders).toMatchObject([{ inject: { name: 'slow-core-2' } }]);
		await clock.pass(3 * MINUTE);
		await done(again.inject({ kind: 'slow-core', duration: '1 h', strength: 3 }));
		expect(run().orders?.at(-1)).toMatchObject({ inject: { name: 'slow-core-3' } });
		await again.stop();
		const whole = createBank(bankOf(run(), profile)).advance(log.lastAt + 1);
		expect(log.events.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
		await (await start()).stop();
		expect(told).toHaveLength(1);
	});

	test('hands the lane to another bank where the log has what came of it', async () => {
		const demo = await start();
		await clock.pass(MINUTE);
		await done(demo.inject({ kind: 'surge', duration: '2 h', strength: 90 }));
		await clock.pass(2 * MINUTE);
		await demo.stop();
		const { orders } = run();
		const at = orders?.[0]?.at as number;
		remember(1e9, at);
		const again = await start();
		expect(again.phase()).toBe('live');
		expect(told).toEqual([
			expect.stringContaining('is not put up again'),
			expect.stringContaining('a new bank takes over')
		]);
		await again.stop();
	});
});
