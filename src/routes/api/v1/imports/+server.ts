import { answering } from '#lib/server/http/problems.ts';
import { dropUpload, keepUpload, mayImport } from '#lib/server/http/uploads.ts';
import type { RequestHandler } from './$types';

/** Takes a file as the raw body, `?name=` its name; answers its id and what is in it. Nothing enters the log yet. */
export const POST: RequestHandler = ({ request, url, locals }) =>
	answering(async () => {
		const { app, actor } = locals;
		mayImport(actor);
		const name = url.searchParams.get('name') ?? 'upload';
		const { id, file } = await keepUpload(app.config.dataDir, name, request.body);
		try {
			return { id, name, preview: await app.imports.preview(file) };
		} catch (cause) {
			await dropUpload(app.config.dataDir, id);
			throw cause;
		}
	});
