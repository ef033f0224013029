import type { Clock } from '../domain/time.ts';

const LONGEST = 2 ** 31 - 1;

/** The system clock: the one place of the server that asks the machine for the time. Its timers never keep a process alive. */
export const systemClock: Clock = {
	now: () => Date.now(),
	after(delay, callback) {
		const timer = setTimeout(callback, Math.min(Math.max(0, delay), LONGEST));
		timer.unref();
		return () => clearTimeout(timer);
	}
};
