import { describe, expect, test } from 'vitest';
import { HotcardError } from '../../../../src/lib/domain/error.ts';
import { validateEvent } from '../../../../src/lib/domain/events/validate.ts';
import { readProcessProfile } from '../../../../simulator/process/profile.ts';
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
		['an unknown family', 'family: gamma', 'family: delta', /desk\.yaml:\d+:\d+/],
		['no law for the rest', 'from: null\n    to: null', 'from: ask\n    to: no', /from: null, to: null/]
	])('with %s is refused by place', (_, from, to, message) => {
		const text = processProfileText(DESK).replace(from, to);
		expect(text).not.toBe(processProfileText(DESK));
		expect(() => readProcessProfile(text, 'desk.yaml')).toThrow(message);
	});
});
