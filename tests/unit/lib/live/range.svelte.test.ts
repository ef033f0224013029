import { afterEach, beforeAll, expect, test } from 'vitest';
import { forBrowser } from './for-browser.ts';
import type * as Stage from './range-stage.svelte.ts';

const NOON = Date.parse('2026-11-18T12:00:00+08:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let stage: typeof Stage;
beforeAll(async () => {
	stage = await forBrowser<typeof Stage>('tests/unit/lib/live/range-stage.svelte.ts');
});
let stop = () => {};
afterEach(() => stop());

/** Beginnings of the ranges that the page has asked for, in the order of asking. */
function follow(link: string, speed: number) {
	const asked: (number | undefined)[] = [];
	const socket = {
		connected: true,
		on: () => {},
		emit: (event: string, _topic: unknown, params: { from?: number }) => {
			if (event === 'follow') asked.push(params.from);
		}
	};
	const page = stage.open(socket, link, NOON, speed);
	stop = page.stop;
	return { asked, ...page };
}

test('the last hour of a link moves on with the lane while the page stays open', () => {
	const { asked, beat } = follow('from=now-1h', 60);
	for (let second = 0; second < 600; second += 1) beat(MINUTE);
	expect(asked[0]).toBe(NOON - HOUR);
	expect(asked.at(-1)).toBeGreaterThan(NOON + 10 * HOUR - 71 * MINUTE);
	expect(asked.length).toBeLessThan(70);
});

test('a beat that changes nothing of what is asked asks nothing', () => {
	const { asked, beat } = follow('from=now-7d', 1);
	for (let second = 0; second < 60; second += 1) beat(1_000);
	expect(asked).toHaveLength(1);
});

test('a range of the past and a page without one are asked for once', () => {
	for (const [link, from] of [
		['from=1000&to=5000', 1_000],
		['', undefined]
	] as const) {
		const { asked, beat } = follow(link, 60);
		for (let hour = 0; hour < 30; hour += 1) beat(HOUR);
		expect(asked).toEqual([from]);
		stop();
	}
});

test('a paused page keeps its range and takes up the present when it goes on', () => {
	const { asked, beat, pause } = follow('from=now-1h', 60);
	pause(true);
	beat(5 * HOUR);
	expect(asked).toEqual([NOON - HOUR]);
	pause(false);
	expect(asked).toEqual([NOON - HOUR, NOON + 4 * HOUR]);
});
