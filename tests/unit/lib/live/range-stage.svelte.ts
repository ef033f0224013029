import { flushSync } from 'svelte';
import { overviewParams } from '../../../../src/lib/components/overview/params.ts';
import { followedPresent } from '../../../../src/lib/components/present.svelte.ts';
import type { Connection } from '../../../../src/lib/live/connection.svelte.ts';
import { Feed } from '../../../../src/lib/live/feed.ts';
import { liveView } from '../../../../src/lib/live/live-view.svelte.ts';

/** A page that follows the range of its link on a lane whose present the test moves. */
export function open(socket: unknown, link: string, at: number, speed: number) {
	const lane = $state({ now: at, speed });
	let paused = $state(false);
	const joined = { connected: true, lastGood: null, ahead: 0, feed: new Feed(socket as never), heard: () => {} };
	const stop = $effect.root(() => {
		const present = followedPresent(lane, () => paused);
		liveView(
			'overview',
			() => overviewParams(new URLSearchParams(link), 'demo', present.now, present.speed),
			() => undefined,
			() => joined as unknown as Connection
		);
	});
	flushSync();
	return {
		stop,
		beat(ms: number) {
			lane.now += ms;
			flushSync();
		},
		pause(on: boolean) {
			paused = on;
			flushSync();
		}
	};
}
