import type { LogBatch, LogEntry } from './port.ts';

const NEWLINE = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Entries as newline terminated UTF-8, in a buffer of its own (so that it can be handed to another thread). */
export function encodeLines(entries: readonly LogEntry[]): Uint8Array<ArrayBuffer> {
	let text = '';
	for (const entry of entries) text += entry.line + '\n';
	return encoder.encode(text);
}

/** The byte after each line's newline, for `count` lines. */
export function lineEnds(lines: Uint8Array, count: number): Uint32Array {
	const ends = new Uint32Array(count);
	let at = 0;
	for (let i = 0; i < count; i++) {
		at = lines.indexOf(NEWLINE, at) + 1;
		if (at === 0) throw new Error(`a batch of ${count} events holds only ${i} lines`);
		ends[i] = at;
	}
	return ends;
}

/** The lines from index `from` up to (not including) `to`, without copying. */
export function sliceLines(lines: Uint8Array, from: number, to: number): Uint8Array {
	let at = 0;
	let start = 0;
	for (let i = 0; i < to; i++) {
		if (i === from) start = at;
		at = lines.indexOf(NEWLINE, at) + 1;
		if (at === 0) return lines.subarray(start);
	}
	return lines.subarray(start, at);
}

/** The text of line `index`, without its newline. */
export function lineAt(lines: Uint8Array, index: number): string {
	const line = sliceLines(lines, index, index + 1);
	return decoder.decode(line.subarray(0, line.length - 1));
}

/** The bytes of line `index`, without its newline, by the ends that `lineEnds` found: for who reads many lines of one batch. */
export function lineBetween(lines: Uint8Array, ends: Uint32Array, index: number): Uint8Array {
	return lines.subarray(index === 0 ? 0 : ends[index - 1]!, ends[index]! - 1);
}

export const textOf = (line: Uint8Array): string => decoder.decode(line);

/** A batch without what lies before `from` or from `until` on. */
export function cut(batch: LogBatch, from: number, until: number): LogBatch {
	const start = Math.max(batch.first, from);
	const end = Math.min(batch.first + batch.count, until);
	if (start === batch.first && end === batch.first + batch.count) return batch;
	const lines = sliceLines(batch.lines, start - batch.first, end - batch.first);
	return { ...batch, first: start, count: end - start, lines };
}
