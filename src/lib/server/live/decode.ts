import { Buffer, isAscii } from 'node:buffer';
import type { RecordedEvent } from '../../domain/events/event.ts';
import type { LogBatch } from '../log/port.ts';
import { parseLine } from './happening.ts';

const utf8 = new TextDecoder();

/** The text of lines. Most batches are plain ASCII, which is copied instead of decoded. */
export function textOf(lines: Uint8Array): string {
	if (!isAscii(lines)) return utf8.decode(lines);
	return Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength).toString('latin1');
}

/** The events of a batch with their offsets. Throws `log-corrupt` with the offset where a line is not one JSON document. */
export function decodeBatch(batch: LogBatch): RecordedEvent[] {
	const text = textOf(batch.lines);
	const events = new Array<RecordedEvent>(batch.count);
	let from = 0;
	for (let i = 0; i < batch.count; i += 1) {
		let to = text.indexOf('\n', from);
		if (to < 0) to = text.length;
		events[i] = {
			offset: batch.first + i,
			lane: batch.lane,
			recordedAt: batch.recordedAt,
			event: parseLine(text.slice(from, to), batch.first + i)
		};
		from = to + 1;
	}
	return events;
}

/** The part of a batch from offset `from` on; undefined where nothing is left. */
export function cutBatch(batch: LogBatch, from: number): LogBatch | undefined {
	if (batch.first >= from) return batch;
	if (batch.first + batch.count <= from) return undefined;
	let at = 0;
	for (let skip = from - batch.first; skip > 0; skip -= 1) at = batch.lines.indexOf(10, at) + 1;
	return {
		first: from,
		count: batch.first + batch.count - from,
		lane: batch.lane,
		recordedAt: batch.recordedAt,
		lines: batch.lines.subarray(at)
	};
}
