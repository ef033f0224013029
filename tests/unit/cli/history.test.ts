import { expect, test } from 'vitest';
import { customersOf, EVENTS_EACH, history, historyEnd, HISTORY_START, setupEvents } from '../../bench/history.ts';
import { testDoor } from '../../support/ingest.ts';

const OPTIONS = { events: 3_000, branches: 10, days: 3, seed: 2 };
const made = [...history(OPTIONS)];

test('the history that benchmarks ask is taken by the door whole, without a refusal or a duplicate', async () => {
	const { door, stored } = testDoor();
	for (let from = 0; from < made.length; from += 500) {
		const body = `[${made
			.slice(from, from + 500)
			.map(({ entry }) => entry.line)
			.join(',')}]`;
		const answer = await door.accept({
			lane: 'live',
			contentType: 'application/cloudevents-batch+json',
			headers: {},
			body: new TextEncoder().encode(body),
			origin: 'http'
		});
		expect(answer.status, JSON.stringify(answer)).toBe(202);
	}
	expect(await stored()).toHaveLength(made.length);
});

test('the history has its size but for what lies after its end, and nothing outside its days', () => {
	const whole = setupEvents(OPTIONS) + customersOf(OPTIONS) * EVENTS_EACH;
	expect(made.length).toBeLessThan(whole);
	expect(made.length).toBeGreaterThan(whole * 0.6);
	for (const { at } of made) {
		expect(at).toBeGreaterThanOrEqual(HISTORY_START);
		expect(at).toBeLessThan(historyEnd(OPTIONS));
	}
});

test('the events of one case and of one visit keep their order', () => {
	const last = new Map<string, number>();
	for (const { at, entry } of made) {
		expect(at).toBeGreaterThanOrEqual(last.get(entry.key) ?? 0);
		if (!entry.key.startsWith('B')) last.set(entry.key, at);
	}
	expect(last.size).toBeGreaterThan(100);
});

test('the same seed makes the same history, another seed another one', () => {
	const lines = (seed: number) => [...history({ ...OPTIONS, seed })].map(({ entry }) => entry.line);
	expect(lines(2)).toEqual(made.map(({ entry }) => entry.line));
	expect(lines(3)).not.toEqual(lines(2));
});
