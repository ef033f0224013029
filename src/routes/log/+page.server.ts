import { isWriting } from '#lib/components/writing.ts';
import type { PageServerLoad } from './$types';
import { readQuery } from './query.ts';

/** The newest events, or those before an offset. */
export const load: PageServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const query = readQuery(url.searchParams, lane);
	// While a history is written nothing can be asked of it for a while: the page stands at once and is told later.
	if (isWriting(shell.view)) {
		const view = { head: shell.view.offset, total: shell.view.offset, rows: [], next: null };
		return { query, log: { ...shell, topic: 'log' as const, view } };
	}
	return { query, log: await locals.app.views.read('log', query, locals.actor) };
};
