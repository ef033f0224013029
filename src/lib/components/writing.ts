import type { ShellView } from '#lib/protocol/views.ts';

/** A lane that stands still at its present while its newest event is older than this is still being filled. */
const FAR = 3_600_000;

/**
 * Whether a synthetic lane is still being filled with its history. Its time already stands at the end of it, so that every
 * case that is open on the way would look past due.
 */
export function isWriting(shell: Pick<ShellView, 'synthetic' | 'speed' | 'newest'>): boolean {
	return shell.synthetic && shell.speed === 0 && shell.newest !== null && shell.newest > FAR;
}
