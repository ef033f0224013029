import { untrack } from 'svelte';

/** Lane time in ms and how fast it runs. */
export interface Present {
	readonly now: number;
	readonly speed: number;
}

/** The lane's present as far as a page follows it: it stands still while the page is paused. Call it while a component starts. */
export function followedPresent(lane: Present, paused: () => boolean): Present {
	const still = $derived(paused());
	const now = $derived(still ? untrack(() => lane.now) : lane.now);
	return {
		get now() {
			return now;
		},
		get speed() {
			return lane.speed;
		}
	};
}
