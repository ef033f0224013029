import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { may, type Actor } from '../../domain/actor.ts';
import { HotcardError } from '../../domain/error.ts';
import { HOUR } from '../../domain/time.ts';

const FOLDER = 'uploads';
const ID = /^[0-9a-f-]{36}$/;
/** A file that nobody ran or put away is removed with the first upload after this long. */
const KEPT = 2 * HOUR;
export const LARGEST_UPLOAD = 2 * 1_024 ** 3;

/** Throws `forbidden` where a person may not bring in files. */
export function mayImport(actor: Actor): void {
	if (may(actor, 'import.run')) return;
	throw new HotcardError('forbidden', `a ${actor.role} may not import files`, {
		remedy: 'Ask a manager or a planner.',
		zh: { message: '当前身份无权导入文件。', remedy: '请经理或计划员办理。' }
	});
}

/** Streams an upload into the data folder. Answers its id; a file over `limit` bytes leaves nothing behind. */
export async function keepUpload(
	dataDir: string,
	name: string,
	body: globalThis.ReadableStream<Uint8Array> | null,
	limit: number = LARGEST_UPLOAD
): Promise<{ id: string; file: string }> {
	if (body === null) throw new HotcardError('bad-request', 'the upload has no body');
	const id = randomUUID();
	const folder = join(dataDir, FOLDER, id);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const file = join(folder, safeName(name));
	let bytes = 0;
	const bounded = new Transform({
		transform(chunk: Uint8Array, _, done) {
			bytes += chunk.length;
			if (bytes > limit) done(new HotcardError('too-large', `an upload may have ${limit} bytes`));
			else done(null, chunk);
		}
	});
	try {
		await pipeline(Readable.fromWeb(body as ReadableStream), bounded, createWriteStream(file, { mode: 0o600 }));
	} catch (cause) {
		await rm(folder, { recursive: true, force: true });
		throw cause;
	}
	await removeOld(dataDir, (await stat(file)).mtimeMs);
	return { id, file };
}

/** The file of an upload that is still there. */
export async function findUpload(dataDir: string, id: string): Promise<string> {
	const folder = join(dataDir, FOLDER, ID.test(id) ? id : 'none');
	const [name] = await readdir(folder).catch(() => []);
	if (name === undefined) {
		throw new HotcardError('not-found', 'this upload is not there any more', { remedy: 'Upload the file again.' });
	}
	return join(folder, name);
}

export async function dropUpload(dataDir: string, id: string): Promise<void> {
	if (ID.test(id)) await rm(join(dataDir, FOLDER, id), { recursive: true, force: true });
}

/** The end of a name tells its format, so it is kept; everything that could lead elsewhere is not. */
function safeName(name: string): string {
	const plain = basename(name).replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
	return plain.replaceAll(/^\.+/g, '').slice(-100) || 'upload';
}

async function removeOld(dataDir: string, now: number): Promise<void> {
	for (const id of await readdir(join(dataDir, FOLDER))) {
		const folder = join(dataDir, FOLDER, id);
		const found = await stat(folder).catch(() => undefined);
		if (found !== undefined && now - found.mtimeMs > KEPT) await rm(folder, { recursive: true, force: true });
	}
}
