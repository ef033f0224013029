import { describe, expect, test } from 'vitest';
import { HotcardError } from '../../../../src/lib/domain/error.ts';
import { validateEvent } from '../../../../src/lib/domain/events/validate.ts';
import { type ProcessProfile, readProcessProfile } from '../../../../simulator/process/profile.ts';
import { simulateProcess } from '../../../../simulator/process/simulate.ts';
import { processProfileText } from '../../../../simulator/process/write-profile.ts';
import { DESK } from './profiles.ts';

const OPTIONS = { from: '2026-03-02', days: 60, seed: 11 };
const eventsOf = (options = OPTIONS, profile = DESK) => [...simulateProcess(profile, options)].flat();
const hourOf = (time: string) => Number(time.slice(11, 13));
const weekday = (time: string) => new Date(`${time.slice(0, 10)}T00:00:00Z`).getUTCDay();

describe('a simulated process', () => {
	const events = eventsOf();

	test('is made of valid steps in order of time', () => {
		expect(events.length).toBeGreaterThan(1_000);
		for (const event of events.slice(0, 500)) expect(validateEvent(event)).toMatchObject({ ok: true });
		const times = events.map(({ time }) => Date.parse(time));
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
	});

	test('is the same for the same seed and another for another', () => {
		expect(eventsOf()).toEqual(events);
		expect(eventsOf({ ...OPTIONS, seed: 12 })).not.toEqual(events);
	});

	test('keeps its arrivals and ways when its waits change', () => {
		const slow = {
			...DESK,
			durations: DESK.durations.map((one) => ({ ...one, clock: 'wall' as const, instant: 0.9 }))
		};
		const begins = (all: typeof events) => all.filter(({ data }) => data.activity === 'ask').map(({ time }) => time);
		const ways = (all: typeof events) => Map.groupBy(all, ({ data }) => data.caseId).size;
		const other = eventsOf(OPTIONS, slow);
		expect(begins(other)).toEqual(begins(events));
		expect(ways(other)).toBe(ways(events));
		expect(other).not.toEqual(events);
	});

	test('begins the same cases whichever days are run around them', () => {
		const longer = eventsOf({ ...OPTIONS, days: 75 });
		const firsts = longer.filter(({ time }) => time < events.at(-1)!.time);
		expect(firsts).toEqual(events.filter(({ time }) => time < events.at(-1)!.time));
	});

	test('begins and works within its hours, on no weekend and no holiday', () => {
		const begins = events.filter(({ data }) => data.activity === 'ask');
		expect(begins.every(({ time }) => hourOf(time) >= 9 && hourOf(time) < 17)).toBe(true);
		expect(begins.some(({ time }) => [0, 6].includes(weekday(time)))).toBe(false);
		expect(begins.some(({ time }) => time.startsWith('2026-04-06'))).toBe(false);
		const said = events.filter(({ data }) => data.activity === 'yes');
		expect(
			said.every(({ time }) => (hourOf(time) >= 9 && hourOf(time) < 17) || time.slice(11, 19) === '17:00:00')
		).toBe(true);
	});

	test('remembers as far as its contexts go', () => {
		const cases = [...Map.groupBy(events, ({ data }) => data.caseId).values()].map((list) =>
			list.map(({ data }) => data.activity).join(' ')
		);
		const twice = cases.filter((way) => way.startsWith('ask look look'));
		expect(twice.length).toBeGreaterThan(50);
		expect(twice.every((way) => /^ask look look( no)?$/.test(way))).toBe(true);
	});

	test('is done by people who do that, on their shift where somebody is', () => {
		const monday = events.filter(({ data, time }) => data.activity === 'look' && weekday(time) === 1);
		const morning = monday.filter(({ time }) => hourOf(time) < 13);
		expect(morning.length).toBeGreaterThan(10);
		expect(new Set(morning.map(({ data }) => data.resource))).toEqual(new Set(['ann']));
		expect(events.find(({ data }) => data.activity === 'ask')?.data.resource).toBeUndefined();
	});

	test('tells beginning and end of what people take from a queue', () => {
		const work = { clock: 'working' as const, instant: 0, law: { family: 'exponential' as const, mean: 600 }, n: 1 };
		const delay = { instant: 0.5, law: { family: 'exponential' as const, mean: 300 }, n: 1 };
		const profile: ProcessProfile = {
			...DESK,
			work: [{ activity: 'look', by: 'service', others: 0, ...work, delay }]
		};
		const all = eventsOf({ ...OPTIONS, days: 20 }, profile);
		for (const event of all.slice(0, 500)) expect(validateEvent(event)).toMatchObject({ ok: true });
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		const looks = all.filter(({ data }) => data.activity === 'look');
		const starts = looks.filter(({ data }) => data.lifecycle === 'start');
		const ends = new Map(looks.filter((one) => !starts.includes(one)).map((one) => [one.id, one]));
		expect(starts.length).toBeGreaterThan(50);
		expect(starts.some(({ id }) => ends.has(id.replace('-start', '')))).toBe(true);
		for (const { id, time, data } of starts) {
			const shift = weekday(time) === 1 ? { ann: [9, 13], bob: [13, 17] } : { ann: [9, 13], bob: [0, 0] };
			const [from, to] = shift[data.resource as 'ann' | 'bob'];
			expect(hourOf(time) >= from! && hourOf(time) < to!, time).toBe(true);
			const end = ends.get(id.replace('-start', ''));
			if (end === undefined) continue;
			expect(end.time >= time).toBe(true);
			expect(end.data).toMatchObject({ resource: data.resource, lifecycle: 'complete' });
		}
		expect(eventsOf({ ...OPTIONS, days: 20 }, profile)).toEqual(all);
	});

	test('draws the same ways and arrivals whoever does the work', () => {
		const team = { activity: 'look', by: 'waiting' as const, others: 0, capacity: 12, n: 2 };
		const slow = { ...DESK, work: [team], people: DESK.people.map((one) => ({ ...one, speed: 0.5 })) };
		const waysOf = (all: typeof events) =>
			[...Map.groupBy(all, ({ data }) => data.caseId)]
				.filter(([, list]) => list.at(-1)!.data.final === true)
				.map(([id, list]) => `${id} ${list.map(({ data }) => data.activity).join(' ')}`);
		const [fast, slower] = [new Set(waysOf(events)), waysOf(eventsOf(OPTIONS, slow))];
		expect(slower.length).toBeGreaterThan(300);
		expect(slower.every((way) => fast.has(way))).toBe(true);
		expect(slower.length).toBeLessThan(fast.size);
	});

	test.each([
		['a day that is none', { from: 'soon', days: 3, seed: 1 }],
		['no days', { from: '2026-03-02', days: 0, seed: 1 }]
	])('refuses %s', (_, options) => {
		expect(() => [...simulateProcess(DESK, options)]).toThrow(HotcardError);
	});
});

describe('a process profile', () => {
	test('reads back what was written', () => {
		expect(readProcessProfile(processProfileText(DESK), 'desk.yaml')).toEqual(DESK);
	});

	test.each([
		['a wrong key', 'zone: Europe/Rome', 'zon: Europe/Rome', /desk\.yaml:\d+:1/],
		['a negative rate', 'dispersion: 0.2', 'dispersion: -0.2', /desk\.yaml:\d+:\d+ \/arrivals\/dispersion: .*0/],
		['a share above 1', 'instant: 0.1', 'instant: 1.1', /\/durations\/1\/instant/],
		['a zone nobody knows', 'zone: Europe/Rome', 'zone: Atlantis', /IANA time zone/],
		['nobody at once', 'atOnce: 1', 'atOnce: 0', /\/people\/0\/atOnce/],
		['an unknown family', 'family: gamma', 'family: delta', /desk\.yaml:\d+:\d+/],
		['no law for the rest', 'from: null\n    to: null', 'from: ask\n    to: no', /from: null, to: null/]
	])('with %s is refused by place', (_, from, to, message) => {
		const text = processProfileText(DESK).replace(from, to);
		expect(text).not.toBe(processProfileText(DESK));
		expect(() => readProcessProfile(text, 'desk.yaml')).toThrow(message);
	});
});
