import type { OverviewView } from '#lib/protocol/views.ts';
import { urlState, type Patch } from '../url-state.svelte.ts';

/** Cases that stand so now, whenever they began: the range of the page does not narrow them, its branch does. */
export const standing = (filter: Patch): string =>
	urlState.to('/cases', { branch: urlState.get('branch'), from: null, to: null, ...filter });

/** Cases that were closed in the range that the page counts over, which begins at a whole hour. */
export function closedIn({ from, to }: OverviewView['range']): string {
	const [named, end] = [urlState.get('from'), urlState.get('to')];
	const range = named === null ? { from: 'today', to: null } : { from, to: end === null || end === 'now' ? null : to };
	return standing({ status: 'closed', ...range });
}

/** Open cases of a channel that were reported within the hour that the channels count. All branches are counted together. */
export const reportedVia = (channel: string): string => urlState.to('/cases', { channel, from: 'now-1h', to: null });
