import type { Clock } from '#lib/domain/time.ts';
import { createSubscriber } from 'svelte/reactivity';

/** The browser's clock: the one place of the browser code that asks the machine for the time. */
export const browserClock: Clock = {
	now: () => Date.now(),
	after(delay, callback) {
		const timer = setTimeout(callback, delay);
		return () => clearTimeout(timer);
	}
};

/** One beat a second for everything on the page that ages or counts down. */
const beat = createSubscriber((update) => {
	const timer = setInterval(update, 1_000);
	return () => clearInterval(timer);
});

/** Wall time in ms; what reads it in a template or an effect is refreshed every second. */
export function wallNow(): number {
	beat();
	return Date.now();
}

/**
 * The present of a lane in ms, carried forward from what the server last said. `ahead` is how far the server's wall clock
 * is before the browser's, in ms (`feed().ahead`).
 */
export function laneTime(shell: { laneNow: number; serverNow: number; speed: number }, ahead = 0): number {
	const since = Math.max(0, wallNow() + ahead - shell.serverNow);
	return shell.laneNow + since * shell.speed;
}
