import type { Environment } from './environment.ts';

/** The time outside, in milliseconds that never run backwards, and a way to be woken. */
export interface WallClock {
	now(): number;
	/** Calls back once after `delay` ms; the returned function cancels. */
	after(delay: number, callback: () => void): () => void;
}

type Failed = (error: unknown) => void;
export type RealTime = ReturnType<typeof createRealTime>;

/** Without a nearer entry the world is brought up to date this often, in ms. */
const HEARTBEAT = 1_000;
/** A world that cannot keep up gives way to others after so many ms. */
const SLICE = 20;

/**
 * Moves an environment with the time outside, from a pause at first: `factor` is simulated time per time outside,
 * `tick` the ms of simulated time in a tick. Where the world should be is always counted from the last change of pace,
 * never from the last waking, so that late wakings do not add up. An error of the model pauses, and goes to `failed`.
 */
export function createRealTime(env: Environment, clock: WallClock, failed: Failed, factor = 1, tick = 1) {
	// Simulated time at the last change of pace, and the time outside: null during a pause.
	let ticks = env.now;
	let since: number | null = null;
	let cancel = (): void => undefined;

	const due = (): number => (since === null ? ticks : ticks + ((clock.now() - since) * factor) / tick);
	const countAnew = (running: boolean): void => {
		cancel();
		ticks = due();
		since = running ? clock.now() : null;
	};
	const wake = (): void => {
		cancel();
		if (since === null) return;
		try {
			const goal = Math.floor(due());
			const end = clock.now() + SLICE;
			while (env.peek() <= goal && clock.now() < end) env.step();
			if (env.peek() > goal && goal > env.now) env.run(goal);
			const gap = ((env.peek() - due()) * tick) / factor;
			cancel = clock.after(Math.min(HEARTBEAT, Math.max(0, Math.ceil(gap))), wake);
		} catch (error) {
			countAnew(false);
			failed(error);
		}
	};
	const pause = (): void => {
		wake();
		countAnew(false);
	};
	const resume = (): void => {
		if (since === null) countAnew(true);
		wake();
	};
	const change = (next: number): void => {
		if (!(next >= 0.1 && next <= 3_600))
			throw env.misuse(`the factor ${next} is not from 0.1 to 3600`, 'change of pace');
		countAnew(since !== null);
		factor = next;
		wake();
	};
	/** Pauses, and executes the next entry at once. */
	const step = (): void => {
		pause();
		env.step();
		ticks = Math.max(ticks, env.now);
	};
	/** Brings the world up to date and does something in it: the door for whoever acts on a running world. */
	const act = (action: () => void): void => {
		wake();
		action();
		wake();
	};
	change(factor);
	return { due, pause, resume, change, step, act, paused: (): boolean => since === null };
}
