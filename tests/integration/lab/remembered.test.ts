import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBank } from '../../../simulator/bank/bank.ts';
import { readProfile } from '../../../simulator/bank/profile.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import type { Lane } from '../../../src/lib/domain/lane.ts';
import { HOUR, MINUTE } from '../../../src/lib/domain/time.ts';
import { systemClock } from '../../../src/lib/server/clock.ts';
import { createIngest } from '../../../src/lib/server/ingest/ingest.ts';
import { openSqliteQuarantine } from '../../../src/lib/server/ingest/quarantine-sqlite.ts';
import { type Demo, openDemo } from '../../../src/lib/server/lab/demo.ts';
import { readLaneRun } from '../../../src/lib/server/lab/lane-file.ts';
import { storedLane } from '../../../src/lib/server/lab/stored-lane.ts';
import { bankOf } from '../../../src/lib/server/lab/succession.ts';
import { openSqliteLog } from '../../../src/lib/server/log/sqlite.ts';
import { eventually, folder } from '../server/support.ts';

const FILE = 'scenarios/profiles/to-be.yaml';
const profile = readProfile(readFileSync(FILE, 'utf8'), FILE);
const LANE: Lane = 'demo';

let dir: Awaited<ReturnType<typeof folder>>;
let said: string[];
beforeEach(async () => {
	dir = await folder('remembered');
	said = [];
});
afterEach(() => dir.remove());

interface Stand {
	demo: Demo;
	events(): Promise<DomainEvent[]>;
	close(): Promise<void>;
}

/** A lane over a log on the disk, driven by a bank in a thread of its own. */
async function start(): Promise<Stand> {
	const log = await openSqliteLog(dir.path, systemClock);
	const quarantine = openSqliteQuarantine(dir.path);
	const ingest = createIngest({ log, clock: systemClock, quarantine });
	const events = async () => {
		const found: DomainEvent[] = [];
		for await (const { lines } of log.read(0, { lane: LANE }))
			for (const line of new TextDecoder().decode(lines).split('\n'))
				if (line !== '') found.push(JSON.parse(line) as DomainEvent);
		return found;
	};
	const before = await events();
	const demo = await openDemo({
		submit: (...args) => ingest.submit(...args),
		clock: systemClock,
		profile,
		dataDir: dir.path,
		stored: storedLane({ log, query: () => Promise.reject(new Error('nothing is to be ended')) }, LANE),
		lastEventAt: before.length === 0 ? null : Math.max(...before.map((event) => Date.parse(event.time))),
		seed: 5,
		branches: 20,
		historyDays: 3,
		speed: 3_600,
		onSuccession: (message) => said.push(message),
		onError: (error) => said.push(String(error))
	});
	await demo.ready;
	await eventually(() => demo.phase() === 'live');
	return {
		demo,
		events,
		async close() {
			await demo.stop();
			await log.close();
			quarantine.close();
		}
	};
}

/** Lets the lane live for a while of its own time. */
async function live({ demo }: Stand, span: number): Promise<void> {
	const until = demo.laneNow() + span;
	await eventually(() => demo.laneNow() > until);
}

test('faults of a bank in its own thread are remembered on the disk: after restarts the same run goes on, event by event', async () => {
	const first = await start();
	await live(first, HOUR);
	await first.demo.inject({ kind: 'surge', duration: '9 h', ramp: '20 min', strength: 40 });
	await live(first, 2 * HOUR);
	await first.demo.endFault('surge-1');
	await first.demo.inject({ kind: 'network-cut', duration: '2 d', scope: { branches: ['B0001', 'B0002'] } });
	await live(first, HOUR);
	await first.close();

	const second = await start();
	expect(second.demo.known().orders).toHaveLength(3);
	await second.demo.inject({ kind: 'registry-down', duration: '90 min', strength: 1 });
	await live(second, 3 * HOUR);
	await second.close();

	const third = await start();
	await live(third, HOUR);
	const events = await third.events();
	await third.close();

	expect(said).toEqual([]);
	expect(new Set(events.map((event) => event.simrun)).size).toBe(1);
	const known = (await readLaneRun(`${dir.path}/lane-demo.json`))!;
	const last = Math.max(...events.map((event) => Date.parse(event.time)));
	const whole = JSON.parse(JSON.stringify(createBank(bankOf(known, profile)).advance(last + 1))) as DomainEvent[];
	const told = new Map(events.map((event) => [event.id, event]));
	expect(whole.filter((event) => !told.has(event.id)).filter((event) => Date.parse(event.time) < last)).toEqual([]);
	expect(whole.map((event) => told.get(event.id) ?? event)).toEqual(whole);
	expect(events.length).toBeLessThanOrEqual(whole.length);
	const reports = (all: readonly DomainEvent[]) => all.filter(({ type }) => type.includes('case.reported')).length;
	const calm = createBank({ ...bankOf(known, profile), orders: [] }).advance(last + 1);
	expect(reports(whole)).toBeGreaterThan(reports(calm) + 10);
	expect(known.orders!.map((order) => order.at)).toEqual(known.orders!.map((order) => order.at).sort((a, b) => a - b));
	expect(last - known.historyEnd).toBeGreaterThan(8 * HOUR - 30 * MINUTE);
});
