import { caseLines } from '#lib/server/http/case-csv.ts';
import { isLane } from '#lib/domain/lane.ts';
import { readQuery } from '../query.ts';
import type { RequestHandler } from './$types';

/** The filtered list as CSV, without staff numbers. Read page by page while it is sent. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { app, actor } = locals;
	const named = url.searchParams.get('lane');
	const lane = named !== null && isLane(named) ? named : app.defaultLane();
	const shell = await app.views.read('shell', { lane }, actor);
	const lines = caseLines(app.views, readQuery(url.searchParams, lane, shell.view.laneNow, shell.view.speed), actor);
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { done, value } = await lines.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		cancel: () => void lines.return(undefined)
	});
	const name = `cases-${lane.replace(':', '-')}.csv`;
	return new Response(body, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` }
	});
};
