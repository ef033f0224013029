import { getContext, setContext } from 'svelte';
import { browserClock, wallNow } from '#lib/live/clock.svelte.ts';
import type { ShellView } from '#lib/protocol/views.ts';

const KEY = Symbol('lane time');

/**
 * The lane's present on this screen. Runs on from the last report at the lane's speed; of the reader's clock only the time
 * since then counts, so that it may be wrong.
 */
export class LaneTime {
	readonly #shell: () => ShellView | null;
	readonly #anchor = $derived.by(() => {
		const shell = this.#shell();
		return shell === null ? null : { lane: shell.laneNow, speed: shell.speed, heard: browserClock.now() };
	});
	/** Lane time in ms; 0 while the lane is unknown. */
	readonly now = $derived.by(() => {
		const anchor = this.#anchor;
		if (anchor === null) return 0;
		return anchor.lane + Math.max(0, wallNow() - anchor.heard) * anchor.speed;
	});

	constructor(shell: () => ShellView | null) {
		this.#shell = shell;
	}

	get speed(): number {
		return this.#anchor?.speed ?? 1;
	}
}

export function provideLaneTime(shell: () => ShellView | null): LaneTime {
	return setContext(KEY, new LaneTime(shell));
}

export function laneTime(): LaneTime {
	return getContext<LaneTime>(KEY);
}
