import { json } from '@sveltejs/kit';
import type { Lane } from '#lib/domain/lane.ts';
import { answerProblem } from '#lib/server/http/problems.ts';
import { problemOf, problemResponse } from '#lib/server/http/words.ts';
import type { Application } from '#lib/server/application.ts';
import type { RequestHandler } from './$types';

type Control = (app: Application, args: Record<string, unknown>) => Promise<unknown>;

/** What the command line asks of a running server, under the words it uses itself. */
const CONTROLS: Record<string, Control> = {
	query: (app, { sql, limit }) => app.query(String(sql), Number(limit)),
	verify: (app) => app.verify(),
	rebuild: (app) => app.rebuild(),
	import: (app, { file, mapping, mappingFile, lane }) =>
		app.imports.run(String(file), String(mapping), {
			lane: lane as Lane | undefined,
			mappingFile: String(mappingFile)
		}),
	export: (app, args) => app.exportLog(args as unknown as Parameters<Application['exportLog']>[0])
};

const NO_TOKEN = { detail: 'the control token is missing or wrong', detailZh: '控制令牌缺少或有误' };

/** Only who can read the data folder knows the token; see control-file.ts. */
export const POST: RequestHandler = async ({ request, params, locals }) => {
	if (request.headers.get('x-hotcard-control') !== 'yes') return problemResponse(403, problemOf('forbidden', NO_TOKEN));
	const control = Object.hasOwn(CONTROLS, params.command) ? CONTROLS[params.command] : undefined;
	if (control === undefined)
		return problemResponse(404, problemOf('unknown-command', { detail: `no control command ${params.command}` }));
	try {
		return json(await control(locals.app, (await request.json()) as Record<string, unknown>));
	} catch (error) {
		return answerProblem(error);
	}
};
