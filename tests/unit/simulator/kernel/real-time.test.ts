import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { createRealTime, type RealTime, type WallClock } from '../../../../simulator/kernel/real-time.ts';

const HOUR = 3_600_000;
const fail = (error: unknown): void => {
	throw error;
};

/** A clock moved by hand. Each waking comes late by what `lateness` says, as timers do. */
class HandClock implements WallClock {
	#now = 5_000.25;
	#wakings: { at: number; callback: () => void }[] = [];
	readonly #lateness: () => number;

	constructor(lateness = (): number => 0) {
		this.#lateness = lateness;
	}

	now(): number {
		return this.#now;
	}

	after(delay: number, callback: () => void): () => void {
		const waking = { at: this.#now + delay + this.#lateness(), callback };
		this.#wakings.push(waking);
		return () => (this.#wakings = this.#wakings.filter((each) => each !== waking));
	}

	get wakings(): number {
		return this.#wakings.length;
	}

	/** Lets time pass without anybody being woken: a busy process, a lid that was closed. */
	sleep(ms: number): void {
		this.#now += ms;
	}

	pass(ms: number): void {
		const end = this.#now + ms;
		for (;;) {
			const next = this.#wakings.toSorted((a, b) => a.at - b.at)[0];
			if (next === undefined || next.at > end) break;
			this.#wakings.splice(this.#wakings.indexOf(next), 1);
			this.#now = Math.max(this.#now, next.at);
			next.callback();
		}
		this.#now = Math.max(this.#now, end);
	}
}

/** A world that notes at which outer time it does something, every so many ticks. */
function ticking(clock: WallClock, every: number): { env: Environment; at: [tick: number, ms: number][] } {
	const env = new Environment();
	const at: [number, number][] = [];
	const beat = (): void => {
		at.push([env.now, clock.now()]);
		env.call(every, beat);
	};
	env.call(every, beat);
	return { env, at };
}

function driven(
	factor = 1,
	lateness?: () => number
): { clock: HandClock; drive: RealTime } & ReturnType<typeof ticking> {
	const clock = new HandClock(lateness);
	const world = ticking(clock, 250);
	return { clock, ...world, drive: createRealTime(world.env, clock, fail, factor) };
}

describe('a world driven by a wall clock', () => {
	test.prop([fc.infiniteStream(fc.double({ min: 0, max: 15, noNaN: true }))], { numRuns: 5 })(
		'is at most one late waking behind at any time of two hours, however late each of 28,800 wakings is',
		(lateness) => {
			const { clock, drive, env, at } = driven(1, () => lateness.next().value as number);
			const began = clock.now();
			drive.resume();
			clock.pass(2 * HOUR);
			const behind = at.map(([tick, ms]) => ms - began - tick);
			expect(at.length).toBeGreaterThanOrEqual((2 * HOUR) / 250 - 1);
			expect(Math.min(...behind)).toBeGreaterThanOrEqual(0);
			// Sixteen: a waking 15 ms late, planned on the next whole ms. Per hour 50 ms are allowed.
			expect(Math.max(...behind)).toBeLessThan(16);
			expect(2 * HOUR - env.now).toBeLessThan(1_016);
			expect(drive.due()).toBe(2 * HOUR);
		}
	);

	test.each([0.1, 1, 60, 3_600])('runs ×%s', (factor) => {
		const { clock, drive, env } = driven(factor);
		drive.resume();
		clock.pass(60_000);
		drive.pause();
		expect(env.now).toBe(60_000 * factor);
	});

	test.each([0, 0.05, 3_601, NaN])('refuses the factor %s', (factor) => {
		const { drive } = driven();
		expect(() => drive.change(factor)).toThrow(`the factor ${factor} is not from 0.1 to 3600`);
	});

	test('stands still until resumed and while paused, and loses nothing by it', () => {
		const { clock, drive, env, at } = driven();
		clock.pass(1_000);
		expect([drive.paused(), env.now]).toEqual([true, 0]);
		drive.resume();
		clock.pass(600);
		drive.pause();
		expect([drive.paused(), env.now, clock.wakings]).toEqual([true, 600, 0]);
		clock.pass(HOUR);
		expect(env.now).toBe(600);
		drive.resume();
		clock.pass(400);
		expect(at.map(([tick]) => tick)).toEqual([250, 500, 750, 1_000]);
	});

	test('goes on from where it is when the factor changes, with the fraction of a tick', () => {
		const { clock, drive, env } = driven(0.1);
		drive.resume();
		for (let i = 0; i < 1_000; i++) {
			clock.pass(1.3);
			drive.change(i % 2 === 0 ? 0.3 : 0.1);
		}
		expect(drive.due()).toBeCloseTo(500 * 1.3 * 0.1 + 500 * 1.3 * 0.3, 6);
		expect(env.now).toBe(Math.floor(drive.due()));
	});

	test('takes single steps, pausing for them', () => {
		const { clock, drive, env } = driven();
		drive.resume();
		clock.pass(100);
		drive.step();
		expect([drive.paused(), env.now]).toEqual([true, 250]);
		drive.step();
		expect(env.now).toBe(500);
		drive.resume();
		clock.pass(250);
		expect(env.now).toBe(750);
	});

	test('lets somebody act at the present tick, and does at once what follows from it', () => {
		const { clock, drive, env } = driven();
		const seen: number[] = [];
		drive.resume();
		clock.pass(100);
		drive.act(() => {
			env.call(0, () => seen.push(env.now));
			env.call(40, () => seen.push(env.now));
		});
		expect(seen).toEqual([100]);
		clock.pass(50);
		expect(seen).toEqual([100, 140]);
	});

	test('an act during a pause waits for the world to go on', () => {
		const { clock, drive, env } = driven();
		const seen: number[] = [];
		drive.resume();
		clock.pass(100);
		drive.pause();
		drive.act(() => env.call(0, () => seen.push(env.now)));
		expect(seen).toEqual([]);
		drive.resume();
		expect(seen).toEqual([100]);
	});

	test('catches up after the machine has slept', () => {
		const { clock, drive, env } = driven();
		drive.resume();
		clock.sleep(HOUR);
		clock.pass(0);
		expect(env.now).toBe(HOUR);
	});

	test('gives way to others while it cannot keep up, and says how far it should be', () => {
		const clock = new HandClock();
		const env = new Environment();
		const work = (): void => {
			clock.sleep(1);
			env.call(1, work);
		};
		env.call(1, work);
		const drive = createRealTime(env, clock, fail, 60);
		drive.resume();
		clock.sleep(100);
		clock.pass(0);
		// A slice is 20 ms, and each step takes one.
		expect(env.now).toBe(20);
		expect(drive.due()).toBe((100 + 20) * 60);
		expect(clock.wakings).toBe(1);
	});

	test('pauses when the model fails, and tells', () => {
		const clock = new HandClock();
		const env = new Environment();
		env.call(5, () => {
			throw new Error('broken');
		});
		const failures: unknown[] = [];
		const drive = createRealTime(env, clock, (error) => failures.push(error));
		drive.resume();
		clock.pass(10);
		expect(failures.map(String)).toEqual(['SimulationError: broken (environment at 5, next callback)']);
		expect([drive.paused(), env.now, clock.wakings]).toEqual([true, 5, 0]);
	});

	test('knows ticks that are not milliseconds', () => {
		const clock = new HandClock();
		const { env } = ticking(clock, 1);
		const drive = createRealTime(env, clock, fail, 60, 60_000);
		drive.resume();
		clock.pass(8_000);
		expect(env.now).toBe(8);
	});
});
