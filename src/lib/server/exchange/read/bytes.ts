import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { HotcardError } from '../../../domain/error.ts';

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

/** Decoded text, chunk by chunk. Throws `not-a-table` where gzip data is broken. */
export async function* textStream(file: string, gzip: boolean, encoding: string): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding);
	try {
		for await (const chunk of byteStream(file, gzip)) {
			const text = decoder.decode(chunk as Uint8Array, { stream: true });
			if (text !== '') yield text;
		}
	} catch (cause) {
		throw new HotcardError('file-broken', `${file} ends or breaks in the middle: ${(cause as Error).message}`, {
			cause,
			place: { file },
			remedy: 'Copy or download the file again.'
		});
	}
	const rest = decoder.decode();
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
