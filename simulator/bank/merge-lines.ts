import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

const PIECE = 1 << 20;
const NEWLINE = 0x0a;
const TIME = Buffer.from('"time":"');
/** `2026-11-01T08:00:00.000`: in one zone such texts sort as their times do. */
const LENGTH = 23;

/** Merges files of JSON lines, each in order of time, into one, and removes them; at one moment the earlier part comes first. */
export function mergeLines(parts: readonly string[], into: string): void {
	const file = openSync(into, 'w');
	const readers = parts.map((part) => new Reader(part));
	let out = Buffer.allocUnsafe(PIECE);
	let used = 0;
	const flush = (): void => {
		for (let done = 0; done < used;) done += writeSync(file, out, done, used - done);
		used = 0;
	};
	for (;;) {
		let first: Reader | undefined;
		for (const reader of readers)
			if (reader.time !== null && (first === undefined || reader.time < (first.time as string))) first = reader;
		if (first === undefined) break;
		const length = first.end - first.start;
		if (used + length > out.length) flush();
		if (length > out.length) out = Buffer.allocUnsafe(2 * length);
		used += first.bytes.copy(out, used, first.start, first.end);
		first.next();
	}
	flush();
	closeSync(file);
	for (const part of parts) rmSync(part);
}

/** The lines of a file one after the other: the one at hand is `bytes` from `start` to `end`. */
class Reader {
	bytes = Buffer.alloc(0);
	start = 0;
	end = 0;
	/** Null after the last line. */
	time: string | null = null;
	readonly #file: number;

	constructor(path: string) {
		this.#file = openSync(path, 'r');
		this.next();
	}

	next(): void {
		this.start = this.end;
		let end = this.bytes.indexOf(NEWLINE, this.start);
		while (end < 0 && this.#more()) end = this.bytes.indexOf(NEWLINE, this.start);
		if (end < 0) {
			this.time = null;
			closeSync(this.#file);
			return;
		}
		this.end = end + 1;
		const at = this.bytes.indexOf(TIME, this.start) + TIME.length;
		this.time = this.bytes.toString('latin1', at, at + LENGTH);
	}

	/** Keeps the rest and reads another piece behind it; false at the end of the file. */
	#more(): boolean {
		const rest = this.bytes.subarray(this.start);
		const bytes = Buffer.allocUnsafe(rest.length + PIECE);
		rest.copy(bytes);
		const read = readSync(this.#file, bytes, rest.length, PIECE, null);
		this.bytes = bytes.subarray(0, rest.length + read);
		this.start = 0;
		return read > 0;
	}
}
