import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { constants, zstdCompressSync } from 'node:zlib';
import type { Lane } from '../../domain/lane.ts';
import { dataLocked, explain, PASSING } from './errors.ts';
import { IdIndex } from './ids/index.ts';
import { lineBetween, lineEnds } from './lines.ts';
import { type Part, sameEvent, without } from './part.ts';
import { RowReader } from './rows.ts';

export const LOG_FILE = 'log.db';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS lane(no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, events INTEGER NOT NULL,
	first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS batch(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, lane INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS batch_by_lane ON batch(lane, first);
CREATE TABLE IF NOT EXISTS body(first INTEGER PRIMARY KEY, lines BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS probe(no INTEGER PRIMARY KEY, room BLOB NOT NULL) STRICT;`;

/** Events in one row: enough for compression, few enough that reading a single event stays cheap. */
const ROW_EVENTS = 1024;
const JOURNAL_BYTES = 4 * 1024 * 1024;
const STEP_BYTES = 512 * 1024;
const PAGE_BYTES = 4096;
const PROBE_BYTES = 256 * 1024;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface PartAnswer {
	/** Offset of the first event that went in. */
	first: number;
	/** Indexes (into the part) of events that were there already, ascending. */
	duplicates: number[];
	/** What was stored: the given lines, or a copy without the duplicates. */
	lines: Uint8Array<ArrayBuffer>;
}

/** The writing half of the SQLite log: synchronous, one owner, every commit on disk before it returns. */
export class LogStore {
	readonly #dir: string;
	readonly #db: DatabaseSync;
	readonly #lock: DatabaseSync;
	readonly #ids: IdIndex;
	readonly #rows: RowReader;
	readonly #insertBatch: StatementSync;
	readonly #insertBody: StatementSync;
	readonly #countLane: StatementSync;
	readonly #lanes = new Map<string, number>();
	#head: number;
	#journalBytes = 0;

	constructor(dir: string) {
		this.#dir = dir;
		this.#lock = takeLock(dir);
		try {
			this.#db = new DatabaseSync(join(dir, LOG_FILE), { timeout: 5_000 });
			this.#db.exec(
				'PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -8000'
			);
			this.#db.exec(SCHEMA);
			this.#ids = new IdIndex(this.#db);
		} catch (error) {
			this.#lock.close();
			throw explain(error, dir);
		}
		this.#rows = new RowReader(this.#db);
		this.#insertBatch = this.#db.prepare('INSERT INTO batch(first, count, lane, recorded_at) VALUES (?, ?, ?, ?)');
		this.#insertBody = this.#db.prepare('INSERT INTO body(first, lines) VALUES (?, ?)');
		this.#countLane = this.#db.prepare('UPDATE lane SET events = events + ?, last = ? WHERE no = ?');
		this.#learnLanes();
		this.#head = this.#rows.head();
	}

	head(): number {
		return this.#head;
	}

	/** Stores a group durably, or throws and stores nothing of it. `maxBytes` bounds the file's size. */
	commit(parts: readonly Part[], recordedAt: number, maxBytes: number | undefined): PartAnswer[] {
		this.#bound(maxBytes);
		const answers: PartAnswer[] = [];
		const stored: { first: number; keys: Float64Array }[] = [];
		this.#transaction(() => {
			let next = this.#head;
			for (const part of parts) {
				const duplicates = this.#duplicates(part);
				const { lines, keys } = duplicates.length === 0 ? part : without(part, duplicates);
				answers.push({ first: next, duplicates, lines });
				if (keys.length === 0) continue;
				this.#insert(part.lane, next, lines, keys.length, recordedAt);
				this.#ids.store(next, keys);
				stored.push({ first: next, keys });
				next += keys.length;
			}
		});
		if (parts.some((part) => !this.#lanes.has(part.lane))) this.#learnLanes();
		for (const { first, keys } of stored) {
			this.#ids.remember(first, keys);
			this.#head = first + keys.length;
		}
		return answers;
	}

	#bound(maxBytes: number | undefined): void {
		if (maxBytes !== undefined)
			this.#db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / PAGE_BYTES))}`);
	}

	#insert(lane: Lane, first: number, lines: Uint8Array, count: number, recordedAt: number): void {
		const laneNo = this.#laneNo(lane, first);
		const ends = count > ROW_EVENTS ? lineEnds(lines, count) : undefined;
		for (let from = 0; from < count; from += ROW_EVENTS) {
			const to = Math.min(count, from + ROW_EVENTS);
			const bytes = ends ? lines.subarray(from === 0 ? 0 : ends[from - 1]!, ends[to - 1]!) : lines;
			this.#insertBatch.run(first + from, to - from, laneNo, recordedAt);
			const packed = zstdCompressSync(bytes, ZSTD);
			this.#insertBody.run(first + from, packed);
			this.#journalBytes += packed.length + 8 * (to - from) + 4 * PAGE_BYTES;
		}
		this.#countLane.run(count, first + count - 1, laneNo);
	}

	/** The lane's number; a new one counts as known only when its transaction has been committed. */
	#laneNo(lane: Lane, first: number): number {
		const known = this.#lanes.get(lane);
		if (known !== undefined) return known;
		const insert = 'INSERT INTO lane(name, events, first, last) VALUES (?, 0, ?, ?)';
		return Number(this.#db.prepare(insert).run(lane, first, first).lastInsertRowid);
	}

	/** Indexes of the part's events whose (lane, source, id) is in the log or earlier in the part. */
	#duplicates(part: Part): number[] {
		const found: number[] = [];
		const earlier = new Map<number, number[]>();
		let ends: Uint32Array | undefined;
		const lineOf = (index: number): Uint8Array => {
			ends ??= lineEnds(part.lines, part.keys.length);
			return lineBetween(part.lines, ends, index);
		};
		for (let i = 0; i < part.keys.length; i++) {
			const key = part.keys[i]!;
			const here = earlier.get(key);
			const candidates = this.#ids.find(key);
			if (here === undefined && candidates.length === 0) {
				earlier.set(key, [i]);
				continue;
			}
			const wanted = lineOf(i);
			const known =
				candidates.some((offset) => this.#isStored(offset, part.lane, wanted)) ||
				here?.some((index) => sameEvent(lineOf(index), wanted));
			if (known === true) found.push(i);
			else if (here === undefined) earlier.set(key, [i]);
			else here.push(i);
		}
		return found;
	}

	#isStored(offset: number, lane: Lane, wanted: Uint8Array): boolean {
		const stored = this.#rows.line(offset);
		return stored?.lane === lane && sameEvent(stored.line, wanted);
	}

	/** A short piece of housekeeping; false when there is nothing to do. Never throws for want of room or of a lock: it can wait. */
	tidy(): boolean {
		try {
			if (this.#ids.tidy((work) => this.#transaction(work))) {
				this.#journalBytes += STEP_BYTES;
				return true;
			}
			return this.#checkpoint();
		} catch (error) {
			if (PASSING.has(String((explain(error, this.#dir) as { code?: unknown }).code))) return false;
			throw error;
		}
	}

	get urgent(): boolean {
		return this.#ids.urgent;
	}

	/** Moves the journal into the file after a few megabytes, while nobody waits. */
	#checkpoint(): boolean {
		if (this.#journalBytes < JOURNAL_BYTES) return false;
		this.#journalBytes = 0;
		this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)');
		return true;
	}

	/** Tries whether there is room again. Throws `log-full` if not. */
	probe(maxBytes: number | undefined): void {
		this.#bound(maxBytes);
		this.#transaction(() => this.#db.exec(`REPLACE INTO probe VALUES (1, zeroblob(${PROBE_BYTES}))`));
		this.#transaction(() => this.#db.exec('DELETE FROM probe'));
	}

	#transaction(work: () => void): void {
		try {
			this.#db.exec('BEGIN IMMEDIATE');
			work();
			this.#db.exec('COMMIT');
		} catch (error) {
			if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
			throw explain(error, this.#dir);
		}
	}

	#learnLanes(): void {
		for (const row of this.#db.prepare('SELECT no, name FROM lane').all())
			this.#lanes.set(row['name'] as string, row['no'] as number);
	}

	close(): void {
		this.#db.close();
		this.#lock.close();
	}
}

/** An exclusive lock that the operating system drops with the process, however it ends. */
function takeLock(dir: string): DatabaseSync {
	let lock: DatabaseSync | undefined;
	try {
		mkdirSync(dir, { recursive: true });
		lock = new DatabaseSync(join(dir, 'lock.db'), { timeout: 0 });
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
		return lock;
	} catch (error) {
		lock?.close();
		const reason = explain(error, dir);
		throw (reason as { code?: unknown }).code === 'data-locked' ? dataLocked(dir, error) : reason;
	}
}
