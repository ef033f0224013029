import { describe, expect, test } from 'vitest';
import { storedLane } from '../../../src/lib/server/lab/stored-lane.ts';
import { memoryLog } from '../../../src/lib/server/log/memory.ts';
import type { EventLog } from '../../../src/lib/server/log/port.ts';
import { HandClock } from './support.ts';

const nothing = async (): Promise<{ rows: Record<string, unknown>[] }> => ({ rows: [] });

/** Stores `count` events of a source; those of a simulator carry its run. */
async function fill(log: EventLog, source: string, count: number, simrun?: string): Promise<void> {
	const entries = Array.from({ length: count }, (_, n) => {
		const id = `${source}-${n}`;
		const event = { specversion: '1.0', id, source, type: 'x', time: '2026-11-22T00:00:00Z', simrun, data: { n } };
		return { source, id, key: source, line: JSON.stringify(event) };
	});
	await log.append('demo', entries);
}

describe('what is stored of a lane', () => {
	test('is nothing while the lane is empty', async () => {
		const stored = storedLane({ log: memoryLog(new HandClock(0)), query: nothing }, 'demo');
		expect(await stored.tail('r1')).toEqual([]);
		expect(await stored.openCases()).toEqual([]);
		expect(stored.head()).toBe(0);
	});

	test('ends with the newest events of a run, also behind thousands of others', async () => {
		const log = memoryLog(new HandClock(0));
		await fill(log, 'sim', 700, 'r1');
		await fill(log, 'bank', 9_000);
		await fill(log, 'other', 10, 'r2');
		const stored = storedLane({ log, query: nothing }, 'demo');
		expect((await stored.tail('r1')).map((event) => event.id)).toEqual(
			Array.from({ length: 700 }, (_, n) => `sim-${n}`)
		);
		expect(await stored.tail('r2')).toHaveLength(10);
		expect(await stored.tail('r3')).toEqual([]);
	});

	test('has as open cases of a simulator only those whose first event it sent', async () => {
		const log = memoryLog(new HandClock(0));
		await fill(log, 'sim', 2, 'r1');
		await fill(log, 'person', 1);
		const rows = ['a', 'b', 'c'].map((case_id, first) => ({ case_id, first }));
		const stored = storedLane({ log, query: async () => ({ rows }) }, 'demo');
		expect(await stored.openCases()).toEqual(['a', 'b']);
	});
});
