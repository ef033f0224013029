import type { PageServerLoad } from './$types';

/** One case from its first event on; `view` is null where the lane has no such case. */
export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { lane } = await parent();
	const caseId = params.id;
	return { caseId, case: await locals.app.views.read('case', { lane, caseId }, locals.actor) };
};
