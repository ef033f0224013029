import { flushSync } from 'svelte';
import { Draft } from '../../../../src/lib/components/draft.svelte.ts';
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
		heardAt: null as number | null,
		reader: 0,
		ahead: 0,
		feed: new Feed(socket as never),
		heard: () => {}
	});
	let loads = $state(0);
	let view!: LiveView<'shell'>;
	const stop = $effect.root(() => {
		view = liveView(
			'shell',
			() => ({ lane: lane as 'demo' }),
			() => (loads < 0 ? undefined : initial()),
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
		hear(at: number) {
			link.heardAt = at;
			flushSync();
		},
		/** Another person reads: the socket joins again, and the page is loaded anew. */
		readAs(reader: number, load: () => void) {
			link.reader = reader;
			link.feed.forget();
			load();
			loads += 1;
			(socket as { say(event: string): void }).say('connect');
			flushSync();
		},
		lose(at: number) {
			link.connected = false;
			link.heardAt = at;
			flushSync();
		}
	};
}

/** A text that is edited while its source is told again and again. */
export function drafting(first: { body: string }) {
	let told = $state.raw(first);
	let draft!: Draft;
	const stop = $effect.root(() => {
		draft = new Draft(() => told.body);
		$effect(() => void draft.text);
	});
	flushSync();
	return {
		draft,
		stop,
		tell(next: { body: string }) {
			told = next;
			flushSync();
		}
	};
}
