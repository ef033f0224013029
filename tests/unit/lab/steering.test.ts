import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { DAY, HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import { type Demo, type DemoOptions, openDemo } from '../../../src/lib/server/lab/demo.ts';
import { readLaneRun } from '../../../src/lib/server/lab/lane-file.ts';
import { bankOf } from '../../../src/lib/server/lab/succession.ts';
import { HandClock, openStates, profile, smallLane, TinyLog, whileItPasses } from './support.ts';

const NOW = Date.parse('2026-11-19T10:03:11.250+08:00');
const SURGE = { kind: 'surge', duration: '3 h', ramp: '10 min', strength: 30 };

let dataDir = '';
let clock: HandClock;
let log: TinyLog;
let told: string[];

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'hotcard-steering-'));
	clock = new HandClock(NOW);
	log = new TinyLog();
	told = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function start(more: Partial<DemoOptions> = {}): Promise<Demo> {
	const demo = await openDemo({
		...smallLane(clock, log, dataDir),
		onError: (error) => told.push(String(error)),
		onSuccession: (message) => told.push(message),
		...more
	});
	await demo.ready;
	await clock.pass(0);
	return demo;
}

const asked = (what: Promise<void>): Promise<void> => whileItPasses(clock, what);

const file = () => join(dataDir, 'lane-demo.json');
const known = async () => (await readLaneRun(file()))!;
const ids = (events: readonly DomainEvent[]): string[] => events.map((event) => event.id);
const runs = (): string[] => [...new Set(log.events.flatMap((event) => event.simrun ?? []))];
/** All that the bank of the lane's file would tell. */
const whole = async () => ids(createBank(bankOf(await known(), profile)).advance(log.lastAt + 1));

describe('a paused lane', () => {
	test('is moved on by steps, and has then told exactly what happened until there', async () => {
		const demo = await start();
		demo.setSpeed(0);
		const from = demo.laneNow();
		await asked(demo.step(MINUTE));
		expect(demo.laneNow()).toBe(from + MINUTE);
		await asked(demo.step(DAY));
		expect(demo.laneNow()).toBe(from + MINUTE + DAY);
		expect(log.lastAt).toBeLessThan(demo.laneNow());
		expect(ids(log.events)).toEqual(
			ids(createBank({ seed: 5, profile, start: NOW - 2 * DAY, branches: 8 }).advance(demo.laneNow()))
		);
		await clock.pass(HOUR);
		expect(demo.laneNow()).toBe(from + MINUTE + DAY);
		await demo.stop();
	});

	test('is never far ahead of what was told while it steps', async () => {
		const ahead: number[] = [];
		const now: { demo?: Demo } = {};
		const submit: DemoOptions['submit'] = async (lane, events) => {
			const first = Math.min(...events.map((event) => Date.parse(event.time)));
			if (now.demo?.phase() === 'live') ahead.push(now.demo.laneNow() - first);
			return log.submit(lane, events);
		};
		now.demo = await start({ submit });
		now.demo.setSpeed(0);
		await asked(now.demo.step(6 * HOUR));
		expect(ahead.length).toBeGreaterThan(20);
		expect(Math.max(...ahead)).toBeLessThanOrEqual(10 * MINUTE);
		expect(Math.min(...ahead)).toBeGreaterThanOrEqual(0);
		await now.demo.stop();
	});

	test('only: one that runs refuses a step', async () => {
		const demo = await start();
		await expect(asked(demo.step(MINUTE))).rejects.toMatchObject({ code: 'lane-running' });
		await demo.stop();
		await expect(demo.step(MINUTE)).rejects.toMatchObject({ code: 'lane-not-live' });
	});
});

describe('another seed', () => {
	test('ends the open cases of the bank and brings one of its own, which goes on after a restart', async () => {
		const demo = await start();
		await clock.pass(MINUTE);
		const before = openStates(log.events);
		const at = demo.laneNow();
		const done = demo.reseed(77);
		expect(demo.phase()).toBe('history');
		await expect(demo.inject(SURGE)).rejects.toMatchObject({ code: 'lane-not-live' });
		await asked(done);
		expect(demo.phase()).toBe('live');
		expect(demo.known().seed).toBe(77);
		expect(told).toEqual([expect.stringContaining(`another seed was asked for. Its ${before.size} open cases`)]);
		await clock.pass(MINUTE);
		expect(demo.laneNow()).toBeGreaterThan(at);
		await demo.stop();
		const again = await start();
		await clock.pass(MINUTE);
		await again.stop();
		expect(runs()).toHaveLength(2);
		expect(ids(log.events.filter((event) => event.simrun === runs()[1]))).toEqual(await whole());
		const wrong: string[] = [];
		const open = openStates(log.events, wrong);
		expect(wrong).toEqual([]);
		for (const caseId of before.keys()) expect(open.has(caseId)).toBe(false);
		expect(open.size).toBeGreaterThan(before.size / 3);
	});

	test('asked for just before a stop, takes over at the next start, and the old bank never comes back', async () => {
		const demo = await start();
		await clock.pass(MINUTE);
		// As if it were killed while the cases of the old bank are being ended.
		const wait = new Promise<{ status: number }>(() => undefined);
		const killed: DemoOptions['submit'] = async (lane, events) =>
			events.some((event) => event.type.includes('cancelled')) ? wait : log.submit(lane, events);
		await demo.stop();
		const half = await start({ submit: killed });
		half.reseed(77).catch(() => undefined);
		for (let beats = 0; (await known()).next === undefined && beats < 1_000; beats++) {
			await clock.pass(100);
			await setImmediate();
		}
		expect(await known()).toMatchObject({ seed: 5, next: 77 });
		const after = await start();
		expect(after.known()).toMatchObject({ seed: 77, joins: { at: expect.any(Number) } });
		await after.stop();
		expect((await known()).next).toBeUndefined();
		const wrong: string[] = [];
		openStates(log.events, wrong);
		expect(wrong).toEqual([]);
	});
});

describe('a fault', () => {
	test('that was injected changes what happens from then on, and the bank made again tells the same', async () => {
		const demo = await start();
		await clock.pass(MINUTE);
		const calm = ids(createBank({ seed: 5, profile, start: NOW - 2 * DAY, branches: 8 }).advance(NOW + 5 * HOUR));
		await asked(demo.inject(SURGE));
		const before = log.events.length;
		await clock.pass(2 * MINUTE);
		await asked(demo.endFault('surge-1'));
		await asked(demo.inject({ kind: 'site-loss', duration: '1 h', scope: { site: profile.sites.names[0] } }));
		await clock.pass(MINUTE / 2);
		await demo.stop();
		expect(ids(log.events).slice(0, before)).toEqual(calm.slice(0, before));
		const { orders } = await known();
		expect(orders).toHaveLength(3);
		expect(orders![2]).toMatchObject({ inject: { name: 'site-loss-2' } });

		const again = await start();
		expect(told).toEqual([]);
		await clock.pass(3 * MINUTE);
		await again.stop();
		expect(runs()).toHaveLength(1);
		expect(ids(log.events)).toEqual(await whole());
		const reports = (events: readonly DomainEvent[]) =>
			events.filter(({ type }) => type.includes('case.reported')).length;
		const calmly = createBank(bankOf({ ...(await known()), orders: [] }, profile)).advance(log.lastAt);
		expect(reports(log.events)).toBeGreaterThan(reports(calmly) + 5);
		expect(log.events.some((event) => event.type.includes('site.failover_completed'))).toBe(true);
	});

	test('that is wrong is refused with what was expected, and is not remembered', async () => {
		const demo = await start();
		await expect(asked(demo.inject({ ...SURGE, kind: 'surg' }))).rejects.toMatchObject({
			code: 'invalid-fault',
			suggestion: 'surge',
			place: { pointer: '/fault/kind' }
		});
		await expect(asked(demo.inject({ ...SURGE, duration: '3 years' }))).rejects.toThrow(/\/fault\/duration: expected/);
		await expect(asked(demo.inject({ ...SURGE, scope: { provinces: ['浙'] } }))).rejects.toThrow(
			/\/fault\/scope\/provinces\/0: expected a province/
		);
		await expect(asked(demo.endFault('surge-1'))).rejects.toMatchObject({ code: 'no-fault' });
		expect((await known()).orders).toBeUndefined();
		await demo.stop();
	});

	test('of a bank that another seed replaced does not trouble the new one', async () => {
		const demo = await start();
		await asked(demo.inject(SURGE));
		await asked(demo.reseed(77));
		expect(demo.known().orders).toBeUndefined();
		await demo.stop();
		expect((await known()).orders).toBeUndefined();
	});
});
