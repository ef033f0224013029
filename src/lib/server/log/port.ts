import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';

/** One validated event on its way in, with the line that will be stored. */
export interface LogEntry {
	source: string;
	id: string;
	/** The case (or other subject) whose order must hold; events of one key keep their append order. */
	key: string;
	/** Exactly one JSON document, no newline, whose `source` and `id` are those above. */
	line: string;
}

export interface Appended {
	/** Per entry, in order: its offset, or -1 where (lane, source, id) was already in the log. */
	offsets: readonly number[];
	accepted: number;
	duplicates: number;
}

/** A committed batch: `count` events of one lane with consecutive offsets, as NDJSON bytes. */
export interface LogBatch {
	first: number;
	count: number;
	lane: Lane;
	recordedAt: Millis;
	/** UTF-8, one event a line, newline terminated. Shared: readers must not write to it. */
	lines: Uint8Array;
}

export interface ReadOptions {
	lane?: Lane;
	/** Stop before this offset; default: the head when the read starts. */
	until?: number;
}

/** Whether the log takes events; if not, why, in both languages. */
export interface Recording {
	ok: boolean;
	reason?: string;
	reasonZh?: string;
}

/**
 * The one ordered log. `append` resolves only after the batch is durable; it rejects with code `log-full`,
 * `log-readonly` or `log-closed` and then nothing of the batch is in the log. Every adapter passes the same contract test.
 */
export interface EventLog {
	/** Appends made one after the other keep their order within their lane, even without waiting between them. */
	append(lane: Lane, entries: readonly LogEntry[]): Promise<Appended>;
	/** The offset that the next event will get. Offsets start at 0 and have no gaps. */
	head(): number;
	/** Committed batches from an offset on, in order. A batch that starts before `from` is cut to start at it. */
	read(from: number, options?: ReadOptions): AsyncIterable<LogBatch>;
	/** The one event at an offset, or undefined. */
	at(offset: number): Promise<{ lane: Lane; recordedAt: Millis; event: DomainEvent } | undefined>;
	/** Called after each commit, in order, never for uncommitted data. Returns the way to stop. */
	onCommit(listener: (batch: LogBatch) => void): () => void;
	/** Bytes waiting to be committed: the measure of back-pressure. */
	pending(): number;
	/** Whether appends are possible now; false with a reason after disk full or while read-only. */
	health(): Recording;
	lanes(): Promise<{ lane: Lane; events: number; first: number; last: number }[]>;
	close(): Promise<void>;
}
