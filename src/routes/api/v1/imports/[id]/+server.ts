import { HotcardError } from '#lib/domain/error.ts';
import { isLane } from '#lib/domain/lane.ts';
import { answering } from '#lib/server/http/problems.ts';
import { dropUpload, findUpload, mayImport } from '#lib/server/http/uploads.ts';
import type { RequestHandler } from './$types';

/** Imports an upload: `{mapping, lane}`. The file goes once it is in; after a failure it stays for another try. */
export const POST: RequestHandler = ({ request, params, locals }) =>
	answering(async () => {
		const { app, actor } = locals;
		mayImport(actor);
		const { mapping, lane } = (await request.json().catch(() => ({}))) as { mapping?: unknown; lane?: unknown };
		if (typeof mapping !== 'string' || typeof lane !== 'string' || !isLane(lane)) {
			throw new HotcardError('bad-request', 'expected {"mapping": "<YAML>", "lane": "live|demo|drill:…|whatif:…"}');
		}
		const file = await findUpload(app.config.dataDir, params.id);
		const summary = await app.imports.run(file, mapping, { lane, actor });
		await dropUpload(app.config.dataDir, params.id);
		return summary;
	});

/** Puts an upload away without importing it. */
export const DELETE: RequestHandler = ({ params, locals }) =>
	answering(() => {
		mayImport(locals.actor);
		return dropUpload(locals.app.config.dataDir, params.id);
	});
