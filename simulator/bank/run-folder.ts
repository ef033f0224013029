import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { isFileFailure, makeFolder, unusable, unwritten } from './make-folder.ts';
import { ORACLE, RUN } from './run-files.ts';

/** Names the files of a run that is not done: whoever comes after a run that was killed knows what to put away. */
const DRAFT = `${RUN}.part`;
const NAME = /^(events-\d{4}-\d{2}-\d{2}(\.\d+)?\.(ndjson|parquet)|oracle\.ndjson|run\.json)(\.\d+\.part)?$/;

/**
 * Writes a run into a folder, which is made where there is none. `files` are the names it may write beside `run.json`.
 * The files of an earlier run are put away first, by the names in its `run.json`; any other file stays as it is, and
 * where it stands in the way the run is refused. HotcardErrors `out-…` and `files-unwritten`.
 */
export async function inRunFolder<T>(folder: string, files: readonly string[], write: () => Promise<T>): Promise<T> {
	await makeFolder(folder);
	const earlier = await filesOfEarlierRuns(folder);
	for (const name of [RUN, ...files])
		if (!earlier.has(name) && (await stands(folder, name))) throw taken(join(folder, name));
	await begin(folder, earlier, files).catch((cause: unknown) => {
		throw isFileFailure(cause) ? unusable(folder, cause) : cause;
	});
	try {
		const done = await write();
		await rm(join(folder, DRAFT));
		return done;
	} catch (cause) {
		throw isFileFailure(cause) ? unwritten(folder, cause) : cause;
	}
}

async function begin(folder: string, earlier: ReadonlySet<string>, files: readonly string[]): Promise<void> {
	const all = [...new Set([...earlier, ...files, RUN])];
	await writeFile(join(folder, DRAFT), `${JSON.stringify({ files: all })}\n`);
	for (const name of earlier) await rm(join(folder, name), { force: true });
}

async function filesOfEarlierRuns(folder: string): Promise<Set<string>> {
	const [run, draft] = await Promise.all([RUN, DRAFT].map((name) => documentIn(join(folder, name))));
	const names = [...namesIn(draft)];
	// Banks have regions, and beside them what truly happened; a run.json without a seed is somebody else's.
	if (run !== undefined && Number.isInteger(run['seed']) && Array.isArray(run['files']))
		names.push(...namesIn(run), RUN, ...('regions' in run ? [ORACLE] : []));
	const there = await Promise.all(names.map((name) => isFile(folder, name)));
	return new Set(names.filter((_, at) => there[at]));
}

/** Only what a run may be called: a name never leads out of the folder. */
function namesIn(document: Record<string, unknown> | undefined): string[] {
	const { files } = document ?? {};
	if (!Array.isArray(files)) return [];
	return files.filter((name): name is string => typeof name === 'string' && NAME.test(name));
}

async function documentIn(path: string): Promise<Record<string, unknown> | undefined> {
	try {
		const value: unknown = JSON.parse(await readFile(path, 'utf8'));
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

async function stands(folder: string, name: string): Promise<boolean> {
	return (await lstat(join(folder, name)).catch(() => undefined)) !== undefined;
}

async function isFile(folder: string, name: string): Promise<boolean> {
	return (await lstat(join(folder, name)).catch(() => undefined))?.isFile() === true;
}

function taken(path: string): HotcardError {
	return new HotcardError('out-file-taken', `${path} is there already, and no earlier run wrote it`, {
		...{ place: { file: path }, remedy: 'Move it away, or name another folder.' },
		zh: { message: `${path} 已存在，且不是先前运行所写`, remedy: '请移走该文件，或指定其他目录。' }
	});
}
