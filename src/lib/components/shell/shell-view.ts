import { getContext, setContext } from 'svelte';
import type { ShellView } from '#lib/protocol/views.ts';

const KEY = Symbol('shell view');

/** What stands around every page, as it is now. What a page was loaded with is of the first page that was opened. */
export interface LiveShell {
	readonly view: ShellView;
}

export function provideShell(view: () => ShellView): LiveShell {
	const shell = {
		get view() {
			return view();
		}
	};
	return setContext(KEY, shell);
}

export function liveShell(): LiveShell {
	return getContext<LiveShell>(KEY);
}
