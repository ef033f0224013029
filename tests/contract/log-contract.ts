import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lane } from '../../src/lib/domain/lane.ts';
import type { Clock } from '../../src/lib/domain/time.ts';
import type { EventLog, LogBatch, LogEntry, ReadOptions } from '../../src/lib/server/log/port.ts';

/** What a test needs to try an adapter: a new, empty log each time, and a way to clean up after it. */
export interface LogUnderTest {
	open(clock: Clock): Promise<EventLog>;
	dispose(): Promise<void>;
}

export const testClock = (): Clock & { time: number } => ({
	time: 1_790_000_000_000,
	now() {
		return this.time;
	},
	after: () => () => {}
});

/** An event as a line; `text` makes it as long as the test wants. */
export function entry(id: string, source = '/bank/a', key = 'case/1', text = ''): LogEntry {
	const event = { specversion: '1.0', id, source, type: 'com.hotcard.case.closed.v1', time: '2026-11-22T10:00:00Z' };
	return { source, id, key, line: JSON.stringify({ ...event, subject: key, data: { caseId: key, text } }) };
}

export const entries = (from: number, count: number): LogEntry[] =>
	Array.from({ length: count }, (_, i) => entry(`e${from + i}`));

export interface ReadEvent {
	offset: number;
	lane: Lane;
	id: string;
	source: string;
}

export function eventsOf(batch: LogBatch): ReadEvent[] {
	const lines = new TextDecoder().decode(batch.lines).split('\n');
	expect(lines.pop()).toBe('');
	expect(lines.length).toBe(batch.count);
	return lines.map((line, i) => {
		const { id, source } = JSON.parse(line) as { id: string; source: string };
		return { offset: batch.first + i, lane: batch.lane, id, source };
	});
}

export async function readAll(log: EventLog, from = 0, options?: ReadOptions): Promise<ReadEvent[]> {
	const all: ReadEvent[] = [];
	for await (const batch of log.read(from, options)) all.push(...eventsOf(batch));
	return all;
}

const LANES: Lane[] = ['live', 'demo', 'drill:a', 'whatif:b'];
const appendsArbitrary = fc.array(
	fc.record({
		lane: fc.constantFrom(...LANES),
		ids: fc.array(fc.record({ source: fc.constantFrom('/a', '/b'), no: fc.nat(30) }), { maxLength: 12 })
	}),
	{ maxLength: 12 }
);

/** The promises of `EventLog`. Every adapter must keep them all. */
export function logContract(name: string, make: () => LogUnderTest): void {
	describe(`the event log contract, kept by the ${name} log`, () => {
		let subject: LogUnderTest;
		let log: EventLog;
		const clock = testClock();
		beforeEach(async () => {
			subject = make();
			log = await subject.open(clock);
		});
		afterEach(async () => {
			await log.close();
			await subject.dispose();
		});

		it('starts empty at offset 0', async () => {
			expect(log.head()).toBe(0);
			expect(await readAll(log)).toEqual([]);
			expect(await log.at(0)).toBeUndefined();
			expect(await log.lanes()).toEqual([]);
			expect(log.health()).toEqual({ ok: true });
		});

		it('gives consecutive offsets in the order of the append', async () => {
			expect(await log.append('live', entries(0, 3))).toEqual({ offsets: [0, 1, 2], accepted: 3, duplicates: 0 });
			expect((await log.append('live', entries(3, 2))).offsets).toEqual([3, 4]);
			expect(log.head()).toBe(5);
			expect((await readAll(log)).map(({ id }) => id)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
		});

		it('takes an empty append without a trace', async () => {
			expect(await log.append('live', [])).toEqual({ offsets: [], accepted: 0, duplicates: 0 });
			expect(log.head()).toBe(0);
		});

		it('keeps the order of appends that were made without waiting', async () => {
			await Promise.all(Array.from({ length: 40 }, (_, i) => log.append('live', entries(i * 5, 5))));
			const read = await readAll(log);
			expect(read.map(({ offset }) => offset)).toEqual(Array.from({ length: 200 }, (_, i) => i));
			expect(read.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => `e${i}`));
		});

		it('knows an event again by lane, source and id, and only by all three', async () => {
			await log.append('live', [entry('x', '/a')]);
			expect(await log.append('live', [entry('x', '/a')])).toEqual({ offsets: [-1], accepted: 0, duplicates: 1 });
			expect((await log.append('live', [entry('x', '/b')])).accepted).toBe(1);
			expect((await log.append('demo', [entry('x', '/a')])).accepted).toBe(1);
			expect((await log.append('live', [entry('y', '/a')])).accepted).toBe(1);
			expect(log.head()).toBe(4);
		});

		it('does not confuse source and id where their border moves', async () => {
			expect((await log.append('live', [entry('bc', 'a'), entry('c', 'ab'), entry('', 'abc')])).accepted).toBe(3);
		});

		it('drops the second of two equal events in one append and in two that share a commit', async () => {
			const answer = await log.append('live', [entry('a'), entry('b'), entry('a'), entry('c')]);
			expect(answer).toEqual({ offsets: [0, 1, -1, 2], accepted: 3, duplicates: 1 });
			const [one, two] = await Promise.all([log.append('live', [entry('d')]), log.append('live', [entry('d')])]);
			expect(one.duplicates + two.duplicates).toBe(1);
			expect((await readAll(log)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
		});

		it('stores text of every script as it is', async () => {
			const odd = entry('字\u0000"\\\n', '源/é', 'case/挂失', '补卡 🂡 \u2028');
			await log.append('live', [odd, entry('after')]);
			const found = await log.at(0);
			expect(found?.event).toEqual(JSON.parse(odd.line));
			expect((await log.append('live', [odd])).duplicates).toBe(1);
		});

		it('finds the one event at an offset, with its lane and the time it was recorded', async () => {
			await log.append('live', entries(0, 10));
			clock.time += 5_000;
			await log.append('demo', entries(0, 10));
			const found = await log.at(13);
			expect(found).toMatchObject({ lane: 'demo', recordedAt: clock.time, event: { id: 'e3' } });
			expect(await log.at(20)).toBeUndefined();
			expect(await log.at(-1)).toBeUndefined();
		});

		it('cuts what is read at the offsets that were asked for', async () => {
			await log.append('live', entries(0, 7));
			await log.append('demo', entries(0, 7));
			await log.append('live', entries(7, 7));
			for (let from = 0; from <= 22; from++)
				for (const until of [undefined, 0, 3, 7, 10, 14, 18, 21, 50]) {
					const read = await readAll(log, from, until === undefined ? {} : { until });
					const end = Math.min(until ?? 21, 21);
					expect(read.map(({ offset }) => offset)).toEqual(
						Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i)
					);
				}
			const live = await readAll(log, 3, { lane: 'live', until: 16 });
			expect(live.map(({ offset }) => offset)).toEqual([3, 4, 5, 6, 14, 15]);
		});

		it('reads up to the head of the moment the read began, while more is appended', async () => {
			for (let i = 0; i < 10; i++) await log.append('live', entries(i * 10, 10));
			const seen: number[] = [];
			for await (const batch of log.read(0)) {
				seen.push(...eventsOf(batch).map(({ offset }) => offset));
				await log.append('live', entries(1_000 + seen.length * 10, 3));
			}
			expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i));
		});

		it('tells of every commit once, in order and complete, until the listener leaves', async () => {
			const heard: ReadEvent[] = [];
			const stop = log.onCommit((batch) => {
				expect(batch.first).toBe(heard.length);
				heard.push(...eventsOf(batch));
			});
			await Promise.all(
				Array.from({ length: 30 }, (_, i) => log.append(LANES[i % 3]!, [...entries(i * 4, 4), entry('again')]))
			);
			expect(heard).toEqual(await readAll(log));
			stop();
			await log.append('live', entries(9_000, 1));
			expect(heard.length).toBe(log.head() - 1);
		});

		it('stores an append of twelve thousand events whole', async () => {
			const answer = await log.append('live', entries(0, 12_000));
			expect(answer.accepted).toBe(12_000);
			expect((await readAll(log)).map(({ id }) => id)).toEqual(Array.from({ length: 12_000 }, (_, i) => `e${i}`));
			expect((await log.at(11_999))?.event.id).toBe('e11999');
			const again = await log.append('live', [...entries(5_990, 20), entry('new')]);
			expect(again).toMatchObject({ accepted: 1, duplicates: 20 });
		});

		it('counts its lanes', async () => {
			await log.append('live', entries(0, 3));
			await log.append('demo', entries(0, 2));
			await log.append('live', entries(2, 2));
			expect(await log.lanes()).toEqual([
				{ lane: 'live', events: 4, first: 0, last: 5 },
				{ lane: 'demo', events: 2, first: 3, last: 4 }
			]);
		});

		it('rejects appends once it is closed, and keeps those made before', async () => {
			const last = log.append('live', entries(0, 1));
			await log.close();
			expect((await last).accepted).toBe(1);
			await expect(log.append('live', entries(1, 1))).rejects.toMatchObject({ code: 'log-closed' });
			expect(log.health().ok).toBe(false);
			await expect(log.close()).resolves.toBeUndefined();
		});

		it('never lets an event into another lane and drops exactly the duplicates, whatever is appended', async () => {
			await fc.assert(
				fc.asyncProperty(appendsArbitrary, fc.boolean(), async (appends, together) => {
					const fresh = make();
					const tried = await fresh.open(clock);
					const expected = new Map<Lane, string[]>(LANES.map((lane) => [lane, []]));
					const run = async ({ lane, ids }: (typeof appends)[number]) => {
						const given = ids.map(({ source, no }) => entry(`n${no}`, source));
						return tried.append(lane, given);
					};
					const answers = together ? await Promise.all(appends.map(run)) : [];
					if (!together) for (const append of appends) answers.push(await run(append));
					appends.forEach(({ lane, ids }, a) => {
						ids.forEach(({ source, no }, i) => {
							const name = `${source} n${no}`;
							const known = expected.get(lane)!.includes(name);
							expect(answers[a]!.offsets[i]! < 0).toBe(known);
							if (!known) expected.get(lane)!.push(name);
						});
					});
					for (const lane of LANES) {
						const read = await readAll(tried, 0, { lane });
						expect(read.every((event) => event.lane === lane)).toBe(true);
						expect(read.map(({ source, id }) => `${source} ${id}`)).toEqual(expected.get(lane));
					}
					const all = await readAll(tried);
					expect(all.map(({ offset }) => offset)).toEqual(Array.from({ length: tried.head() }, (_, i) => i));
					await tried.close();
					await fresh.dispose();
				}),
				{ numRuns: 25 }
			);
		});
	});
}
