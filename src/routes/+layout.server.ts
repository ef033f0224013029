import { isLane } from '#lib/domain/lane.ts';
import type { LayoutServerLoad } from './$types';

/** Every page looks at one lane: the link's, else the application's own. */
export const load: LayoutServerLoad = async ({ locals, url }) => {
	const named = url.searchParams.get('lane');
	const lane = named !== null && isLane(named) ? named : locals.app.defaultLane();
	return {
		lane,
		shell: await locals.app.views.read('shell', { lane }, locals.actor),
		actor: locals.actor,
		people: [...locals.app.people],
		theme: locals.theme,
		locale: locals.locale
	};
};
