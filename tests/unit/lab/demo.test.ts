import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import { openDemo, type DemoOptions } from '../../../src/lib/server/lab/demo.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/lib/domain/time.ts';
import { HandClock, profile, smallLane, TinyLog } from './support.ts';

const NOW = Date.parse('2026-11-22T10:03:11.250+08:00');

let dataDir = '';
let clock: HandClock;
let log: TinyLog;

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'hotcard-lab-'));
	clock = new HandClock(NOW);
	log = new TinyLog();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const options = (more: Partial<DemoOptions> = {}): DemoOptions => ({
	...smallLane(clock, log, dataDir),
	speed: 60,
	...more
});

describe('the demo lane', () => {
	test('starts with a history that ends at the present', async () => {
		const demo = await openDemo(options());
		await demo.ready;
		expect(Date.parse(log.events[0]?.time as string)).toBe(NOW - 2 * DAY);
		expect(log.lastAt).toBeLessThan(NOW);
		expect(log.lastAt).toBeGreaterThan(NOW - 30 * MINUTE);
		expect(demo.laneNow()).toBe(NOW);
		await demo.stop();
	});

	test('then lives sixty times as fast as the clock, and stores what is due', async () => {
		const demo = await openDemo(options());
		await demo.ready;
		await clock.pass(0);
		expect(demo.phase()).toBe('live');
		const before = log.events.length;
		await clock.pass(60 * SECOND);
		expect(demo.laneNow()).toBe(NOW + HOUR);
		expect(log.events.length).toBeGreaterThan(before);
		expect(log.lastAt).toBeLessThanOrEqual(demo.laneNow());
		await demo.stop();
		const stopped = demo.laneNow();
		await clock.pass(MINUTE);
		expect(demo.laneNow()).toBe(stopped);
	});

	test('stands still at speed 0 and goes on from there without a jump', async () => {
		const demo = await openDemo(options());
		await demo.ready;
		await clock.pass(10 * SECOND);
		demo.setSpeed(0);
		const still = demo.laneNow();
		await clock.pass(HOUR);
		expect(demo.laneNow()).toBe(still);
		demo.setSpeed(1);
		await clock.pass(5 * SECOND);
		expect(demo.laneNow()).toBe(still + 5 * SECOND);
		expect(() => demo.setSpeed(-1)).toThrow('between 0 and 3600');
		await demo.stop();
	});

	test('after a restart goes on where it stopped, with nothing missing and nothing twice', async () => {
		const first = await openDemo(options());
		await first.ready;
		await clock.pass(30 * SECOND);
		await first.stop();
		const stoppedAt = log.lastAt;
		await clock.pass(9 * HOUR);
		const second = await openDemo(options({ lastEventAt: stoppedAt, seed: 99 }));
		await second.ready;
		await clock.pass(0);
		expect(second.laneNow()).toBe(stoppedAt);
		await clock.pass(60 * SECOND);
		await second.stop();

		const whole = createBank({ seed: 5, profile, start: NOW - 2 * DAY, branches: 8 }).advance(log.lastAt + 1);
		expect(log.events.map((event) => event.id)).toEqual(whole.map((event) => event.id));
		expect(log.duplicates).toBeGreaterThan(0);
	});

	test('killed within the history, finishes the history first', async () => {
		const first = await openDemo(options());
		await first.ready;
		await first.stop();
		const half = new TinyLog();
		await half.submit(
			'demo',
			log.events.filter((event) => Date.parse(event.time) < NOW - DAY)
		);
		const kept = half.events.length;
		const second = await openDemo(options({ submit: half.submit, stored: half, lastEventAt: half.lastAt }));
		await second.ready;
		expect(second.laneNow()).toBe(NOW);
		expect(kept).toBeLessThan(log.events.length);
		expect(half.events.map((event) => event.id)).toEqual(log.events.map((event) => event.id));
		await second.stop();
	});

	test('tries again while the log refuses, and stands still meanwhile', async () => {
		const errors: unknown[] = [];
		const demo = await openDemo(options({ onError: (error) => errors.push(error) }));
		await demo.ready;
		await clock.pass(0);
		log.answers.push(503, 429, new Error('disk full'));
		await clock.pass(60 * SECOND);
		expect(errors).toHaveLength(3);
		expect(demo.laneNow()).toBeLessThanOrEqual(NOW + 57 * MINUTE);
		expect(demo.laneNow()).toBeGreaterThanOrEqual(NOW + 56 * MINUTE);
		await demo.stop();
		const whole = createBank({ seed: 5, profile, start: NOW - 2 * DAY, branches: 8 }).advance(log.lastAt + 1);
		expect(log.events.map((event) => event.id)).toEqual(whole.map((event) => event.id));
	});

	test('refuses a damaged lane file and names it', async () => {
		const first = await openDemo(options());
		await first.ready;
		await first.stop();
		const file = join(dataDir, readdirSync(dataDir)[0] as string);
		writeFileSync(file, '{');
		await expect(openDemo(options({ lastEventAt: log.lastAt }))).rejects.toThrow(`${file} is damaged`);
	});
});

describe('the producer in its own thread', () => {
	test('tells the same events as a bank in this one', async () => {
		const { openProducer } = await import('../../../src/lib/server/lab/producer.ts');
		const bank = { seed: 5, profile, start: NOW, branches: 8 };
		const producer = await openProducer(bank);
		const events = [];
		for (let upTo = NOW; upTo < NOW + DAY;) {
			const batch = await producer.advance(NOW + DAY, 100);
			events.push(...batch.events);
			upTo = batch.upTo;
		}
		await producer.close();
		expect(events).toEqual(JSON.parse(JSON.stringify(createBank(bank).advance(NOW + DAY))));
	});
});
