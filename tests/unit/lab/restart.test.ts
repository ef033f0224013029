import { mkdtempSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { DAY, HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import { type Demo, type DemoOptions, openDemo } from '../../../src/lib/server/lab/demo.ts';
import { cannotGoOn } from '../../../src/lib/server/lab/succession.ts';
import { HandClock, openStates, produceHere, profile, smallLane, TinyLog } from './support.ts';

const NOW = Date.parse('2026-11-19T10:03:11.250+08:00');
const HISTORY = 6;
const bank = { seed: 5, profile, start: NOW - HISTORY * DAY, branches: 8 };

let dataDir = '';
let clock: HandClock;
let log: TinyLog;
let told: string[];

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'hotcard-restart-'));
	clock = new HandClock(NOW);
	log = new TinyLog();
	told = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function start(more: Partial<DemoOptions> = {}): Promise<Demo> {
	const demo = await openDemo({
		...smallLane(clock, log, dataDir),
		historyDays: HISTORY,
		onError: (error) => told.push(String(error)),
		onSuccession: (message) => told.push(message),
		...more
	});
	await demo.ready;
	await clock.pass(0);
	return demo;
}

/** Starts, lives for some hours of the lane, stops. */
async function live(hours: number, more: Partial<DemoOptions> = {}): Promise<void> {
	const demo = await start(more);
	await clock.pass(hours * MINUTE);
	await demo.stop();
}

const runs = (): string[] => [...new Set(log.events.map((event) => event.simrun).filter((run) => run !== undefined))];
const ids = (events: readonly DomainEvent[]): string[] => events.map((event) => event.id);

/** A program that sent fewer messages: the same name of the run, other events behind the same ids. */
const older: typeof produceHere = async (options) => {
	const now = await produceHere(options);
	let n = 0;
	return {
		...now,
		async advance(until, limit) {
			const batch = await now.advance(until, limit);
			const events = batch.events.filter((event) => !event.type.includes('notification'));
			return { ...batch, events: events.map((event) => ({ ...event, id: `${now.run}.${(n++).toString(36)}` })) };
		}
	};
};

describe('a restart of the demo lane', () => {
	test('however often, leaves the log of a run that never stopped', async () => {
		await live(5);
		for (let i = 0; i < 3; i++) {
			await clock.pass((i + 1) * 7 * HOUR);
			await live(4);
		}
		expect(ids(log.events)).toEqual(ids(createBank(bank).advance(log.lastAt + 1)));
		expect(runs()).toHaveLength(1);
		expect(told).toEqual([]);
	});

	test('goes on with every open case: after three days none of those open at the stop stands where it stood', async () => {
		await live(2);
		const atStop = openStates(log.events);
		await live(72);
		const after = openStates(log.events);
		const stuck = [...atStop].filter(([caseId, state]) => after.get(caseId)?.events === state.events);
		const whole = openStates(createBank(bank).advance(log.lastAt + 1));
		expect(atStop.size).toBeGreaterThan(20);
		expect([...after.keys()]).toEqual([...whole.keys()]);
		expect(stuck.length).toBeLessThan(0.1 * atStop.size);
	});

	test('goes on after its own last event, not after what people did later in the lane', async () => {
		await live(2);
		const cut = log.lastAt - 3 * HOUR;
		const kept = log.events.filter((event) => Date.parse(event.time) <= cut);
		const half = new TinyLog();
		await half.submit('demo', kept);
		const { simrun: _, ...byHand } = log.events.at(-1) as DomainEvent;
		await half.submit('demo', [{ ...byHand, id: 'by-hand', source: '/hotcard/people/p1' }]);
		const demo = await start({ submit: half.submit, stored: half, lastEventAt: half.lastAt });
		await demo.stop();
		const own = half.events.filter((event) => event.simrun !== undefined);
		expect(ids(own)).toEqual(ids(createBank(bank).advance(half.lastAt)).slice(0, own.length));
		expect(own.length).toBeGreaterThan(kept.length);
	});

	test('sends again what is missing among the newest events', async () => {
		await live(2);
		const hurt = new TinyLog();
		const lost = log.events.at(-100) as DomainEvent;
		await hurt.submit(
			'demo',
			log.events.filter((event) => event !== lost)
		);
		const demo = await start({ submit: hurt.submit, stored: hurt, lastEventAt: hurt.lastAt });
		await demo.stop();
		expect(hurt.events).toContainEqual(lost);
		expect(new Set(ids(hurt.events)).size).toBe(hurt.events.length);
	});

	test('says how many events the log put into quarantine', async () => {
		const refusing: DemoOptions['submit'] = async (lane, events) => ({
			...(await log.submit(lane, events)),
			rejected: [1]
		});
		const demo = await start({ submit: refusing });
		await demo.stop();
		expect(told[0]).toContain('1 events are in quarantine');
	});
});

describe('a lane whose bank cannot go on', () => {
	const otherProfile = { profile: { ...profile, arrivals: { ...profile.arrivals, casesPerBranchDay: 3 } } };

	/** What was open at the stop is ended and said, a new bank is in full swing, and no event of either meets the other's. */
	async function expectSuccession(more: Partial<DemoOptions>, why: string): Promise<void> {
		const atStop = openStates(log.events);
		const before = log.events.length;
		const stoppedAt = log.lastAt;
		await live(1, more);
		expect(told).toEqual([expect.stringContaining(why)]);
		expect(told[0]).toContain(`${atStop.size} open cases`);
		const wrong: string[] = [];
		const open = openStates(log.events, wrong);
		expect(wrong).toEqual([]);
		for (const caseId of atStop.keys()) expect(open.has(caseId)).toBe(false);
		expect(log.duplicates).toBe(0);
		expect(open.size).toBeGreaterThan(atStop.size / 2);
		expect(open.size).toBeLessThan(atStop.size * 2);
		expect(log.lastAt).toBeGreaterThan(stoppedAt);
		const ended = log.events.slice(before).filter((event) => event.source === '/sim/lane');
		expect(ended).toHaveLength(atStop.size);
		expect(ended.every((event) => (event.data as { reason?: string }).reason === 'simulation_ended')).toBe(true);
	}

	test('for the program tells other events now, ends it and takes over', async () => {
		await live(2, { produce: older });
		await expectSuccession({}, 'this version of the program');
		expect(runs()).toHaveLength(2);
	});

	test('for its profile is another now, ends it and takes over', async () => {
		await live(2);
		await expectSuccession(otherProfile, 'its profile is another now');
	});

	test('for nothing is written down of it, ends it and takes over', async () => {
		await live(2);
		unlinkSync(join(dataDir, 'lane-demo.json'));
		await expectSuccession({}, 'not written down');
	});

	test('is continued by the new bank after further restarts', async () => {
		await live(2);
		await live(3, otherProfile);
		await live(3, otherProfile);
		await clock.pass(5 * HOUR);
		await live(3, otherProfile);
		expect(runs()).toHaveLength(2);
		expect(told).toHaveLength(1);
		const { run: _, historyEnd: __, ...made } = JSON.parse(readFileSync(join(dataDir, 'lane-demo.json'), 'utf8'));
		const whole = createBank({ ...made, ...otherProfile }).advance(log.lastAt + 1);
		const second = runs()[1];
		expect(ids(log.events.filter((event) => event.simrun === second))).toEqual(ids(whole));
		const wrong: string[] = [];
		openStates(log.events, wrong);
		expect(wrong).toEqual([]);
	});

	test('stopped before the new bank was written down, is taken over at the next start', async () => {
		await live(2);
		let answered = 0;
		const demo = await openDemo({
			submit: async (lane, events) => {
				answered++;
				return log.submit(lane, events);
			},
			clock,
			dataDir,
			stored: log,
			lastEventAt: log.lastAt,
			produce: produceHere,
			...otherProfile
		});
		await demo.stop();
		expect(answered).toBeLessThan(2);
		const { joins } = JSON.parse(readFileSync(join(dataDir, 'lane-demo.json'), 'utf8')) as { joins?: unknown };
		expect(joins).toBeUndefined();
		const wrong: string[] = [];
		await live(2, otherProfile);
		expect(openStates(log.events, wrong).size).toBeGreaterThan(20);
		expect(wrong).toEqual([]);
		expect(told).toHaveLength(1);
	});

	test('is not simulated again from its start when that lies more than half a year back', () => {
		const known = { ...bank, historyEnd: NOW, run: 'r1' };
		expect(cannotGoOn(known, bank.start + 180 * DAY)).toBeUndefined();
		expect(cannotGoOn(known, bank.start + 181 * DAY)).toBe('it has run for 181 days');
		expect(cannotGoOn(undefined, NOW)).toContain('not written down');
	});
});
