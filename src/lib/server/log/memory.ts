import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Clock } from '../../domain/time.ts';
import { logClosed, refusing } from './errors.ts';
import { cut, encodeLines, lineAt } from './lines.ts';
import { Listeners } from './listeners.ts';
import type { Appended, EventLog, LogBatch, LogEntry, ReadOptions, Recording } from './port.ts';

/** An event log that lives and dies with the process: for tests and for rehearsals that need no disk. */
export function memoryLog(clock: Clock): EventLog {
	return new MemoryLog(clock);
}

class MemoryLog implements EventLog {
	readonly #clock: Clock;
	readonly #batches: LogBatch[] = [];
	readonly #seen = new Set<string>();
	readonly #lanes = new Map<Lane, { lane: Lane; events: number; first: number; last: number }>();
	readonly #listeners = new Listeners();
	#head = 0;
	#closed = false;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	async append(lane: Lane, entries: readonly LogEntry[]): Promise<Appended> {
		if (this.#closed) throw logClosed();
		const fresh: LogEntry[] = [];
		const first = this.#head;
		const offsets = entries.map((entry) => {
			const identity = JSON.stringify([lane, entry.source, entry.id]);
			if (this.#seen.has(identity)) return -1;
			this.#seen.add(identity);
			fresh.push(entry);
			return first + fresh.length - 1;
		});
		if (fresh.length > 0) this.#commit(lane, fresh);
		return { offsets, accepted: fresh.length, duplicates: entries.length - fresh.length };
	}

	#commit(lane: Lane, entries: readonly LogEntry[]): void {
		const first = this.#head;
		const count = entries.length;
		const batch: LogBatch = { first, count, lane, recordedAt: this.#clock.now(), lines: encodeLines(entries) };
		this.#batches.push(batch);
		this.#head += count;
		const known = this.#lanes.get(lane) ?? { lane, events: 0, first, last: first };
		this.#lanes.set(lane, { ...known, events: known.events + count, last: this.#head - 1 });
		this.#listeners.emit(batch);
	}

	head(): number {
		return this.#head;
	}

	async *read(from: number, options: ReadOptions = {}): AsyncGenerator<LogBatch> {
		const until = Math.min(options.until ?? this.#head, this.#head);
		for (let index = this.#rowOf(from); index < this.#batches.length; index++) {
			const batch = this.#batches[index]!;
			if (batch.first >= until || from >= until) return;
			if (options.lane === undefined || batch.lane === options.lane) yield cut(batch, from, until);
		}
	}

	#rowOf(offset: number): number {
		let low = 0;
		let high = this.#batches.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const batch = this.#batches[middle]!;
			if (batch.first + batch.count <= offset) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	async at(offset: number): ReturnType<EventLog['at']> {
		const batch = offset >= 0 ? this.#batches[this.#rowOf(offset)] : undefined;
		if (batch === undefined) return undefined;
		const event = JSON.parse(lineAt(batch.lines, offset - batch.first)) as DomainEvent;
		return { lane: batch.lane, recordedAt: batch.recordedAt, event };
	}

	onCommit(listener: (batch: LogBatch) => void): () => void {
		return this.#listeners.add(listener);
	}

	pending(): number {
		return 0;
	}

	health(): Recording {
		return this.#closed ? refusing(logClosed()) : { ok: true };
	}

	async lanes(): ReturnType<EventLog['lanes']> {
		return [...this.#lanes.values()];
	}

	async close(): Promise<void> {
		this.#closed = true;
	}
}
