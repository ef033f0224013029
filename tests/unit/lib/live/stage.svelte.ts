import { flushSync } from 'svelte';
import type { Connection } from '../../../../src/lib/live/connection.svelte.ts';
import { Feed } from '../../../../src/lib/live/feed.ts';
import { liveView, type LiveView } from '../../../../src/lib/live/live-view.svelte.ts';
import type { Snapshot } from '../../../../src/lib/protocol/topics.ts';

export { flushSync };

/** A component's worth of a followed view, over a socket that the test holds in its hand. */
export function open(socket: unknown, first: string, initial: () => Snapshot<'shell'> | undefined) {
	let lane = $state(first);
	const link = $state({
		connected: true,
		lastGood: null as number | null,
		ahead: 0,
		feed: new Feed(socket as never),
		heard: () => {}
	});
	let view!: LiveView<'shell'>;
	const stop = $effect.root(() => {
		view = liveView(
			'shell',
			() => ({ lane: lane as 'demo' }),
			initial,
			() => link as unknown as Connection
		);
	});
	flushSync();
	return {
		view,
		stop,
		follow(other: string) {
			lane = other;
			flushSync();
		},
		lose(at: number) {
			link.connected = false;
			link.lastGood = at;
			flushSync();
		}
	};
}
