import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { pipeline as pipe } from 'node:stream/promises';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { HotcardError } from '../../../domain/error.ts';
import type { FileEncoding } from './encoding.ts';

const SAMPLE = 256 * 1024;
const CHUNK = 1 << 20;

export interface Head {
	/** The first bytes, unpacked when the file is gzipped. */
	bytes: Uint8Array;
	gzip: boolean;
	size: number;
}

function missing(file: string, cause: unknown): HotcardError {
	return new HotcardError('file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, {
		cause,
		place: { file },
		remedy: 'Check the path and that you may read the file.'
	});
}

/** The beginning of a file, enough to tell its format. Throws `file-unreadable`. */
export async function readHead(file: string): Promise<Head> {
	const handle = await open(file).catch((cause: unknown) => {
		throw missing(file, cause);
	});
	try {
		const { size } = await handle.stat();
		const buffer = new Uint8Array(SAMPLE);
		const { bytesRead } = await handle.read(buffer, 0, SAMPLE, 0).catch((cause: unknown) => {
			throw missing(file, cause);
		});
		const bytes = buffer.subarray(0, bytesRead);
		if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes, gzip: false, size };
		return { bytes: unpack(file, bytes), gzip: true, size };
	} finally {
		await handle.close();
	}
}

function unpack(file: string, bytes: Uint8Array): Uint8Array {
	try {
		// The sample ends in the middle of the stream: what came out so far is what we want.
		return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, SAMPLE);
	} catch (cause) {
		throw new HotcardError('not-a-table', `${file} looks gzipped but does not unpack`, { cause, place: { file } });
	}
}

/** The file's bytes, unpacked, 1 MB at a time. */
export function byteStream(file: string, gzip: boolean): Readable {
	const raw = createReadStream(file, { highWaterMark: CHUNK });
	if (!gzip) return raw;
	// pipeline hands a failure of either side on to the reader and closes both when the reader stops early.
	const through = new PassThrough({ highWaterMark: CHUNK });
	pipeline(raw, createGunzip({ chunkSize: CHUNK }), through, () => undefined);
	return through;
}

/** A gzipped file unpacked into a temporary one, for readers that need to jump about in it. Throws `file-broken`. */
export async function unpacked(file: string): Promise<{ path: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'hotcard-unpacked-'));
	const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
	const path = join(folder, basename(file).replace(/\.gz$/i, ''));
	try {
		await pipe(createReadStream(file), createGunzip({ chunkSize: CHUNK }), createWriteStream(path, { mode: 0o600 }));
		return { path, remove };
	} catch (cause) {
		await remove();
		throw broken(file, cause);
	}
}

export function broken(file: string, cause: unknown): HotcardError {
	const { message } = cause as Error;
	return new HotcardError('file-broken', `${file} ends or breaks in the middle: ${message}`, {
		cause,
		place: { file },
		remedy: 'Copy or download the file again.',
		zh: { message: `${file} 不完整或中途损坏：${message}`, remedy: '请重新复制或下载该文件。' }
	});
}

/** Decoded text, chunk by chunk. Throws `file-broken` where gzip data is broken. */
export async function* textStream(file: string, gzip: boolean, encoding: FileEncoding): AsyncGenerator<string> {
	let decoder: InstanceType<typeof TextDecoder> | undefined;
	try {
		for await (const chunk of byteStream(file, gzip)) {
			const bytes = chunk as Buffer;
			const name = encoding.of(bytes);
			if (name === undefined) yield bytes.toString('latin1');
			else {
				const text = (decoder ??= new TextDecoder(name)).decode(bytes, { stream: true });
				if (text !== '') yield text;
			}
		}
	} catch (cause) {
		throw broken(file, cause);
	}
	const rest = decoder?.decode() ?? '';
	if (rest !== '') yield rest;
}

/**
 * First 14 hex digits of the file's SHA-256: the same file gives the same event ids, wherever it lies. No longer, so that
 * it can never be taken for a card number of 16 digits.
 */
export async function fingerprint(file: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) hash.update(chunk as Uint8Array);
	return hash.digest('hex').slice(0, 14);
}
