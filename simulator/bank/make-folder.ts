import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HotcardError } from '../../src/lib/domain/error.ts';

const DENIED: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);
const NOWHERE: ReadonlySet<string> = new Set([
	'ENOENT',
	'ENOTDIR',
	'EISDIR',
	'EEXIST',
	'ENAMETOOLONG',
	'ELOOP',
	'EINVAL'
]);
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Makes a folder and those above it that are missing, one after the other: where a file system takes no folders, as
 * /proc does, Node's recursive mkdir tries for ever. HotcardError `out-…` where the path is no good, `files-unwritten` else.
 */
export async function makeFolder(folder: string): Promise<void> {
	const missing: string[] = [];
	for (let at = folder; ; at = dirname(at)) {
		const found = await stat(at).catch((cause: unknown) => {
			const code = codeOf(cause);
			if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
			throw unusable(at, cause);
		});
		if (found?.isDirectory() === true) break;
		if (found !== undefined) throw notAFolder(at);
		missing.push(at);
	}
	for (const at of missing.reverse())
		await mkdir(at).catch(async (cause: unknown) => {
			const made = codeOf(cause) === 'EEXIST' && (await stat(at).catch(() => undefined))?.isDirectory();
			if (made !== true) throw unusable(at, cause);
		});
}

/** Whether it is the file system that failed, and not the program. */
export function isFileFailure(cause: unknown): boolean {
	return codeOf(cause) !== '' && typeof (cause as { syscall?: unknown }).syscall === 'string';
}

/** What to say where a folder that was asked for cannot be made or written at all. */
export function unusable(path: string, cause: unknown): HotcardError {
	const code = codeOf(cause);
	if (!DENIED.has(code) && !NOWHERE.has(code)) return unwritten(path, cause);
	const denied = DENIED.has(code);
	return new HotcardError(
		denied ? 'out-denied' : 'out-unusable',
		denied ? `you may not write in ${path} (${code})` : `no folder can be made or written at ${path} (${code})`,
		{
			...{ cause, place: { file: path }, remedy: 'Name a folder that you may write.' },
			zh: {
				message: denied ? `无权写入 ${path}（${code}）` : `无法在 ${path} 创建或写入目录（${code}）`,
				remedy: '请指定一个可写的目录。'
			}
		}
	);
}

/** What to say where writing failed under way. */
export function unwritten(path: string, cause: unknown): HotcardError {
	const full = FULL.has(codeOf(cause));
	const why = cause instanceof Error ? cause.message : String(cause);
	return new HotcardError('files-unwritten', `cannot write into ${path}${full ? ', its disk is full' : ''}: ${why}`, {
		...{ cause, place: { file: path } },
		remedy: full
			? 'Make room on its disk, or name a folder on another one.'
			: 'Check the folder and its disk, and repeat.',
		zh: {
			message: `无法写入 ${path}${full ? '，磁盘已满' : ''}：${why}`,
			remedy: full ? '请清理磁盘空间，或指定其他磁盘上的目录。' : '请检查该目录及其磁盘后重试。'
		}
	});
}

function notAFolder(path: string): HotcardError {
	return new HotcardError('out-not-a-folder', `${path} is a file, not a folder`, {
		...{ place: { file: path }, remedy: 'Name a folder; it is made where there is none yet.' },
		zh: { message: `${path} 是文件，不是目录`, remedy: '请指定目录；不存在时会自动创建。' }
	});
}

function codeOf(cause: unknown): string {
	const { code } = (cause ?? {}) as { code?: unknown };
	return typeof code === 'string' ? code : '';
}
