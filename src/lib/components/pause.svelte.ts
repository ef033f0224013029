import { untrack } from 'svelte';
import { urlState } from './url-state.svelte.ts';

/** Holds a followed view still while the link says so. Call it while a component starts. */
export function pausedByLink(view: { pause(): void; resume(): void }): void {
	$effect(() => {
		const paused = urlState.has('paused');
		untrack(() => (paused ? view.pause() : view.resume()));
	});
}
