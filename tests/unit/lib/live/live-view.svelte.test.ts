import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { browserClock } from '../../../../src/lib/live/clock.svelte.ts';
import { diff } from '../../../../src/lib/protocol/patch.ts';
import type { Snapshot } from '../../../../src/lib/protocol/topics.ts';
import { forBrowser } from './for-browser.ts';
import type * as Stage from './stage.svelte.ts';

type Handler = (value?: unknown) => void;
type Answer = (answer: unknown) => void;

/** The far end of a socket: keeps what was asked, says what the test wants. */
class HandSocket {
	connected = true;
	readonly asked: { topic: string; params: { lane: string }; answer: Answer }[] = [];
	readonly left: string[] = [];
	readonly #handlers = new Map<string, Handler[]>();
	on(event: string, handler: Handler): void {
		this.#handlers.set(event, [...(this.#handlers.get(event) ?? []), handler]);
	}
	emit(event: string, ...values: unknown[]): void {
		if (event === 'unfollow') this.left.push(values[0] as string);
		else this.asked.push({ topic: values[0], params: values[1], answer: values[2] } as (typeof this.asked)[number]);
	}
	say(event: string, value?: unknown): void {
		for (const handler of this.#handlers.get(event) ?? []) handler(value);
	}
}

let stage: typeof Stage;
beforeAll(async () => {
	stage = await forBrowser<typeof Stage>('tests/unit/lib/live/stage.svelte.ts');
});

let frames: (() => void)[] = [];
let stop = () => {};
beforeEach(() => {
	frames = [];
	globalThis.requestAnimationFrame = (callback) => frames.push(() => callback(0));
	globalThis.cancelAnimationFrame = (id) => {
		frames[id - 1] = () => {};
	};
});
afterEach(() => stop());

const browserNow = () => browserClock.now();

function frame(): void {
	for (const run of frames.splice(0)) run();
	stage.flushSync();
}

const state = (version: number, view: unknown) =>
	({ topic: 'shell', version, offset: version, at: 0, view }) as unknown as Snapshot<'shell'>;

function open(lane: string, first?: Snapshot<'shell'> | (() => Snapshot<'shell'>)) {
	const socket = new HandSocket();
	const set = stage.open(socket, lane, typeof first === 'function' ? first : () => first);
	stop = set.stop;
	const answer = (at: number, room: string, snapshot: unknown) => socket.asked[at]!.answer({ room, snapshot });
	return { socket, answer, ...set };
}

test('a view shows what the page was loaded with, then the state, then every delta at the next frame', () => {
	const { socket, view, answer } = open('demo', state(1, { open: 1, newest: null }));
	expect(view.current).toEqual({ open: 1, newest: null });
	answer(0, 'r1', state(4, { open: 2, newest: 7, rows: [1, 2] }));
	expect(view.current).toEqual({ open: 1, newest: null });
	frame();
	expect([view.version, view.current]).toEqual([4, { open: 2, newest: 7, rows: [1, 2] }]);
	const after = { open: 3, newest: null, rows: [2] };
	const patch = diff(view.current, after);
	socket.say('delta', JSON.stringify({ room: 'r1', from: 4, version: 5, offset: 9, at: 0, patch }));
	expect(view.version).toBe(4);
	frame();
	expect([view.version, view.offset, view.current]).toEqual([5, 9, after]);
	expect(socket.asked).toHaveLength(1);
});

test('many deltas between two frames make one change, the newest', () => {
	const { socket, view, answer } = open('demo');
	expect(view.current).toBeUndefined();
	expect(view.age).toBeNull();
	answer(0, 'r1', state(1, { n: 1 }));
	for (let n = 2; n <= 50; n += 1) {
		socket.say('delta', JSON.stringify({ room: 'r1', from: n - 1, version: n, offset: n, at: 0, patch: { n } }));
	}
	expect(frames).toHaveLength(1);
	frame();
	expect(view.current).toEqual({ n: 50 });
});

test('a gap asks for the whole view and an old delta changes nothing', () => {
	const { socket, view, answer } = open('demo');
	answer(0, 'r1', state(5, { n: 5 }));
	socket.say('delta', JSON.stringify({ room: 'r1', from: 3, version: 4, offset: 4, at: 0, patch: { n: 4 } }));
	expect(socket.asked).toHaveLength(1);
	socket.say('delta', JSON.stringify({ room: 'r1', from: 7, version: 8, offset: 8, at: 0, patch: { n: 8 } }));
	expect(socket.asked).toHaveLength(2);
	frame();
	expect(view.current).toEqual({ n: 5 });
	answer(1, 'r1', state(9, { n: 9 }));
	frame();
	expect(view.current).toEqual({ n: 9 });
});

test('other parameters leave the old room and follow the new one', () => {
	const { socket, view, answer, follow } = open('demo');
	answer(0, 'r1', state(1, { lane: 'demo' }));
	frame();
	follow('live');
	expect(socket.left).toEqual(['r1']);
	expect(socket.asked.map(({ params }) => params.lane)).toEqual(['demo', 'live']);
	socket.say('delta', JSON.stringify({ room: 'r1', from: 1, version: 2, offset: 2, at: 0, patch: { lane: 'late' } }));
	answer(1, 'r2', state(1, { lane: 'live' }));
	frame();
	expect(view.current).toEqual({ lane: 'live' });
});

test('a pause holds changes back and says so; going on shows the newest', () => {
	const { socket, view, answer } = open('demo');
	answer(0, 'r1', state(1, { n: 1 }));
	frame();
	view.pause();
	socket.say('delta', JSON.stringify({ room: 'r1', from: 1, version: 2, offset: 2, at: 0, patch: { n: 2 } }));
	frame();
	expect([view.current, view.behind]).toEqual([{ n: 1 }, true]);
	view.resume();
	expect([view.current, view.behind]).toEqual([{ n: 2 }, false]);
});

test('a new connection asks for every view again, and a problem is told without losing what is shown', () => {
	const { socket, view, answer } = open('demo', state(1, { n: 1 }));
	answer(0, 'r1', state(2, { n: 2 }));
	frame();
	socket.say('connect');
	expect(socket.asked).toHaveLength(2);
	socket.asked[1]!.answer({ problem: { code: 'no-lane', detail: 'gone' } });
	expect(view.error).toEqual({ code: 'no-lane', detail: 'gone' });
	expect(view.current).toEqual({ n: 2 });
	view.retry();
	answer(2, 'r9', state(1, { n: 3 }));
	frame();
	expect([view.error, view.current]).toEqual([null, { n: 3 }]);
});

test('the age is nothing while the view is followed and grows from the last good moment after', () => {
	const { view, hear, lose, answer } = open('demo');
	answer(0, 'r1', state(1, { n: 1 }));
	frame();
	hear(browserNow());
	expect(view.age).toBe(0);
	lose(1_000);
	expect(view.connected).toBe(false);
	expect(view.age).toBeGreaterThan(1_000_000);
});

test('a connection on which the engine is silent makes the view as old as its last word', () => {
	const { view, hear, answer } = open('demo');
	answer(0, 'r1', state(1, { n: 1 }));
	frame();
	hear(browserNow() - 4_000);
	expect(view.age).toBe(0);
	hear(browserNow() - 12_000);
	expect(view.connected).toBe(true);
	expect(view.age).toBeGreaterThanOrEqual(12_000);
});

test('a paused view still takes its first state and what was turned to since', () => {
	const { socket, view, answer, follow } = open('demo');
	view.pause();
	answer(0, 'r1', state(1, { n: 1 }));
	frame();
	expect([view.current, view.behind]).toEqual([{ n: 1 }, false]);
	follow('live');
	answer(1, 'r2', state(1, { n: 10 }));
	frame();
	expect([view.current, view.behind]).toEqual([{ n: 10 }, false]);
	socket.say('delta', JSON.stringify({ room: 'r2', from: 1, version: 2, offset: 2, at: 0, patch: { n: 11 } }));
	frame();
	expect([view.current, view.behind]).toEqual([{ n: 10 }, true]);
});

test('what was shown to another person gives way to what the page was loaded with for the new one', () => {
	let first = state(1, { body: 'loaded for the manager' });
	const { view, answer, readAs } = open('demo', () => first);
	answer(0, 'r1', state(2, { body: 'told the manager' }));
	frame();
	view.pause();
	readAs(1, () => (first = state(1, { body: '' })));
	expect(view.current).toEqual({ body: '' });
	answer(1, 'r2', state(1, { body: 'told the viewer' }));
	frame();
	expect(view.current).toEqual({ body: 'told the viewer' });
});

test('a draft begins anew with another text, not with another object that says the same', () => {
	const { draft, tell, stop: end } = stage.drafting({ body: '{"channel":"pigeon"}' });
	draft.text = '{"channel":"counter"}';
	tell({ body: '{"channel":"pigeon"}' });
	expect(draft.text).toBe('{"channel":"counter"}');
	tell({ body: '{}' });
	expect(draft.text).toBe('{}');
	end();
});
