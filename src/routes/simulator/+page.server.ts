import type { PageServerLoad } from './$types';

/** What drives the lane, and the branches that a fault may hit. */
export const load: PageServerLoad = async ({ locals, parent }) => {
	const { lane } = await parent();
	const { app, actor } = locals;
	const lab = app.lab.state(lane);
	const places = lab.driven ? (await app.views.read('places', { lane }, actor)).view.branches : [];
	return { lab, places };
};
