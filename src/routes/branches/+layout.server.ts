import { mapParams, unwritten } from '#lib/components/branches/params.ts';
import { isWriting } from '#lib/components/writing.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url, parent }) => {
	const { lane, shell } = await parent();
	const params = mapParams(url.searchParams, lane, shell.view.laneNow, shell.view.speed);
	// While a history is written nothing can be asked of it for a while: the page stands at once and is told later.
	if (isWriting(shell.view)) return { branches: { ...shell, topic: 'branches' as const, view: unwritten(params) } };
	return { branches: await locals.app.views.read('branches', params, locals.actor) };
};
