import { cellParams, heatParams, highestHour, namedHour } from '#lib/components/branches/params.ts';
import { isWriting } from '#lib/components/writing.ts';
import { isLane } from '#lib/domain/lane.ts';
import type { PageServerLoad } from './$types';

/** The chosen cell, apart from the map: it changes with every click. */
export const load: PageServerLoad = async ({ locals: { app, actor }, url: { searchParams: query } }) => {
	const branchId = query.get('branch');
	if (branchId === null) return { cell: null };
	const named = query.get('lane');
	const lane = named !== null && isLane(named) ? named : app.defaultLane();
	const shell = await app.views.read('shell', { lane }, actor);
	if (isWriting(shell.view)) return { cell: null };
	const params = heatParams(query, lane, shell.view.laneNow, shell.view.speed);
	let hourOfWeek = namedHour(query);
	if (hourOfWeek === null) {
		const { view } = await app.views.read('branches', { ...params, branch: branchId }, actor);
		if (view.branches.length === 0) return { cell: null };
		hourOfWeek = highestHour(view.values, 0);
	}
	const { laneNow, speed } = shell.view;
	const asked = cellParams({ branchId, hourOfWeek }, query, lane, laneNow, speed);
	const cell = await app.views.read('branchCell', asked, actor);
	return { cell: cell.view.branch === null ? null : cell };
};
