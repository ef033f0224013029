import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HotcardError } from '../../domain/error.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Clock } from '../../domain/time.ts';
import { dataMissing, explain, logClosed, refusing } from './errors.ts';
import { GroupCommit } from './group-commit.ts';
import { directHost, threadHost } from './host.ts';
import { cut, textOf } from './lines.ts';
import { Listeners } from './listeners.ts';
import type { Appended, EventLog, LogBatch, LogEntry, ReadOptions, Recording } from './port.ts';
import { RowReader } from './rows.ts';
import { LOG_FILE } from './store.ts';

/** How long a read may hold the thread, ms. */
const READ_SLICE = 8;

export interface SqliteLogOptions {
	/** Only read: works beside a writer in another process; `head` and reads see what that one has committed. */
	readOnly?: boolean;
	/** Where the store runs: a thread of its own (default) or the caller's. */
	thread?: 'own' | 'caller';
	/** Upper bound of the log file in bytes; asked before each commit. Beyond it appends reject with `log-full`. */
	maxBytes?: () => number;
}

/**
 * The embedded log: one SQLite file `log.db` in the data folder. Throws HotcardError `data-locked` when another process writes there,
 * `data-readonly` when the folder cannot be written, `data-missing` when there is nothing to read, `log-corrupt`.
 */
export async function openSqliteLog(dir: string, clock: Clock, options: SqliteLogOptions = {}): Promise<EventLog> {
	if (options.readOnly === true) return new SqliteLog(openReader(dir));
	const host = options.thread === 'caller' ? directHost(dir) : await threadHost(dir);
	return new SqliteLog(openReader(dir), (listeners) => new GroupCommit(host, clock, listeners, options.maxBytes));
}

/** Whether the folder holds a log, whatever its state. */
export const hasSqliteLog = (dir: string): boolean => existsSync(join(dir, LOG_FILE));

function openReader(dir: string): DatabaseSync {
	try {
		const db = new DatabaseSync(join(dir, LOG_FILE), { readOnly: true, timeout: 5_000 });
		db.exec('PRAGMA cache_size = -4000');
		db.prepare('SELECT count(*) FROM lane').get();
		return db;
	} catch (error) {
		const reason = explain(error, dir);
		if ((reason as { code?: unknown }).code !== 'data-readonly') throw reason;
		throw dataMissing(dir, error);
	}
}

class SqliteLog implements EventLog {
	readonly #db: DatabaseSync;
	readonly #rows: RowReader;
	readonly #listeners = new Listeners();
	readonly #writer: GroupCommit | undefined;
	#closed = false;

	constructor(db: DatabaseSync, writer?: (listeners: Listeners) => GroupCommit) {
		this.#db = db;
		this.#rows = new RowReader(db);
		this.#writer = writer?.(this.#listeners);
	}

	async append(lane: Lane, entries: readonly LogEntry[]): Promise<Appended> {
		if (this.#closed) throw logClosed();
		if (this.#writer === undefined)
			throw new HotcardError('log-readonly', 'This process opened the event log for reading only.', {
				remedy: 'Send the events to the server that owns the data folder.'
			});
		return this.#writer.append(lane, entries);
	}

	head(): number {
		return this.#writer?.head ?? this.#rows.head();
	}

	async *read(from: number, options: ReadOptions = {}): AsyncGenerator<LogBatch> {
		const head = this.head();
		const until = Math.min(options.until ?? head, head);
		let next = Math.max(0, from);
		const first = next < until ? this.#rows.containing(next) : undefined;
		if (first !== undefined) {
			if (options.lane === undefined || options.lane === first.lane) yield cut(first, next, until);
			next = first.first + first.count;
		}
		let rested = performance.now();
		while (next < until && !this.#closed) {
			// Unpacking never waits for anything: without a pause a long read would keep everybody else from the thread.
			if (performance.now() - rested > READ_SLICE) {
				await new Promise((resolve) => setImmediate(resolve));
				rested = performance.now();
				if (this.#closed) return;
			}
			const batch = this.#rows.next(next, until, options.lane);
			if (batch === undefined) return;
			next = batch.first + batch.count;
			yield cut(batch, batch.first, until);
		}
	}

	async at(offset: number): ReturnType<EventLog['at']> {
		const found = this.#rows.line(offset);
		if (found === undefined) return undefined;
		return { lane: found.lane, recordedAt: found.recordedAt, event: JSON.parse(textOf(found.line)) as DomainEvent };
	}

	onCommit(listener: (batch: LogBatch) => void): () => void {
		return this.#listeners.add(listener);
	}

	pending(): number {
		return this.#writer?.pendingBytes ?? 0;
	}

	health(): Recording {
		if (this.#closed) return refusing(logClosed());
		if (this.#writer === undefined) {
			return { ok: false, reason: 'The log is open for reading only.', reasonZh: '日志以只读方式打开' };
		}
		return this.#writer.health();
	}

	async lanes(): ReturnType<EventLog['lanes']> {
		return this.#rows.lanes();
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		// The writer closes last: only a connection that may write can move the journal into the file and remove it.
		if (this.#writer === undefined) this.#db.close();
		else await this.#writer.close(() => this.#db.close());
	}
}
