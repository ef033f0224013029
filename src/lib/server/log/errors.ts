import { type ErrorWords, HotcardError } from '../../domain/error.ts';
import type { Recording } from './port.ts';

/** What crosses the thread boundary instead of an error object. */
export interface Failure {
	code: string;
	message: string;
	remedy: string;
	zh?: ErrorWords;
}

export const toFailure = (error: unknown): Failure =>
	error instanceof HotcardError
		? { code: error.code, message: error.message, remedy: error.remedy, zh: error.zh }
		: { code: 'log-broken', message: error instanceof Error ? error.message : String(error), remedy: '' };

export const fromFailure = (failure: Failure): HotcardError =>
	new HotcardError(failure.code, failure.message, {
		remedy: failure.remedy,
		...(failure.zh === undefined ? {} : { zh: failure.zh })
	});

/** What the log says of itself while it takes nothing. */
export const refusing = ({ message, zh }: HotcardError): Recording => ({
	ok: false,
	reason: message,
	...(zh.message === undefined ? {} : { reasonZh: zh.message })
});

export const logClosed = (): HotcardError =>
	new HotcardError('log-closed', 'The event log is closed.', {
		remedy: 'Start the application again.',
		zh: { message: '事件日志已关闭', remedy: '请重新启动应用。' }
	});

export const dataLocked = (dir: string, cause?: unknown): HotcardError =>
	new HotcardError('data-locked', `Another process writes to the data folder ${dir}.`, {
		cause,
		remedy: 'Stop that process, send the events to its API (POST /api/v1/events), or name another folder with --data.',
		zh: {
			message: `另一个进程正在写数据目录 ${dir}`,
			remedy: '请停止该进程，或把事件发到它的接口（POST /api/v1/events），或用 --data 指定其他目录。'
		}
	});

export const dataMissing = (dir: string, cause?: unknown): HotcardError =>
	new HotcardError('data-missing', `There is no event log in the data folder ${dir}.`, {
		cause,
		remedy: 'Name the folder with --data, or bring events in first: hotcard import, or npm start.',
		zh: {
			message: `数据目录 ${dir} 中没有事件日志`,
			remedy: '请用 --data 指定目录，或先写入事件：hotcard import，或 npm start。'
		}
	});

const readOnly = (dir: string, cause: unknown): HotcardError =>
	new HotcardError('data-readonly', `The data folder ${dir} cannot be written to.`, {
		cause,
		remedy: 'Give the user of this process write permission, or name another folder with --data.',
		zh: { message: `数据目录 ${dir} 不可写`, remedy: '请授予本进程的用户写权限，或用 --data 指定其他目录。' }
	});

const full = (cause: unknown, what = 'has no room for more events', zh = '磁盘空间不足'): HotcardError =>
	new HotcardError('log-full', `The disk ${what}; nothing of this batch was stored.`, {
		cause,
		remedy:
			'Free disk space. The log takes events again by itself as soon as there is room; send the batch again then.',
		zh: { message: `${zh}，本批没有写入`, remedy: '请释放磁盘空间。有空间后日志会自动恢复接收，届时请重发本批。' }
	});

/** Failures that pass by themselves, or once somebody has acted on the machine: whatever waits may be tried again. */
export const PASSING: ReadonlySet<string> = new Set(['log-full', 'data-locked', 'data-readonly']);

/** SQLite's primary result codes that we can explain. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Turns a failure of SQLite or of the file system into an error that says what to do. */
export function explain(error: unknown, dir: string): unknown {
	if (error instanceof HotcardError) return error;
	const code = sqliteCode(error);
	const system = (error as { code?: unknown } | null)?.code;
	if (code === FULL || system === 'ENOSPC') return full(error);
	if (code === IOERR) return full(error, `could not be written to (${(error as Error).message})`, '磁盘无法写入');
	if (code === BUSY || code === LOCKED) return dataLocked(dir, error);
	if (code === READONLY || code === CANTOPEN) return readOnly(dir, error);
	if (system === 'EACCES' || system === 'EROFS' || system === 'EPERM') return readOnly(dir, error);
	if (code === CORRUPT || code === NOTADB)
		return new HotcardError('log-corrupt', `The log file in ${dir} is damaged: ${(error as Error).message}.`, {
			cause: error,
			remedy: 'Stop the application and restore the folder from a copy; every other file in it can be rebuilt.',
			zh: { message: `${dir} 中的日志文件已损坏`, remedy: '请停止应用并从备份恢复该目录；其余文件均可重建。' }
		});
	return error;
}

function sqliteCode(error: unknown): number | undefined {
	const code = (error as { errcode?: unknown } | null)?.errcode;
	return typeof code === 'number' ? code & 0xff : undefined;
}
